package accounts

import (
	"context"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// showMembers lists who acts for the brand.
func (h *Handlers) showMembers(c echo.Context) error {
	return h.renderMembers(c, 200, membersForms{Agency: c.QueryParam("agency")}, nil)
}

// membersForms holds what was entered in the forms of the page.
type membersForms struct {
	Email      string `form:"email"`
	Role       string `form:"role"`
	Agency     string `form:"agency"`
	AgencyRole string `form:"agency_role"`
}

// renderMembers shows the members, the invitations and the agencies, with
// the forms that the actor may use.
func (h *Handlers) renderMembers(c echo.Context, status int, f membersForms, wrong models.Fields) error {
	ctx, v := c.Request().Context(), web.VisitorOf(c)
	members, err := h.Accounts.ListMembers(ctx, v.Actor)
	if err != nil {
		return err
	}
	invited, err := h.Accounts.PendingInvitations(ctx, v.Actor)
	if err != nil {
		return err
	}
	agencies, clients, err := h.Accounts.Mandates(ctx, v.Actor)
	if err != nil {
		return err
	}
	p := h.membersProps(ctx, v, members)
	p.Errors = components.FieldTexts(ctx, wrong)
	p.Invited, p.Agencies, p.Clients = h.invitedRows(ctx, v.Actor, invited), agencyRows(ctx, v.Actor, agencies), clientRows(ctx, v.Actor, clients)
	if p.ShowInvited = accounts.CanInvite(v.Actor, v.Actor.BrandID, models.RoleViewer); p.ShowInvited {
		p.Invite = &accountsview.InviteProps{Email: f.Email, Role: f.Role, Within: i18n.Duration(ctx, accounts.InvitationLifetime)}
	}
	if accounts.CanGovern(v.Actor, v.Actor.BrandID) {
		p.AskAgency, p.Transfer = &accountsview.AskAgencyProps{Agency: f.Agency, Role: f.AgencyRole}, paths.OwnershipTransfer()
	}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "accounts.members.title", "brand", p.Brand), Body: accountsview.Members(p)})
}

func (h *Handlers) membersProps(ctx context.Context, v web.Visitor, members []accounts.Colleague) accountsview.MembersProps {
	p := accountsview.MembersProps{Brand: v.Name(), Agency: v.Session.Brand.Kind == accounts.KindAgency && v.Actor.AgencyID == 0}
	owners := 0
	for _, r := range models.Roles() {
		name := i18n.T(ctx, "accounts.role."+string(r))
		p.Does = append(p.Does, accountsview.RoleLine{Name: name, Does: i18n.T(ctx, "accounts.role."+string(r)+".does")})
		if r != models.RoleOwner {
			p.Roles = append(p.Roles, components.Option{Value: string(r), Label: name})
		}
	}
	for _, m := range members {
		if m.Role == models.RoleOwner {
			owners++
		}
		p.Me = append(p.Me, accountsview.MemberRow{
			Ref: m.Ref, Name: m.Name, Email: m.Email, Role: string(m.Role), RoleName: i18n.T(ctx, "accounts.role."+string(m.Role)),
			Since: i18n.Date(ctx, m.CreatedAt), You: m.PersonID == v.Actor.PersonID, MayChange: accounts.CanChangeMember(v.Actor, m.Member),
		})
	}
	p.MayLeave = accounts.CanLeave(v.Actor, v.Actor.BrandID, owners)
	p.OwnerStays = !p.MayLeave && accounts.CanGovern(v.Actor, v.Actor.BrandID)
	return p
}

func (h *Handlers) invitedRows(ctx context.Context, a models.Actor, all []accounts.PendingInvitation) []accountsview.InvitedRow {
	rows := make([]accountsview.InvitedRow, len(all))
	for i, x := range all {
		rows[i] = accountsview.InvitedRow{ID: x.PublicID, Email: x.Email, Role: i18n.T(ctx, "accounts.role."+string(x.Role)), By: x.By,
			Until: i18n.DateTime(ctx, x.ExpiresAt), MayChange: accounts.CanInvite(a, x.BrandID, x.Role)}
		if !h.Clock().Before(x.ExpiresAt) {
			rows[i].Expired, rows[i].Until = true, i18n.T(ctx, "accounts.members.invited.expired", "on", i18n.Date(ctx, x.ExpiresAt))
		}
	}
	return rows
}

// changeRole changes a member's role.
func (h *Handlers) changeRole(c echo.Context) error {
	var f membersForms
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Accounts.ChangeRole(c.Request().Context(), web.ActorOf(c), c.Param("id"), models.Role(f.Role))
	return h.redirectToMembers(c, membersForms{}, err, "accounts.members.changed")
}

// removeMember removes a member from the brand.
func (h *Handlers) removeMember(c echo.Context) error {
	ctx, a := c.Request().Context(), web.ActorOf(c)
	name, err := h.findMemberName(ctx, a, c.Param("id"))
	if err == nil {
		err = h.Accounts.RemoveMember(ctx, a, c.Param("id"))
	}
	return h.redirectToMembers(c, membersForms{}, err, "accounts.members.removed", "name", name)
}

func (h *Handlers) findMemberName(ctx context.Context, a models.Actor, ref string) (string, error) {
	all, err := h.Accounts.ListMembers(ctx, a)
	if err != nil {
		return "", err
	}
	for _, m := range all {
		if m.Ref == ref {
			return m.Name, nil
		}
	}
	return "", models.NotFound()
}

// redirectToMembers goes back to the page after a change, or shows it with
// what was wrong.
func (h *Handlers) redirectToMembers(c echo.Context, f membersForms, err error, key string, args ...any) error {
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderMembers(c, 422, f, fields)
	}
	if err != nil {
		return err
	}
	h.Flash(c, key, args...)
	return web.SeeOther(c, paths.Members())
}

// leaveBrand removes the person from the brand that they act for.
func (h *Handlers) leaveBrand(c echo.Context) error {
	ctx, v := c.Request().Context(), web.VisitorOf(c)
	if err := h.Accounts.LeaveBrand(ctx, v.Actor); err != nil {
		return err
	}
	h.ActAs(c, "")
	h.Flash(c, "accounts.members.left", "brand", v.Name())
	return web.SeeOther(c, paths.Dashboard())
}

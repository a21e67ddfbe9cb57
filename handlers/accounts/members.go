package accounts

import (
	"context"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/paths"
)

// showMembers lists the people who act for the brand.
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
	access, err := h.readBrandAccess(ctx, v.Actor)
	if err != nil {
		return err
	}
	p := accountsview.PresentMembers(ctx, v.Actor, *v.Session.Brand, access, accountsview.MembersAnswers{
		Email: f.Email, Role: f.Role, Agency: f.Agency, AgencyRole: f.AgencyRole, Fields: wrong,
	}, h.Clock())
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "accounts.members.title", "brand", p.Brand), Body: accountsview.Members(p)})
}

func (h *Handlers) readBrandAccess(ctx context.Context, a models.Actor) (access accountsview.BrandAccess, err error) {
	if access.Members, err = h.Accounts.ListMembers(ctx, a); err != nil {
		return access, err
	}
	if access.Invited, err = h.Accounts.PendingInvitations(ctx, a); err != nil {
		return access, err
	}
	access.Agencies, access.Clients, err = h.Accounts.Mandates(ctx, a)
	return access, err
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

// redirectToMembers returns to the page after a change, or shows it with what is wrong.
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

package accounts

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
)

// inviteMember invites a person by e-mail to join the brand.
func (h *Handlers) inviteMember(c echo.Context) error {
	var f membersForms
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Accounts.InviteMember(c.Request().Context(), web.ActorOf(c), f.Email, models.Role(f.Role))
	return h.redirectToMembers(c, f, err, "accounts.members.invite.sent", "email", f.Email)
}

// resendInvitation mails a new link; the previous one stops working.
func (h *Handlers) resendInvitation(c echo.Context) error {
	err := h.Accounts.ResendInvitation(c.Request().Context(), web.ActorOf(c), c.Param("id"))
	return h.redirectToMembers(c, membersForms{}, err, "accounts.members.invited.resent")
}

// cancelInvitation cancels an invitation.
func (h *Handlers) cancelInvitation(c echo.Context) error {
	err := h.Accounts.CancelInvitation(c.Request().Context(), web.ActorOf(c), c.Param("id"))
	return h.redirectToMembers(c, membersForms{}, err, "accounts.members.invited.cancelled")
}

// showInvitation says what the link is for. It changes nothing: mail scanners open links,
// so only a button press accepts.
func (h *Handlers) showInvitation(c echo.Context) error {
	o, err := h.Accounts.InvitationBySecret(c.Request().Context(), c.Param("token"))
	if err != nil {
		return err
	}
	return h.renderInvitation(c, 200, o, invitationSignUpForm{}, nil)
}

func (h *Handlers) renderInvitation(c echo.Context, status int, o accounts.InvitationDetails, f invitationSignUpForm, wrong models.Fields) error {
	ctx := c.Request().Context()
	p := accountsview.PresentInvitation(ctx, o, c.Param("token"), web.VisitorOf(c).Session.Person, f.Name, wrong)
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "accounts.offer.title", "brand", o.Brand), Head: layouts.Head{NoIndex: true}, Body: accountsview.Invitation(p)})
}

type acceptanceForm struct {
	As string `form:"as"` // "other" joins with another address than the invited one
}

// acceptInvitation lets the signed-in person join, and act for the brand.
func (h *Handlers) acceptInvitation(c echo.Context) error {
	var f acceptanceForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	o, err := h.Accounts.AcceptInvitation(c.Request().Context(), web.ActorOf(c), c.Param("token"), f.As == "other")
	if err != nil {
		return err
	}
	return h.redirectAfterJoining(c, o)
}

func (h *Handlers) redirectAfterJoining(c echo.Context, o accounts.InvitationDetails) error {
	h.ActAs(c, o.BrandRef)
	h.Flash(c, "accounts.offer.joined", "brand", o.Brand)
	return web.SeeOther(c, paths.Dashboard())
}

type invitationSignUpForm struct {
	Name     string `form:"name"`
	Password string `form:"password"`
	Zone     string `form:"zone"`
}

// signUpByInvitation creates an account for a person without one, and signs them in.
func (h *Handlers) signUpByInvitation(c echo.Context) error {
	var f invitationSignUpForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx := c.Request().Context()
	if web.ActorOf(c).SignedIn() {
		if _, err := h.Accounts.InvitationBySecret(ctx, c.Param("token")); err != nil {
			return err
		}
		return web.SeeOther(c, paths.Invitation(c.Param("token")))
	}
	o, id, err := h.Accounts.JoinAsNewcomer(ctx, c.Param("token"), accounts.NewcomerForm{Name: f.Name, Password: f.Password, Locale: string(i18n.LocaleOf(ctx)), Zone: f.Zone})
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderInvitation(c, 422, o, f, fields)
	}
	if err != nil {
		return err
	}
	if err := h.StartSession(c, id, accounts.MethodPassword); err != nil {
		return err
	}
	return h.redirectAfterJoining(c, o)
}

package accounts

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/components"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
)

// invite asks somebody by e-mail to join the brand.
func (h *Handlers) invite(c echo.Context) error {
	var f membersForms
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Accounts.InviteMember(c.Request().Context(), web.ActorOf(c), f.Email, models.Role(f.Role))
	return h.membersDone(c, f, err, "accounts.members.invite.sent", "email", f.Email)
}

// resendInvitation mails a new link in place of the one before.
func (h *Handlers) resendInvitation(c echo.Context) error {
	err := h.Accounts.ResendInvitation(c.Request().Context(), web.ActorOf(c), c.Param("id"))
	return h.membersDone(c, membersForms{}, err, "accounts.members.invited.resent")
}

// cancelInvitation takes it back.
func (h *Handlers) cancelInvitation(c echo.Context) error {
	err := h.Accounts.CancelInvitation(c.Request().Context(), web.ActorOf(c), c.Param("id"))
	return h.membersDone(c, membersForms{}, err, "accounts.members.invited.cancelled")
}

// showInvitation says to what a link leads. It changes nothing: mail scanners
// open links, and only a press accepts.
func (h *Handlers) showInvitation(c echo.Context) error {
	o, err := h.Accounts.InvitationBySecret(c.Request().Context(), c.Param("token"))
	if err != nil {
		return err
	}
	return h.offerPage(c, 200, o, newcomerForm{}, nil)
}

func (h *Handlers) offerPage(c echo.Context, status int, o accounts.InvitationDetails, f newcomerForm, wrong models.Fields) error {
	ctx, v := c.Request().Context(), web.VisitorOf(c)
	person := v.Session.Person
	p := accountsview.OfferProps{
		Token: c.Param("token"), Brand: o.Brand, By: o.By, Role: i18n.T(ctx, "accounts.role."+string(o.Role)), Does: i18n.T(ctx, "accounts.role."+string(o.Role)+".does"),
		Email: o.Email, Until: i18n.DateTime(ctx, o.ExpiresAt), Known: o.Known, SignedIn: v.Actor.SignedIn(),
		Name: person.Name, Confirmed: person.EmailConfirmedAt != nil, NewName: f.Name, Errors: components.FieldTexts(ctx, wrong),
	}
	if person.Email != nil {
		p.Address = *person.Email
	}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "accounts.offer.title", "brand", o.Brand), Head: layouts.Head{NoIndex: true}, Body: accountsview.Offer(p)})
}

// acceptInvitation lets the person who is signed in join, and act for the brand.
func (h *Handlers) acceptInvitation(c echo.Context) error {
	ctx := c.Request().Context()
	o, err := h.Accounts.AcceptInvitation(ctx, web.ActorOf(c), c.Param("token"))
	if err != nil {
		return err
	}
	return h.joined(c, o)
}

func (h *Handlers) joined(c echo.Context, o accounts.InvitationDetails) error {
	h.Sessions.Put(c.Request().Context(), web.ActingKey, o.BrandRef)
	h.Flash(c, "accounts.offer.joined", "brand", o.Brand)
	return web.SeeOther(c, paths.Dashboard())
}

type newcomerForm struct {
	Name     string `form:"name"`
	Password string `form:"password"`
	Zone     string `form:"zone"`
}

// joinAsNewcomer makes an account for somebody who has none, and signs her in.
func (h *Handlers) joinAsNewcomer(c echo.Context) error {
	var f newcomerForm
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
		return h.offerPage(c, 422, o, f, fields)
	}
	if err != nil {
		return err
	}
	if err := h.startSession(c, id, accounts.MethodPassword); err != nil {
		return err
	}
	return h.joined(c, o)
}

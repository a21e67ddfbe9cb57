package accounts

import (
	"cmp"
	"context"
	"strings"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

type settingsForm struct {
	Name   string `form:"name"`
	Email  string `form:"email"`
	Locale string `form:"locale"`
	Zone   string `form:"zone"`
	Again  string `form:"again"` // the button that sends the link again
	Next   string `form:"next"`  // where a confirmed address leads on
}

// showSettings shows what people can change about themselves.
func (h *Handlers) showSettings(c echo.Context) error {
	p := web.VisitorOf(c).Session.Person
	return h.renderSettings(c, 200, accountsview.SettingsProps{Name: p.Name, Locale: p.Locale, Zone: p.Zone, Next: web.PathAfterSignIn(c.QueryParam("next"))})
}

// saveSettings saves the settings; a new e-mail address counts only after its link has
// been used.
func (h *Handlers) saveSettings(c echo.Context) error {
	var f settingsForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx, v, next := c.Request().Context(), web.VisitorOf(c), web.PathAfterSignIn(f.Next)
	if next != "" {
		h.Sessions.Put(ctx, afterConfirmationKey, next)
	}
	err := h.Accounts.UpdatePerson(ctx, v.Actor, accounts.PersonForm{Name: f.Name, Locale: f.Locale, Zone: f.Zone})
	asked := false
	if err == nil && h.replacesConfirmedEmail(v, f) && !h.IsReauthenticationFresh(c) {
		h.Sessions.Put(ctx, wantedEmailKey, f.Email)
		return web.SeeOther(c, paths.ConfirmIdentity(paths.Settings()))
	}
	if err == nil {
		asked, err = h.requestEmailConfirmation(ctx, v, f)
	}
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderSettings(c, 422, accountsview.SettingsProps{Name: f.Name, Email: f.Email, Locale: f.Locale, Zone: f.Zone, Next: next, Errors: components.FieldTexts(ctx, fields)})
	}
	if err != nil {
		return err
	}
	if asked {
		h.Flash(c, "accounts.welcome.sent", "email", f.Email)
	} else {
		h.Flash(c, "accounts.settings.saved")
	}
	return web.SeeOther(c, paths.SettingsThen(next))
}

// afterConfirmationKey is the session key of the page to which a confirmed address leads.
const afterConfirmationKey = "after_confirmation"

// wantedEmailKey is the session key of the entered e-mail address, kept until the person
// has proven who they are.
const wantedEmailKey = "wanted_email"

// replacesConfirmedEmail says whether the form replaces a confirmed e-mail address.
func (h *Handlers) replacesConfirmedEmail(v web.Visitor, f settingsForm) bool {
	p := v.Session.Person
	return f.Email != "" && p.Email != nil && p.EmailConfirmedAt != nil && !strings.EqualFold(strings.TrimSpace(f.Email), *p.Email)
}

// requestEmailConfirmation sends a link if the e-mail address has changed, or if the
// person requests the link again.
func (h *Handlers) requestEmailConfirmation(ctx context.Context, v web.Visitor, f settingsForm) (bool, error) {
	pending, err := h.Accounts.PendingEmail(ctx, v.Actor.PersonID)
	if err != nil || f.Email == "" {
		return false, err
	}
	known := strings.EqualFold(f.Email, pending)
	if current := v.Session.Person.Email; current != nil {
		known = known || strings.EqualFold(f.Email, *current)
	}
	if known && f.Again == "" {
		return false, nil
	}
	return true, h.Accounts.RequestEmailConfirmation(ctx, v.Actor, f.Email)
}

func (h *Handlers) renderSettings(c echo.Context, status int, p accountsview.SettingsProps) error {
	ctx, v := c.Request().Context(), web.VisitorOf(c)
	person := v.Session.Person
	if person.Email != nil {
		p.Current, p.Confirmed = *person.Email, person.EmailConfirmedAt != nil
	}
	pending, err := h.Accounts.PendingEmail(ctx, person.ID)
	if err != nil {
		return err
	}
	if wanted := h.Sessions.PopString(ctx, wantedEmailKey); wanted != "" && h.IsReauthenticationFresh(c) {
		p.Email = wanted
	}
	p.Pending, p.Kind = pending, string(v.Actor.Side())
	if p.Email == "" && status == 200 {
		p.Email = cmp.Or(pending, p.Current)
	}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "accounts.settings.title"), Body: accountsview.Settings(p)})
}

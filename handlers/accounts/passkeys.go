package accounts

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models"
	"tribemarket/models/accounts"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// passkeyStepKey holds the secret of a challenge that this browser answers.
const passkeyStepKey = "passkey_step"

type passkeyForm struct {
	Name     string `form:"passkey_name"`
	Response string `form:"response"`
	Next     string `form:"next"`
}

func (h *Handlers) relyingParty() accounts.RelyingParty {
	return accounts.RelyingParty{Name: h.Site.Name, BaseURL: h.Site.BaseURL}
}

// beginPasskey gives the script what it needs to make a passkey.
func (h *Handlers) beginPasskey(c echo.Context) error {
	options, secret, err := h.Accounts.BeginPasskeyRegistration(c.Request().Context(), web.ActorOf(c), h.relyingParty())
	return h.passkeyOptions(c, options, secret, err)
}

// beginPasskeySignIn gives the script what it needs to show one.
func (h *Handlers) beginPasskeySignIn(c echo.Context) error {
	options, secret, err := h.Accounts.BeginPasskeySignIn(c.Request().Context(), web.ActorOf(c), h.relyingParty())
	return h.passkeyOptions(c, options, secret, err)
}

func (h *Handlers) passkeyOptions(c echo.Context, options []byte, secret string, err error) error {
	if err != nil {
		return err
	}
	h.Sessions.Put(c.Request().Context(), passkeyStepKey, secret)
	return c.JSONBlob(http.StatusOK, options)
}

// addPasskey keeps the passkey that the browser has made.
func (h *Handlers) addPasskey(c echo.Context) error {
	var f passkeyForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx := c.Request().Context()
	err := h.Accounts.FinishPasskeyRegistration(ctx, web.ActorOf(c), h.relyingParty(), h.Sessions.PopString(ctx, passkeyStepKey), f.Name, []byte(f.Response))
	if fields, ok := web.InvalidFields(err); ok {
		return h.securityPage(c, 422, accountsview.SecurityProps{PasskeyName: f.Name, Errors: components.FieldTexts(ctx, fields)})
	}
	if err != nil {
		return err
	}
	h.Flash(c, "accounts.passkey.added")
	return web.SeeOther(c, paths.Security())
}

// removePasskey takes one away.
func (h *Handlers) removePasskey(c echo.Context) error {
	if err := h.Accounts.RemovePasskey(c.Request().Context(), web.ActorOf(c), c.Param("id")); err != nil {
		return err
	}
	h.Flash(c, "accounts.passkey.removed")
	return web.SeeOther(c, paths.Security())
}

// finishPasskey signs in with a passkey, or takes it as a proof of somebody who
// is signed in.
func (h *Handlers) finishPasskey(c echo.Context) error {
	var f passkeyForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx, actor, next := c.Request().Context(), web.ActorOf(c), web.SafeNext(f.Next)
	id, err := h.Accounts.FinishPasskeySignIn(ctx, actor, h.relyingParty(), h.Sessions.PopString(ctx, passkeyStepKey), []byte(f.Response))
	if err != nil && models.CodeOf(err) == models.CodeConflict && !actor.SignedIn() {
		return h.signInPage(c, http.StatusUnprocessableEntity, accountsview.SignInProps{Next: next, Errors: components.FieldTexts(ctx, models.Fields{{Field: "passkey", Key: "accounts.error.passkey"}})})
	}
	if err != nil {
		return err
	}
	if !actor.SignedIn() {
		return h.signInAs(c, id, accounts.WayPasskey, next)
	}
	if err := h.confirmed(c, accounts.WayPasskey); err != nil {
		return err
	}
	return web.SeeOther(c, web.OrDashboard(next))
}

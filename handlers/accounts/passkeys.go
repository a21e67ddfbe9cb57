package accounts

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models"
	"tribemarket/models/accounts"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

type passkeyForm struct {
	Name     string `form:"passkey_name"`
	Response string `form:"response"`
	Next     string `form:"next"`
}

func (h *Handlers) relyingParty() accounts.RelyingParty {
	return accounts.RelyingParty{Name: h.Setup.Current().Name, BaseURL: h.Site.BaseURL}
}

// beginPasskeyRegistration returns what the script needs to create a passkey.
func (h *Handlers) beginPasskeyRegistration(c echo.Context) error {
	options, secret, err := h.Accounts.BeginPasskeyRegistration(c.Request().Context(), web.ActorOf(c), h.relyingParty())
	return h.sendPasskeyOptions(c, options, secret, err)
}

// beginPasskeySignIn returns what the script needs to use a passkey.
func (h *Handlers) beginPasskeySignIn(c echo.Context) error {
	options, secret, err := h.Accounts.BeginPasskeySignIn(c.Request().Context(), web.ActorOf(c), h.relyingParty())
	return h.sendPasskeyOptions(c, options, secret, err)
}

func (h *Handlers) sendPasskeyOptions(c echo.Context, options []byte, secret string, err error) error {
	if err != nil {
		return err
	}
	var asked struct{ Challenge string }
	if err := json.Unmarshal(options, &asked); err != nil {
		return models.Internal("read a challenge", err)
	}
	kind := attemptPasskeySignIn
	if web.ActorOf(c).SignedIn() {
		kind = attemptPasskey
	}
	if err := h.addAttempt(c.Request().Context(), attempt{kind, asked.Challenge, secret}); err != nil {
		return err
	}
	return c.JSONBlob(http.StatusOK, options)
}

// takeChallenge finds the secret of the challenge that a passkey's response answers, once;
// "" for none.
func (h *Handlers) takeChallenge(ctx context.Context, kind, response string) (string, error) {
	var answer struct {
		Response struct{ ClientDataJSON string }
	}
	var client struct{ Challenge string }
	_ = json.Unmarshal([]byte(response), &answer) // what cannot be read answers nothing
	data, _ := base64.RawURLEncoding.DecodeString(answer.Response.ClientDataJSON)
	_ = json.Unmarshal(data, &client)
	if client.Challenge == "" {
		return "", nil
	}
	secret := h.findAttempt(ctx, kind, client.Challenge)
	return secret, h.removeAttempt(ctx, secret)
}

// addPasskey saves the passkey that the browser has created.
func (h *Handlers) addPasskey(c echo.Context) error {
	var f passkeyForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx := c.Request().Context()
	secret, err := h.takeChallenge(ctx, attemptPasskey, f.Response)
	if err != nil {
		return err
	}
	err = h.Accounts.FinishPasskeyRegistration(ctx, web.ActorOf(c), h.relyingParty(), secret, f.Name, []byte(f.Response))
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderSecurity(c, 422, accountsview.SecurityProps{PasskeyName: f.Name, Errors: components.FieldTexts(ctx, fields)})
	}
	if err != nil {
		return err
	}
	h.Flash(c, "accounts.passkey.added")
	return web.SeeOther(c, paths.SecuritySettings())
}

// removePasskey removes a passkey.
func (h *Handlers) removePasskey(c echo.Context) error {
	if err := h.Accounts.RemovePasskey(c.Request().Context(), web.ActorOf(c), c.Param("id")); err != nil {
		return err
	}
	h.Flash(c, "accounts.passkey.removed")
	return web.SeeOther(c, paths.SecuritySettings())
}

// checkPasskey signs in with a passkey, or accepts it as a proof of the
// signed-in person.
func (h *Handlers) checkPasskey(c echo.Context) error {
	var f passkeyForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx, actor, next := c.Request().Context(), web.ActorOf(c), web.PathAfterSignIn(f.Next)
	secret, err := h.takeChallenge(ctx, attemptPasskeySignIn, f.Response)
	if err != nil {
		return err
	}
	if actor.SignedIn() {
		if secret != "" { // it was asked for before another tab signed in
			return h.redirectAlreadySignedIn(c)
		}
		if secret, err = h.takeChallenge(ctx, attemptPasskey, f.Response); err != nil {
			return err
		}
	}
	id, err := h.Accounts.FinishPasskeySignIn(ctx, actor, h.relyingParty(), secret, []byte(f.Response))
	if err != nil && models.CodeOf(err) == models.CodeConflict && !actor.SignedIn() {
		return h.renderSignIn(c, http.StatusUnprocessableEntity, accountsview.SignInProps{Next: next, Errors: components.FieldTexts(ctx, models.Fields{{Field: "passkey", Key: "accounts.error.passkey"}})})
	}
	if err != nil {
		return err
	}
	if !actor.SignedIn() {
		return h.signInPerson(c, id, accounts.WayPasskey, next)
	}
	if err := h.recordReauthentication(c, accounts.WayPasskey); err != nil {
		return err
	}
	return web.SeeOther(c, cmp.Or(next, paths.Dashboard()))
}

package accounts

import (
	"cmp"
	"errors"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

type codeForm struct {
	Code    string `form:"code"`
	Attempt string `form:"attempt"`
}

// showSecondFactor asks for the second factor of a sign-in that waits for
// it.
func (h *Handlers) showSecondFactor(c echo.Context) error {
	ctx, id := c.Request().Context(), c.QueryParam("attempt")
	step, err := h.Accounts.SecondFactorStep(ctx, h.findAttempt(ctx, attemptSecondFactor, id))
	if err != nil {
		return h.redirectToSignIn(c, err)
	}
	if isSignedInAs(c, step) {
		return web.SeeOther(c, cmp.Or(step.Next, paths.Dashboard()))
	}
	return h.renderSecondFactor(c, 200, id, nil)
}

// isSignedInAs says whether the person whose second factor is awaited has signed in in
// another tab meanwhile. No code is needed then; the last one has been used there.
func isSignedInAs(c echo.Context, step accounts.SignInStep) bool {
	return web.ActorOf(c).PersonID == *step.PersonID
}

// checkSecondFactor checks the code, and only then signs the person in.
func (h *Handlers) checkSecondFactor(c echo.Context) error {
	var f codeForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx := c.Request().Context()
	secret := h.findAttempt(ctx, attemptSecondFactor, f.Attempt)
	step, err := h.Accounts.SecondFactorStep(ctx, secret)
	if err == nil && isSignedInAs(c, step) {
		return web.SeeOther(c, cmp.Or(step.Next, paths.Dashboard()))
	}
	if err == nil {
		step, err = h.Accounts.FinishSecondFactor(ctx, secret, f.Code)
	}
	h.logSealedFactor(c, err)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderSecondFactor(c, 422, f.Attempt, components.FieldTexts(ctx, fields))
	}
	if err != nil {
		return h.redirectToSignIn(c, err)
	}
	if err := h.removeAttempt(ctx, secret); err != nil {
		return err
	}
	if err := h.StartSession(c, *step.PersonID, step.Way); err != nil {
		return err
	}
	return web.SeeOther(c, cmp.Or(step.Next, paths.Dashboard()))
}

// logSealedFactor warns of a second factor whose key is gone.
func (h *Handlers) logSealedFactor(c echo.Context, err error) {
	if errors.Is(err, models.ErrCannotOpenSealed) {
		h.Log.WarnContext(c.Request().Context(), "a second factor cannot be checked", "id", web.RequestID(c), "error", err)
	}
}

// redirectToSignIn starts over if the sign-in is not waiting any more.
func (h *Handlers) redirectToSignIn(c echo.Context, err error) error {
	if models.CodeOf(err) != models.CodeConflict {
		return err
	}
	if web.ActorOf(c).SignedIn() {
		return h.redirectAlreadySignedIn(c)
	}
	h.Flash(c, "accounts.error.begin_anew")
	return web.SeeOther(c, paths.SignIn(""))
}

// redirectAlreadySignedIn tells somebody who goes on with a sign-in that another tab has
// finished one meanwhile.
func (h *Handlers) redirectAlreadySignedIn(c echo.Context) error {
	h.Flash(c, "accounts.sign_in.already", "name", web.VisitorOf(c).Name())
	return web.SeeOther(c, paths.Dashboard())
}

func (h *Handlers) renderSecondFactor(c echo.Context, status int, attempt string, wrong map[string]string) error {
	props := accountsview.SecondFactorProps{Attempt: attempt, Errors: wrong}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(c.Request().Context(), "accounts.factor.title"), Body: accountsview.SecondFactor(props)})
}

package accounts

import (
	"cmp"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// secondFactorKey is the session key of the secret of a sign-in that waits for its second
// factor.
const secondFactorKey = "step"

type codeForm struct {
	Code string `form:"code"`
}

// showSecondFactor asks for the second factor of a sign-in that waits for
// it.
func (h *Handlers) showSecondFactor(c echo.Context) error {
	ctx := c.Request().Context()
	if _, err := h.Accounts.SecondFactorStep(ctx, h.Sessions.GetString(ctx, secondFactorKey)); err != nil {
		return h.redirectToSignIn(c, err)
	}
	return h.renderSecondFactor(c, 200, nil)
}

// checkSecondFactor checks the code, and only then signs the person in.
func (h *Handlers) checkSecondFactor(c echo.Context) error {
	var f codeForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx := c.Request().Context()
	step, err := h.Accounts.FinishSecondFactor(ctx, h.Sessions.GetString(ctx, secondFactorKey), f.Code)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderSecondFactor(c, 422, components.FieldTexts(ctx, fields))
	}
	if err != nil {
		return h.redirectToSignIn(c, err)
	}
	if err := h.startSession(c, *step.PersonID, step.Way); err != nil {
		return err
	}
	return web.SeeOther(c, cmp.Or(step.Next, paths.Dashboard()))
}

// redirectToSignIn starts over if no sign-in is waiting any more.
func (h *Handlers) redirectToSignIn(c echo.Context, err error) error {
	if models.CodeOf(err) != models.CodeConflict {
		return err
	}
	h.Sessions.Remove(c.Request().Context(), secondFactorKey)
	h.Flash(c, "accounts.error.begin_anew")
	return web.SeeOther(c, paths.SignIn(""))
}

func (h *Handlers) renderSecondFactor(c echo.Context, status int, errors map[string]string) error {
	return h.Render(c, web.Page{Status: status, Title: i18n.T(c.Request().Context(), "accounts.factor.title"), Body: accountsview.SecondFactor(accountsview.SecondFactorProps{Errors: errors})})
}

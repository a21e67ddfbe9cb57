package accounts

import (
	"cmp"
	"context"
	"encoding/base64"

	"github.com/labstack/echo/v4"
	"rsc.io/qr"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// secondFactorKey is where the session keeps the secret of a sign-in that
// waits for its second factor.
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

// redirectToSignIn begins again where no sign-in waits any more.
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

// beginFactorEnrolment creates a secret for the person's authenticator app.
func (h *Handlers) beginFactorEnrolment(c echo.Context) error {
	if err := h.Accounts.BeginTOTPEnrolment(c.Request().Context(), web.ActorOf(c)); err != nil {
		return err
	}
	return web.SeeOther(c, paths.SecondFactor())
}

// showFactorEnrolment shows the secret, and asks for a code.
func (h *Handlers) showFactorEnrolment(c echo.Context) error {
	return h.renderFactorEnrolment(c, 200, nil)
}

func (h *Handlers) renderFactorEnrolment(c echo.Context, status int, errors map[string]string) error {
	ctx, v := c.Request().Context(), web.VisitorOf(c)
	name := v.Session.Person.Name
	if v.Session.Person.Email != nil {
		name = *v.Session.Person.Email
	}
	e, err := h.Accounts.PendingTOTPEnrolment(ctx, v.Actor, h.Site.Name, name)
	if err != nil && models.CodeOf(err) == models.CodeNotFound {
		return web.SeeOther(c, paths.SecuritySettings())
	}
	if err != nil {
		return err
	}
	code, err := qr.Encode(e.URL, qr.M)
	if err != nil {
		return models.Internal("draw a QR code", err)
	}
	code.Scale = 6
	props := accountsview.SecondFactorEnrolmentProps{Kind: string(v.Actor.Side()), Secret: e.Secret, Errors: errors,
		Picture: "data:image/png;base64," + base64.StdEncoding.EncodeToString(code.PNG())}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "accounts.enrol.title"), Body: accountsview.SecondFactorEnrolment(props)})
}

// finishFactorEnrolment turns the second factor on and shows the recovery
// codes, once.
func (h *Handlers) finishFactorEnrolment(c echo.Context) error {
	return h.doWithCode(c, h.renderFactorEnrolment, func(ctx context.Context, code string) ([]string, error) {
		return h.Accounts.ConfirmTOTPEnrolment(ctx, web.ActorOf(c), code, h.Sessions.GetString(ctx, accounts.SessionID))
	})
}

// renewRecoveryCodes shows ten new recovery codes, once.
func (h *Handlers) renewRecoveryCodes(c echo.Context) error {
	return h.doWithCode(c, h.renderFactorProblem("recovery_code"), func(ctx context.Context, code string) ([]string, error) {
		return h.Accounts.RenewRecoveryCodes(ctx, web.ActorOf(c), code)
	})
}

// removeSecondFactor turns the second factor off.
func (h *Handlers) removeSecondFactor(c echo.Context) error {
	return h.doWithCode(c, h.renderFactorProblem("removal_code"), func(ctx context.Context, code string) ([]string, error) {
		return nil, h.Accounts.RemoveTOTPFactor(ctx, web.ActorOf(c), code)
	})
}

// renderFactorProblem shows the security page with what was wrong in a
// field.
func (h *Handlers) renderFactorProblem(field string) func(echo.Context, int, map[string]string) error {
	return func(c echo.Context, status int, errors map[string]string) error {
		return h.renderSecurity(c, status, accountsview.SecurityProps{Errors: map[string]string{field: errors["code"]}})
	}
}

// doWithCode does what needs a code, and shows the recovery codes that come
// of it.
func (h *Handlers) doWithCode(c echo.Context, again func(echo.Context, int, map[string]string) error, do func(context.Context, string) ([]string, error)) error {
	var f struct {
		Code     string `form:"code"`
		Recovery string `form:"recovery_code"`
		Removal  string `form:"removal_code"`
	}
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx := c.Request().Context()
	codes, err := do(ctx, f.Code+f.Recovery+f.Removal)
	if fields, ok := web.InvalidFields(err); ok {
		return again(c, 422, components.FieldTexts(ctx, fields))
	}
	if err != nil {
		return err
	}
	if err := h.Sessions.RenewToken(ctx); err != nil {
		return models.Internal("renew the session", err)
	}
	if codes == nil {
		h.Flash(c, "accounts.factor.removed")
		return web.SeeOther(c, paths.SecuritySettings())
	}
	props := accountsview.RecoveryCodesProps{Kind: string(web.ActorOf(c).Side()), Codes: codes}
	return h.Render(c, web.Page{Title: i18n.T(ctx, "accounts.recovery.title"), Body: accountsview.RecoveryCodes(props)})
}

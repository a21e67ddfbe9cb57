package accounts

import (
	"context"
	"encoding/base64"
	"strings"

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

// stepKey holds the secret of what a second request of this browser finishes.
const stepKey = "step"

type codeForm struct {
	Code string `form:"code"`
}

// showFactor asks for the second factor of a sign-in that waits for it.
func (h *Handlers) showFactor(c echo.Context) error {
	ctx := c.Request().Context()
	if _, err := h.Accounts.SecondFactorStep(ctx, h.Sessions.GetString(ctx, stepKey)); err != nil {
		return h.signInAnew(c, err)
	}
	return h.factorPage(c, 200, nil)
}

// checkFactor takes the code, and only then lets the person in.
func (h *Handlers) checkFactor(c echo.Context) error {
	var f codeForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx := c.Request().Context()
	step, err := h.Accounts.FinishSecondFactor(ctx, h.Sessions.GetString(ctx, stepKey), f.Code)
	if fields, ok := web.InvalidFields(err); ok {
		return h.factorPage(c, 422, components.FieldTexts(ctx, fields))
	}
	if err != nil {
		return h.signInAnew(c, err)
	}
	if err := h.startSession(c, *step.PersonID, step.Way); err != nil {
		return err
	}
	return web.SeeOther(c, web.OrDashboard(step.Next))
}

// signInAnew leads back to the beginning where a sign-in waits no more.
func (h *Handlers) signInAnew(c echo.Context, err error) error {
	if models.CodeOf(err) != models.CodeConflict {
		return err
	}
	h.Sessions.Remove(c.Request().Context(), stepKey)
	h.Flash(c, "accounts.error.begin_anew")
	return web.SeeOther(c, paths.SignIn(""))
}

func (h *Handlers) factorPage(c echo.Context, status int, errors map[string]string) error {
	return h.Render(c, web.Page{Status: status, Title: i18n.T(c.Request().Context(), "accounts.factor.title"), Body: accountsview.Factor(accountsview.FactorProps{Errors: errors})})
}

// beginFactor makes a secret for the person's authenticator app.
func (h *Handlers) beginFactor(c echo.Context) error {
	if err := h.Accounts.BeginTOTPEnrolment(c.Request().Context(), web.ActorOf(c)); err != nil {
		return err
	}
	return web.SeeOther(c, paths.SecondFactor())
}

// showEnrolment shows the secret, and asks for a code of it.
func (h *Handlers) showEnrolment(c echo.Context) error { return h.enrolmentPage(c, 200, nil) }

func (h *Handlers) enrolmentPage(c echo.Context, status int, errors map[string]string) error {
	ctx, v := c.Request().Context(), web.VisitorOf(c)
	name := v.Session.Person.Name
	if v.Session.Person.Email != nil {
		name = *v.Session.Person.Email
	}
	e, err := h.Accounts.PendingTOTPEnrolment(ctx, v.Actor, h.Site.Name, name)
	if err != nil && models.CodeOf(err) == models.CodeNotFound {
		return web.SeeOther(c, paths.Security())
	}
	if err != nil {
		return err
	}
	code, err := qr.Encode(e.URL, qr.M)
	if err != nil {
		return models.Internal("draw a QR code", err)
	}
	code.Scale = 6
	props := accountsview.EnrolmentProps{Kind: string(v.Actor.Side()), Secret: grouped(e.Secret), Errors: errors,
		Picture: "data:image/png;base64," + base64.StdEncoding.EncodeToString(code.PNG())}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "accounts.enrol.title"), Body: accountsview.Enrolment(props)})
}

// grouped is a secret as people copy it.
func grouped(secret string) string {
	var b strings.Builder
	for i, r := range secret {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// confirmFactor turns the second factor on and shows the recovery codes, once.
func (h *Handlers) confirmFactor(c echo.Context) error {
	return h.withCode(c, h.enrolmentPage, func(ctx context.Context, code string) ([]string, error) {
		return h.Accounts.ConfirmTOTPEnrolment(ctx, web.ActorOf(c), code, h.Sessions.GetString(ctx, accounts.SessionID))
	})
}

// renewRecovery shows ten new recovery codes, once.
func (h *Handlers) renewRecovery(c echo.Context) error {
	return h.withCode(c, h.factorProblem("recovery_code"), func(ctx context.Context, code string) ([]string, error) {
		return h.Accounts.RenewRecoveryCodes(ctx, web.ActorOf(c), code)
	})
}

// removeFactor turns the second factor off.
func (h *Handlers) removeFactor(c echo.Context) error {
	return h.withCode(c, h.factorProblem("removal_code"), func(ctx context.Context, code string) ([]string, error) {
		return nil, h.Accounts.RemoveTOTPFactor(ctx, web.ActorOf(c), code)
	})
}

// factorProblem shows the page of security with what was wrong at a field.
func (h *Handlers) factorProblem(field string) func(echo.Context, int, map[string]string) error {
	return func(c echo.Context, status int, errors map[string]string) error {
		return h.securityPage(c, status, accountsview.SecurityProps{Errors: map[string]string{field: errors["code"]}})
	}
}

// withCode does what needs a code, and shows the recovery codes it leads to.
func (h *Handlers) withCode(c echo.Context, again func(echo.Context, int, map[string]string) error, do func(context.Context, string) ([]string, error)) error {
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
		return web.SeeOther(c, paths.Security())
	}
	props := accountsview.RecoveryProps{Kind: string(web.ActorOf(c).Side()), Codes: codes}
	return h.Render(c, web.Page{Title: i18n.T(ctx, "accounts.recovery.title"), Body: accountsview.Recovery(props)})
}

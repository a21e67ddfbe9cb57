package accounts

import (
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
	e, err := h.Accounts.PendingTOTPEnrolment(ctx, v.Actor, h.Setup.Current().Name, name)
	if err != nil && models.CodeOf(err) == models.CodeNotFound {
		return web.SeeOther(c, paths.SecuritySettings())
	}
	if err != nil {
		return err
	}
	picture, err := drawQRCode(e.URL)
	if err != nil {
		return err
	}
	props := accountsview.SecondFactorEnrolmentProps{Kind: string(v.Actor.Side()), Secret: e.Secret, Errors: errors, Picture: picture}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "accounts.enrol.title"), Body: accountsview.SecondFactorEnrolment(props)})
}

// drawQRCode draws a text as a QR code in a data URL.
func drawQRCode(text string) (string, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return "", models.Internal("draw a QR code", err)
	}
	code.Scale = 6
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(code.PNG()), nil
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

// renderFactorProblem shows the security page with an error at a field.
func (h *Handlers) renderFactorProblem(field string) func(echo.Context, int, map[string]string) error {
	return func(c echo.Context, status int, errors map[string]string) error {
		return h.renderSecurity(c, status, accountsview.SecurityProps{Errors: map[string]string{field: errors["code"]}})
	}
}

// doWithCode does something that needs a code, and shows the recovery codes that result.
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
	h.logSealedFactor(c, err)
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
	return h.renderRecoveryCodes(c, codes)
}

func (h *Handlers) renderRecoveryCodes(c echo.Context, codes []string) error {
	ctx := c.Request().Context()
	props := accountsview.RecoveryCodesProps{Kind: string(web.ActorOf(c).Side()), Codes: codes}
	return h.Render(c, web.Page{Title: i18n.T(ctx, "accounts.recovery.title"), Body: accountsview.RecoveryCodes(props)})
}

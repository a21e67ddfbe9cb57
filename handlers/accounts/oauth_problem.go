package accounts

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/internal/platforms"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	accountsview "tribemarket/views/accounts"
)

// errConsentRefused means that the person refused at the platform.
var errConsentRefused error = &models.Error{Code: models.CodeForbidden, Key: "accounts.refused"}

// refusalKinds maps the purpose of a signed-in person who refused to the kind of problem
// shown.
var refusalKinds = map[accounts.OAuthPurpose]string{accounts.ToConnect: "not_connected", accounts.ToConfirm: "not_confirmed"}

// signInProblems are the errors of a platform sign-in, each with its page and status.
var signInProblems = []struct {
	err    error
	kind   string
	status int
}{
	{errConsentRefused, "refused", http.StatusForbidden},
	{creators.ErrMissingScope, "scope", http.StatusForbidden},
	{creators.ErrNoAccount, "no_account", http.StatusForbidden},
	{creators.ErrFollowersHidden, "hidden", http.StatusForbidden},
	{creators.ErrPersonalAccount, "personal", http.StatusForbidden},
	{creators.ErrIdentityRefused, "identity", http.StatusForbidden},
	{creators.ErrReconnect, "again", http.StatusBadRequest},
	{creators.ErrPlatformSetup, "setup", http.StatusServiceUnavailable},
	{creators.ErrPlatformBusy, "busy", http.StatusServiceUnavailable},
}

// findSignInProblem finds the page of an error, if it has one.
func findSignInProblem(err error) (kind string, status int, ok bool) {
	for _, p := range signInProblems {
		if errors.Is(err, p.err) {
			return p.kind, p.status, true
		}
	}
	if models.CodeOf(err) == models.CodeInvalid {
		return "state", http.StatusBadRequest, true
	}
	return "", 0, false
}

// renderSignInProblem shows what went wrong at the platform and what to do
// about it.
func (h *Handlers) renderSignInProblem(c echo.Context, p platforms.Provider, begun accounts.OAuthState, err error) error {
	ctx := c.Request().Context()
	kind, status, ok := findSignInProblem(err)
	if !ok {
		return err
	}
	if status == http.StatusServiceUnavailable {
		h.LogFailure(c, "sign-in failed", err, "platform", p.Platform)
	}
	if kind == "identity" {
		h.Log.WarnContext(ctx, "a provider's answer was refused", "provider", p.Platform, "id", web.RequestID(c), "error", err)
		if err := h.Accounts.RecordRefusedIdentity(ctx, p.Platform, err); err != nil {
			return err
		}
	}
	props := accountsview.SignInProblemProps{Kind: kind, Platform: p.Platform, Name: h.ProviderName(p.Platform), Next: begun.Next}
	if refused, signedIn := refusalKinds[begun.Purpose]; signedIn {
		props.Purpose = string(begun.Purpose)
		if kind == "refused" {
			props.Kind = refused
		}
	}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "accounts.problem."+props.Kind+".title", "platform", props.Name), Body: accountsview.SignInProblem(props)})
}

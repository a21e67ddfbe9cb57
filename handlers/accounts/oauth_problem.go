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

// errConsentRefused: the person refused at the platform.
var errConsentRefused error = &models.Error{Code: models.CodeForbidden, Key: "accounts.refused"}

// refusalKinds names the problem of a signed-in person who refused, by what
// they were about to do.
var refusalKinds = map[accounts.OAuthPurpose]string{accounts.ToConnect: "not_connected", accounts.ToConfirm: "not_confirmed"}

// renderSignInProblem shows what went wrong at the platform and what to do
// about it.
func (h *Handlers) renderSignInProblem(c echo.Context, p platforms.Provider, begun accounts.OAuthState, err error) error {
	ctx := c.Request().Context()
	kind, status := "busy", http.StatusServiceUnavailable
	switch {
	case errors.Is(err, errConsentRefused):
		kind, status = "refused", http.StatusForbidden
	case errors.Is(err, creators.ErrMissingScope):
		kind, status = "scope", http.StatusForbidden
	case errors.Is(err, creators.ErrNoAccount):
		kind, status = "no_account", http.StatusForbidden
	case errors.Is(err, creators.ErrFollowersHidden):
		kind, status = "hidden", http.StatusForbidden
	case errors.Is(err, creators.ErrPersonalAccount):
		kind, status = "personal", http.StatusForbidden
	case errors.Is(err, creators.ErrReconnect):
		kind, status = "again", http.StatusBadRequest
	case errors.Is(err, creators.ErrPlatformSetup):
		kind, status = "setup", http.StatusServiceUnavailable
	case errors.Is(err, creators.ErrPlatformBusy):
	case models.CodeOf(err) == models.CodeInvalid:
		kind, status = "state", http.StatusBadRequest
	default:
		return err
	}
	if says, ok := refusalKinds[begun.Purpose]; ok && kind == "refused" {
		kind = says
	}
	if status == http.StatusServiceUnavailable {
		h.Log.ErrorContext(ctx, "sign-in failed", "platform", p.Platform, "id", web.RequestID(c), "error", err)
	}
	props := accountsview.SignInProblemProps{Kind: kind, Platform: p.Platform, Name: h.ProviderName(p.Platform), Next: begun.Next}
	if _, signedIn := refusalKinds[begun.Purpose]; signedIn {
		props.Purpose = string(begun.Purpose)
	}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "accounts.problem."+kind+".title"), Body: accountsview.SignInProblem(props)})
}

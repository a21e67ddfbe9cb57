package wire

import (
	"cmp"
	"time"

	"tribemarket/models/creators"
)

// TokenAnswer is what an OAuth token endpoint says (RFC 6749, 5.1 and 5.2), in
// the shapes that the platforms give it.
type TokenAnswer struct {
	AccessToken      string   `json:"access_token"`
	ExpiresIn        Count    `json:"expires_in"` // seconds
	RefreshToken     string   `json:"refresh_token"`
	RefreshExpiresIn Count    `json:"refresh_expires_in"` // seconds
	Scope            NameList `json:"scope"`

	Error       string `json:"error"`
	Description string `json:"error_description"`
	LogID       string `json:"log_id"`
}

// ToToken is the answer's token, at the time it came.
func (a TokenAnswer) ToToken(now time.Time) creators.PlatformToken {
	t := creators.PlatformToken{Access: a.AccessToken, Refresh: a.RefreshToken, Scopes: a.Scope, ExpiresAt: now.Add(a.ExpiresIn.Seconds())}
	if a.RefreshExpiresIn.N != nil {
		t.RefreshExpiresAt = now.Add(a.RefreshExpiresIn.Seconds())
	}
	return t
}

// ToPlatformFailure is what the answer says went wrong.
func (a TokenAnswer) ToPlatformFailure(status int) PlatformFailure {
	return PlatformFailure{Code: a.Error, Message: a.Description, Log: a.LogID, Status: status}
}

// MergeRefreshedToken is the token after a refresh: what the platform did not say again stays.
func MergeRefreshedToken(old, fresh creators.PlatformToken) creators.PlatformToken {
	fresh.Refresh = cmp.Or(fresh.Refresh, old.Refresh)
	if len(fresh.Scopes) == 0 {
		fresh.Scopes = old.Scopes
	}
	if fresh.RefreshExpiresAt.IsZero() && fresh.Refresh == old.Refresh {
		fresh.RefreshExpiresAt = old.RefreshExpiresAt
	}
	return fresh
}

// OAuthErrorKind is what an OAuth error code (RFC 6749, 4.1.2.1 and 5.2) means here.
func OAuthErrorKind(code string) error {
	switch code {
	case "invalid_grant", "invalid_token", "access_denied":
		return creators.ErrReconnect
	case "invalid_scope":
		return creators.ErrMissingScope
	case "invalid_client", "unauthorized_client", "invalid_request", "unsupported_grant_type", "unsupported_response_type", "redirect_uri_mismatch":
		return creators.ErrPlatformSetup
	}
	return creators.ErrPlatformBusy
}

// StatusErrorKind is what an HTTP status means here when the body names no failure.
func StatusErrorKind(status int) error {
	switch status {
	case 400, 404:
		return creators.ErrPlatformSetup
	case 401:
		return creators.ErrReconnect
	case 403:
		return creators.ErrMissingScope
	}
	return creators.ErrPlatformBusy
}

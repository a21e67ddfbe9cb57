package wire

import (
	"cmp"
	"time"

	"tribemarket/models/creators"
)

// TokenAnswer is what an OAuth token endpoint says (RFC 6749, 5.1 and 5.2), in
// the shapes that the platforms give it.
type TokenAnswer struct {
	AccessToken      string `json:"access_token"`
	ExpiresIn        Count  `json:"expires_in"` // seconds
	RefreshToken     string `json:"refresh_token"`
	RefreshExpiresIn Count  `json:"refresh_expires_in"` // seconds
	Scope            List   `json:"scope"`

	Error       string `json:"error"`
	Description string `json:"error_description"`
	LogID       string `json:"log_id"`
}

// Token is the answer's token, at the time it came.
func (a TokenAnswer) Token(now time.Time) creators.Token {
	t := creators.Token{Access: a.AccessToken, Refresh: a.RefreshToken, Scopes: a.Scope, ExpiresAt: now.Add(a.ExpiresIn.Seconds())}
	if a.RefreshExpiresIn.N != nil {
		t.RefreshExpiresAt = now.Add(a.RefreshExpiresIn.Seconds())
	}
	return t
}

// Failure is what the answer says went wrong.
func (a TokenAnswer) Failure(status int) Failure {
	return Failure{Code: a.Error, Message: a.Description, Log: a.LogID, Status: status}
}

// Renewed is the token after a refresh: what the platform did not say again stays.
func Renewed(old, fresh creators.Token) creators.Token {
	fresh.Refresh = cmp.Or(fresh.Refresh, old.Refresh)
	if len(fresh.Scopes) == 0 {
		fresh.Scopes = old.Scopes
	}
	if fresh.RefreshExpiresAt.IsZero() && fresh.Refresh == old.Refresh {
		fresh.RefreshExpiresAt = old.RefreshExpiresAt
	}
	return fresh
}

// OAuthFailure is what an OAuth error code (RFC 6749, 4.1.2.1 and 5.2) means here.
func OAuthFailure(code string) error {
	switch code {
	case "invalid_grant", "invalid_token", "access_denied":
		return creators.ErrReconnect
	case "invalid_scope":
		return creators.ErrScope
	case "invalid_client", "unauthorized_client", "invalid_request", "unsupported_grant_type", "unsupported_response_type", "redirect_uri_mismatch":
		return creators.ErrSetup
	}
	return creators.ErrBusy
}

// StatusFailure is what an HTTP status means here when the body names no failure.
func StatusFailure(status int) error {
	switch status {
	case 400, 404:
		return creators.ErrSetup
	case 401:
		return creators.ErrReconnect
	case 403:
		return creators.ErrScope
	}
	return creators.ErrBusy
}

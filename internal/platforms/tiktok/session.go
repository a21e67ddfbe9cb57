package tiktok

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/markbates/goth"

	"tribemarket/models/creators"
)

// Session is one sign-in, from the consent page to the token.
type Session struct {
	AuthURL  string
	Verifier string `json:",omitempty"` // of PKCE
	OpenID   string `json:",omitempty"`
	Granted  creators.Token
}

// GetAuthURL is the address of the consent page.
func (s *Session) GetAuthURL() (string, error) {
	if s.AuthURL == "" {
		return "", errors.New(goth.NoAuthUrlErrorMessage)
	}
	return s.AuthURL, nil
}

// Marshal is the session as text, for our own server-side store.
func (s *Session) Marshal() string {
	b, _ := json.Marshal(s) // strings and times always marshal
	return string(b)
}

// Token is what the creator granted, once Authorize was called.
func (s *Session) Token() creators.Token { return s.Granted }

// Authorize exchanges the code of the callback for a token. params are the
// callback's query, already decoded once, as url.Values are. An error wraps
// creators.ErrReconnect when TikTok refuses the code, ErrBusy when it does not
// answer rightly, ErrSetup when it refuses the app, and is a MissingScopes when
// the creator left something out: then the session is authorized all the same.
func (s *Session) Authorize(provider goth.Provider, params goth.Params) (string, error) {
	p, ok := provider.(*Provider)
	if !ok {
		return "", fmt.Errorf("tiktok: a session of provider %T", provider)
	}
	code := params.Get("code")
	if code == "" {
		return "", fmt.Errorf("tiktok: a callback without a code: %w", creators.ErrReconnect)
	}
	form := url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {p.cfg.CallbackURL}}
	if s.Verifier != "" {
		form.Set("code_verifier", s.Verifier)
	}
	answer, err := p.token(context.Background(), form)
	if err != nil {
		return "", err
	}
	s.OpenID, s.Granted = answer.OpenID, answer.token(p.clock())
	missing := slices.DeleteFunc(Scopes(), func(name string) bool { return slices.Contains(s.Granted.Scopes, name) })
	if len(missing) > 0 {
		return s.Granted.Access, MissingScopes(missing)
	}
	return s.Granted.Access, nil
}

// MissingScopes are the permissions that the creator left out.
type MissingScopes []string

// Error is for the log.
func (m MissingScopes) Error() string { return "tiktok: left out " + strings.Join(m, ", ") }

// Unwrap makes it a creators.ErrScope.
func (m MissingScopes) Unwrap() error { return creators.ErrScope }

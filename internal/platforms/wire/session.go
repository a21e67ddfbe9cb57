package wire

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/markbates/goth"
	"golang.org/x/oauth2"

	"tribemarket/models/creators"
)

// AccountAPI is the API that goth's methods are mapped to.
type AccountAPI interface {
	creators.PlatformAPI
	// Exchange exchanges a callback's code for the token and, if the response has it, the
	// account's id on the platform.
	ExchangeCode(ctx context.Context, code, verifier string) (userID string, token creators.PlatformToken, err error)
	// Account reads only the account, without posts and audience.
	ReadAccount(ctx context.Context, token creators.PlatformToken) (creators.PlatformProfile, error)
}

// GothProvider is the part of a goth.Provider that is the same for all platforms; an
// adapter embeds it and adds BeginAuth.
type GothProvider struct {
	platform, name string
	needed         []string
	api            AccountAPI
}

// NewGothProvider returns the goth provider of a platform. A sign-in without one of the
// needed scopes returns a MissingScopes error.
func NewGothProvider(platform string, api AccountAPI, needed []string) GothProvider {
	return GothProvider{platform: platform, name: platform, needed: needed, api: api}
}

// Name is the provider's name in goth.
func (g *GothProvider) Name() string { return g.name }

// SetName changes the provider's name in goth.
func (g *GothProvider) SetName(name string) { g.name = name }

// Debug does nothing; goth requires it.
func (g *GothProvider) Debug(bool) {}

// RefreshTokenAvailable says that tokens can be refreshed.
func (g *GothProvider) RefreshTokenAvailable() bool { return true }

// RefreshToken is Refresh in goth's types, which lose the scopes and the refresh token's
// own expiry.
func (g *GothProvider) RefreshToken(refresh string) (*oauth2.Token, error) {
	t, err := g.api.Refresh(context.Background(), creators.PlatformToken{Refresh: refresh})
	if err != nil {
		return nil, err
	}
	return &oauth2.Token{AccessToken: t.Access, RefreshToken: t.Refresh, TokenType: "Bearer", Expiry: t.ExpiresAt}, nil
}

// UnmarshalSession reads what Session.Marshal wrote.
func (g *GothProvider) UnmarshalSession(data string) (goth.Session, error) {
	s := &Session{}
	err := json.Unmarshal([]byte(data), s)
	return s, err
}

// FetchUser reads the account that has signed in; no platform is asked for an e-mail
// address.
func (g *GothProvider) FetchUser(session goth.Session) (goth.User, error) {
	s, ok := session.(*Session)
	if !ok || s.Granted.Access == "" {
		return goth.User{Provider: g.name}, errors.New(g.platform + ": a session without a token")
	}
	u := goth.User{
		Provider: g.name, UserID: s.UserID, AccessToken: s.Granted.Access,
		RefreshToken: s.Granted.Refresh, ExpiresAt: s.Granted.ExpiresAt,
	}
	p, err := g.api.ReadAccount(context.Background(), s.Granted)
	if err != nil {
		return u, err
	}
	if s.UserID != "" && p.UserID != s.UserID {
		return u, fmt.Errorf("%s: the token is of another account: %w", g.platform, creators.ErrPlatformBusy)
	}
	u.UserID, u.Name, u.NickName, u.AvatarURL, u.Description = p.UserID, p.DisplayName, p.Handle, p.AvatarURL, p.Bio
	return u, nil
}

func (g *GothProvider) authorize(ctx context.Context, s *Session, params goth.Params) (string, error) {
	code := params.Get("code")
	if code == "" {
		return "", fmt.Errorf("%s: a callback without a code: %w", g.platform, creators.ErrReconnect)
	}
	userID, token, err := g.api.ExchangeCode(ctx, code, s.Verifier)
	if err != nil {
		return "", err
	}
	s.UserID, s.Granted = userID, token
	missing := slices.DeleteFunc(slices.Clone(g.needed), func(name string) bool { return slices.Contains(token.Scopes, name) })
	// A missing list means that everything was granted (RFC 6749, 5.1).
	if token.Scopes != nil && len(missing) > 0 {
		return token.Access, MissingScopes(missing)
	}
	return token.Access, nil
}

// Session is one sign-in, from the consent page to the token.
type Session struct {
	AuthURL  string
	Verifier string `json:",omitempty"` // of PKCE
	UserID   string `json:",omitempty"` // as the token endpoint said it
	Granted  creators.PlatformToken
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
func (s *Session) Token() creators.PlatformToken { return s.Granted }

// Authorize exchanges the code of the callback for a token. params are the
// callback's query, already decoded once, as url.Values are. An error wraps
// creators.ErrReconnect when the platform refuses the code, ErrBusy when it
// does not answer rightly, ErrSetup when it refuses the app, and is a
// MissingScopes when the creator left out something that is needed: then the
// session is authorized all the same.
func (s *Session) Authorize(provider goth.Provider, params goth.Params) (string, error) {
	return s.AuthorizeWithin(context.Background(), provider, params)
}

// AuthorizeWithin is Authorize, which ends with the context.
func (s *Session) AuthorizeWithin(ctx context.Context, provider goth.Provider, params goth.Params) (string, error) {
	p, ok := provider.(interface {
		authorize(context.Context, *Session, goth.Params) (string, error)
	})
	if !ok {
		return "", fmt.Errorf("platforms: a session of provider %T", provider)
	}
	return p.authorize(ctx, s, params)
}

// MissingScopes are the permissions that the creator left out.
type MissingScopes []string

// Error is for the log.
func (m MissingScopes) Error() string { return "left out " + strings.Join(m, ", ") }

// Unwrap makes it a creators.ErrScope.
func (m MissingScopes) Unwrap() error { return creators.ErrMissingScope }

// GrantsScope says whether a scope was granted; a token that says nothing is taken to have all.
func GrantsScope(t creators.PlatformToken, scope string) bool {
	return len(t.Scopes) == 0 || slices.Contains(t.Scopes, scope)
}

package tiktok

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/markbates/goth"
	"golang.org/x/oauth2"

	"tribemarket/internal/platforms/wire"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/platform"
)

// Name is the platform's name in URLs, in the database and in goth.
const Name = platform.TikTok

// The permissions that are requested; a creator can leave some out.
const (
	ScopeBasic   = "user.info.basic"   // open id, name, picture
	ScopeProfile = "user.info.profile" // handle, bio, verification
	ScopeStats   = "user.info.stats"   // followers, likes, number of videos
	ScopeVideos  = "video.list"        // public videos with their figures
)

// Scopes are the requested permissions, in this order.
func Scopes() []string { return []string{ScopeBasic, ScopeProfile, ScopeStats, ScopeVideos} }

// Config is the app as registered with TikTok, and TikTok's URLs.
type Config struct {
	ClientKey, ClientSecret string
	CallbackURL             string        // exactly as registered: absolute, without query
	AuthURL                 string        // default https://www.tiktok.com/v2/auth/authorize/
	TokenURL                string        // default https://open.tiktokapis.com/v2/oauth/token/
	RevokeURL               string        // default https://open.tiktokapis.com/v2/oauth/revoke/
	APIURL                  string        // default https://open.tiktokapis.com
	HTTPClient              *http.Client  // its transport is used; redirects are never followed
	Timeout                 time.Duration // of a call, and of a whole Read; default 10 s
	PKCE                    bool          // TikTok supports it for desktop and mobile apps; off for the web
}

// Provider is TikTok as a goth.Provider and a creators.Platform.
type Provider struct {
	wire.GothProvider
	cfg    Config
	client wire.Client
	clock  models.Clock
}

// Session is one sign-in with TikTok.
type Session = wire.Session

// MissingScopes are the permissions that the creator left out.
type MissingScopes = wire.MissingScopes

var (
	_ goth.Provider        = (*Provider)(nil)
	_ creators.PlatformAPI = (*Provider)(nil)
)

// New returns the provider for the app in cfg.
func New(cfg Config, clock models.Clock) *Provider {
	cfg.AuthURL = cmp.Or(cfg.AuthURL, "https://www.tiktok.com/v2/auth/authorize/")
	cfg.TokenURL = cmp.Or(cfg.TokenURL, "https://open.tiktokapis.com/v2/oauth/token/")
	cfg.RevokeURL = cmp.Or(cfg.RevokeURL, "https://open.tiktokapis.com/v2/oauth/revoke/")
	cfg.APIURL = strings.TrimSuffix(cmp.Or(cfg.APIURL, "https://open.tiktokapis.com"), "/")
	p := &Provider{cfg: cfg, client: wire.NewClient(Name, cfg.HTTPClient, cfg.Timeout), clock: clock}
	p.GothProvider = wire.NewGothProvider(Name, p, Scopes())
	return p
}

// BeginAuth returns the session that leads to TikTok's consent page. The caller creates
// and checks the state.
func (p *Provider) BeginAuth(state string) (goth.Session, error) {
	// TikTok uses client_key, and separates scopes by commas.
	q := url.Values{
		"client_key": {p.cfg.ClientKey}, "response_type": {"code"}, "scope": {strings.Join(Scopes(), ",")},
		"redirect_uri": {p.cfg.CallbackURL}, "state": {state},
		// Otherwise the account that consented last in this browser is used without
		// asking, and a second account can never be connected.
		"disable_auto_auth": {"1"},
	}
	s := &Session{}
	if p.cfg.PKCE {
		s.Verifier = oauth2.GenerateVerifier()
		sum := sha256.Sum256([]byte(s.Verifier))
		q.Set("code_challenge", hex.EncodeToString(sum[:])) // in hex: TikTok's own variant
		q.Set("code_challenge_method", "S256")
	}
	s.AuthURL = p.cfg.AuthURL + "?" + q.Encode()
	return s, nil
}

// tokenAnswer is the flat response of the OAuth endpoints.
type tokenAnswer struct {
	wire.TokenAnswer
	OpenID string `json:"open_id"`
}

// ExchangeCode exchanges a callback's code for a token.
func (p *Provider) ExchangeCode(ctx context.Context, code, verifier string) (string, creators.PlatformToken, error) {
	form := url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {p.cfg.CallbackURL}}
	if verifier != "" {
		form.Set("code_verifier", verifier)
	}
	a, err := p.requestToken(ctx, form)
	return a.OpenID, a.ToToken(p.clock()), err
}

// Refresh exchanges a token for a new one. The old refresh token becomes invalid, so the
// caller must allow only one attempt at a time and save the new token before anything
// else.
func (p *Provider) Refresh(ctx context.Context, old creators.PlatformToken) (creators.PlatformToken, error) {
	a, err := p.requestToken(ctx, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {old.Refresh}})
	if err != nil {
		return creators.PlatformToken{}, err
	}
	return wire.MergeRefreshedToken(old, a.ToToken(p.clock())), nil
}

// requestToken asks the token endpoint. The status of its errors is not documented,
// so the body decides.
func (p *Provider) requestToken(ctx context.Context, form url.Values) (tokenAnswer, error) {
	form.Set("client_key", p.cfg.ClientKey)
	form.Set("client_secret", p.cfg.ClientSecret)
	var a tokenAnswer
	status, err := p.client.PostForm(ctx, "token", p.cfg.TokenURL, form, &a)
	switch {
	case err != nil:
		return tokenAnswer{}, err
	case a.Error != "":
		return tokenAnswer{}, p.client.RefusedError("token", a.ToPlatformFailure(status), wire.OAuthErrorKind(a.Error))
	case status != http.StatusOK || a.AccessToken == "" || a.OpenID == "":
		return tokenAnswer{}, p.client.IncompleteError("token", status)
	}
	return a, nil
}

// Revoke ends the creator's consent at TikTok.
func (p *Provider) Revoke(ctx context.Context, token creators.PlatformToken) error {
	form := url.Values{"client_key": {p.cfg.ClientKey}, "client_secret": {p.cfg.ClientSecret}, "token": {token.Access}}
	var a tokenAnswer
	status, err := p.client.PostForm(ctx, "revoke", p.cfg.RevokeURL, form, &a)
	switch {
	case err != nil && !errors.Is(err, creators.ErrReconnect):
		return err
	case a.Error != "" && !errors.Is(wire.OAuthErrorKind(a.Error), creators.ErrReconnect):
		return p.client.RefusedError("revoke", a.ToPlatformFailure(status), wire.OAuthErrorKind(a.Error))
	case a.Error == "" && err == nil && status != http.StatusOK:
		return p.client.IncompleteError("revoke", status)
	}
	return nil
}

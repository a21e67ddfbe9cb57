package twitch

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/markbates/goth"

	"tribemarket/internal/platforms/wire"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/platform"
)

// Name is the platform's name in URLs, in the database and in goth.
const Name = platform.Twitch

// Scopes are the requested permissions: none, since the account, its number of followers
// and its videos are available without any.
func Scopes() []string { return []string{} }

// Config is the app as registered with Twitch, and Twitch's URLs.
type Config struct {
	ClientID, ClientSecret string
	CallbackURL            string        // exactly as registered
	AuthURL                string        // default https://id.twitch.tv/oauth2/authorize
	TokenURL               string        // default https://id.twitch.tv/oauth2/token
	RevokeURL              string        // default https://id.twitch.tv/oauth2/revoke
	ValidateURL            string        // default https://id.twitch.tv/oauth2/validate
	APIURL                 string        // default https://api.twitch.tv/helix
	HTTPClient             *http.Client  // its transport is used; redirects are never followed
	Timeout                time.Duration // of a call, and of a whole Read; default 10 s
}

// Provider is Twitch as a goth.Provider, a creators.Platform and a creators.Validator.
type Provider struct {
	wire.GothProvider
	cfg    Config
	client wire.Client
	clock  models.Clock
}

// Session is one sign-in with Twitch.
type Session = wire.Session

// MissingScopes are the permissions that the creator left out; with Twitch
// there are none.
type MissingScopes = wire.MissingScopes

var (
	_ goth.Provider           = (*Provider)(nil)
	_ creators.PlatformAPI    = (*Provider)(nil)
	_ creators.TokenValidator = (*Provider)(nil)
)

// New returns the provider for the app in cfg.
func New(cfg Config, clock models.Clock) *Provider {
	cfg.AuthURL = cmp.Or(cfg.AuthURL, "https://id.twitch.tv/oauth2/authorize")
	cfg.TokenURL = cmp.Or(cfg.TokenURL, "https://id.twitch.tv/oauth2/token")
	cfg.RevokeURL = cmp.Or(cfg.RevokeURL, "https://id.twitch.tv/oauth2/revoke")
	cfg.ValidateURL = cmp.Or(cfg.ValidateURL, "https://id.twitch.tv/oauth2/validate")
	cfg.APIURL = strings.TrimSuffix(cmp.Or(cfg.APIURL, "https://api.twitch.tv/helix"), "/")
	p := &Provider{cfg: cfg, client: wire.NewClient(Name, cfg.HTTPClient, cfg.Timeout), clock: clock}
	p.GothProvider = wire.NewGothProvider(Name, p, Scopes())
	return p
}

// BeginAuth returns the session that leads to Twitch's consent page, which is shown even
// to people who have consented before. The caller creates and checks the state.
func (p *Provider) BeginAuth(state string) (goth.Session, error) {
	q := url.Values{
		"client_id": {p.cfg.ClientID}, "response_type": {"code"}, "scope": {strings.Join(Scopes(), " ")},
		"redirect_uri": {p.cfg.CallbackURL}, "state": {state}, "force_verify": {"true"},
	}
	return &Session{AuthURL: p.cfg.AuthURL + "?" + q.Encode()}, nil
}

// tokenAnswer is the response of the OAuth endpoints; a failure is a status and a
// message.
type tokenAnswer struct {
	wire.TokenAnswer
	Message string `json:"message"`
}

// refusedError is a failure of an OAuth endpoint; there are no codes, so the message
// decides whether the app or the code was refused.
func (p *Provider) refusedError(what string, status int, a tokenAnswer) error {
	words, kind := strings.ToLower(a.Message), creators.ErrPlatformBusy
	switch {
	case status == http.StatusNotFound, status == http.StatusForbidden, strings.Contains(words, "client"), strings.Contains(words, "redirect"):
		kind = creators.ErrPlatformSetup
	case status == http.StatusBadRequest || status == http.StatusUnauthorized:
		kind = creators.ErrReconnect
	}
	return p.client.RefusedError(what, wire.PlatformFailure{Code: a.Error, Message: a.Message, Status: status}, kind)
}

// ExchangeCode exchanges a callback's code for a token.
func (p *Provider) ExchangeCode(ctx context.Context, code, _ string) (string, creators.PlatformToken, error) {
	t, err := p.requestToken(ctx, url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {p.cfg.CallbackURL}})
	return "", t, err
}

// Refresh exchanges a token for a new one; the refresh token may change too.
func (p *Provider) Refresh(ctx context.Context, old creators.PlatformToken) (creators.PlatformToken, error) {
	t, err := p.requestToken(ctx, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {old.Refresh}})
	if err != nil {
		return creators.PlatformToken{}, err
	}
	return wire.MergeRefreshedToken(old, t), nil
}

func (p *Provider) requestToken(ctx context.Context, form url.Values) (creators.PlatformToken, error) {
	form.Set("client_id", p.cfg.ClientID)
	form.Set("client_secret", p.cfg.ClientSecret)
	var a tokenAnswer
	status, err := p.client.PostForm(ctx, "token", p.cfg.TokenURL, form, &a)
	switch {
	case err != nil:
		return creators.PlatformToken{}, err
	case status == http.StatusOK && a.AccessToken != "":
		return a.ToToken(p.clock()), nil
	case a.Message != "" || a.Error != "":
		return creators.PlatformToken{}, p.refusedError("token", status, a)
	}
	return creators.PlatformToken{}, p.client.IncompleteError("token", status)
}

// Revoke ends an access token at Twitch.
func (p *Provider) Revoke(ctx context.Context, token creators.PlatformToken) error {
	var a tokenAnswer
	status, err := p.client.PostForm(ctx, "revoke", p.cfg.RevokeURL, url.Values{"client_id": {p.cfg.ClientID}, "token": {token.Access}}, &a)
	if err != nil || status == http.StatusOK {
		return err
	}
	if err = p.refusedError("revoke", status, a); errors.Is(err, creators.ErrReconnect) {
		return nil // it was already invalid
	}
	return err
}

// Validate asks whether a token is still valid. Twitch requires this every hour for every
// stored session.
func (p *Provider) Validate(ctx context.Context, token creators.PlatformToken) error {
	var a struct {
		ClientID string `json:"client_id"`
		UserID   string `json:"user_id"`
		Message  string `json:"message"`
	}
	status, err := p.client.GetJSON(ctx, "validate", p.cfg.ValidateURL, nil, http.Header{"Authorization": {"OAuth " + token.Access}}, &a)
	switch {
	case err != nil:
		return err
	case status == http.StatusUnauthorized, status == http.StatusOK && a.ClientID != "" && a.ClientID != p.cfg.ClientID:
		return p.client.RefusedError("validate", wire.PlatformFailure{Message: a.Message, Status: status}, creators.ErrReconnect)
	case status != http.StatusOK || a.UserID == "" || a.ClientID == "":
		return p.client.IncompleteError("validate", status)
	}
	return nil
}

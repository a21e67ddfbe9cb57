package instagram

import (
	"cmp"
	"context"
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
const Name = platform.Instagram

// The permissions that are requested; both are needed.
const (
	ScopeBasic    = "instagram_business_basic"           // the account and its posts
	ScopeInsights = "instagram_business_manage_insights" // views, shares, audience
)

// Scopes are the requested permissions, in this order.
func Scopes() []string { return []string{ScopeBasic, ScopeInsights} }

// Config is the app as registered with Meta, and Instagram's URLs.
type Config struct {
	ClientID, ClientSecret string        // of the Instagram app, not of the Meta app around it
	CallbackURL            string        // exactly as registered
	AuthURL                string        // default https://www.instagram.com/oauth/authorize
	TokenURL               string        // for codes; default https://api.instagram.com/oauth/access_token
	APIURL                 string        // for everything else; default https://graph.instagram.com
	ThumbnailOrigin        string        // of what stands in for Instagram's hosts of pictures; "" for nothing
	HTTPClient             *http.Client  // its transport is used; redirects are never followed
	Timeout                time.Duration // of a call, and of a whole Read; default 10 s
}

// Provider is Instagram as a goth.Provider and a creators.Platform.
type Provider struct {
	wire.GothProvider
	cfg        Config
	client     wire.Client
	thumbnails wire.PictureSource
	clock      models.Clock
}

// Session is one sign-in with Instagram.
type Session = wire.Session

// MissingScopes are the permissions that the creator left out.
type MissingScopes = wire.MissingScopes

var (
	_ goth.Provider            = (*Provider)(nil)
	_ creators.PlatformAPI     = (*Provider)(nil)
	_ creators.ThumbnailReader = (*Provider)(nil)
)

// New returns the provider for the app in cfg.
func New(cfg Config, clock models.Clock) *Provider {
	cfg.AuthURL = cmp.Or(cfg.AuthURL, "https://www.instagram.com/oauth/authorize")
	cfg.TokenURL = cmp.Or(cfg.TokenURL, "https://api.instagram.com/oauth/access_token")
	cfg.APIURL = strings.TrimSuffix(cmp.Or(cfg.APIURL, "https://graph.instagram.com"), "/")
	p := &Provider{
		cfg: cfg, client: wire.NewClient(Name, cfg.HTTPClient, cfg.Timeout), clock: clock,
		thumbnails: wire.NewPictureSource(cfg.ThumbnailOrigin, cfg.Timeout, "*.cdninstagram.com", "*.fbcdn.net"),
	}
	p.GothProvider = wire.NewGothProvider(Name, p, Scopes())
	return p
}

// BeginAuth returns the session that leads to Instagram's consent page. The caller
// creates and checks the state.
func (p *Provider) BeginAuth(state string) (goth.Session, error) {
	q := url.Values{
		"client_id": {p.cfg.ClientID}, "response_type": {"code"}, "scope": {strings.Join(Scopes(), ",")},
		"redirect_uri": {p.cfg.CallbackURL}, "state": {state},
	}
	return &Session{AuthURL: p.cfg.AuthURL + "?" + q.Encode()}, nil
}

// ExchangeCode exchanges a callback's code first for a token for an hour, then that one
// for a token for sixty days.
func (p *Provider) ExchangeCode(ctx context.Context, code, _ string) (string, creators.PlatformToken, error) {
	form := url.Values{
		"client_id": {p.cfg.ClientID}, "client_secret": {p.cfg.ClientSecret}, "grant_type": {"authorization_code"},
		"redirect_uri": {p.cfg.CallbackURL}, "code": {strings.TrimSuffix(code, "#_")}, // Instagram's addition
	}
	var a singleOrList[shortTokenAnswer]
	status, err := p.client.PostForm(ctx, "code", p.cfg.TokenURL, form, &a)
	short := a.Value
	switch {
	case err != nil:
		return "", creators.PlatformToken{}, err
	case short.ErrorMessage != "" || short.ErrorType != "" || short.Error.Code != 0 || short.Error.Message != "":
		return "", creators.PlatformToken{}, p.client.RefusedError("code", short.toPlatformFailure(status), short.errorKind(status))
	case status != http.StatusOK || short.AccessToken == "" || short.UserID == "":
		return "", creators.PlatformToken{}, p.client.IncompleteError("code", status)
	}
	t, err := p.requestLongToken(ctx, "/access_token", url.Values{
		"grant_type": {"ig_exchange_token"}, "client_secret": {p.cfg.ClientSecret}, "access_token": {short.AccessToken},
	})
	t.Scopes = short.Permissions
	return string(short.UserID), t, err
}

// Refresh extends a token by sixty days. It works from one day after the token was issued
// until it expires. There is no separate refresh token: the token serves as one.
func (p *Provider) Refresh(ctx context.Context, old creators.PlatformToken) (creators.PlatformToken, error) {
	t, err := p.requestLongToken(ctx, "/refresh_access_token", url.Values{
		"grant_type": {"ig_refresh_token"}, "access_token": {cmp.Or(old.Refresh, old.Access)},
	})
	if err != nil {
		return creators.PlatformToken{}, err
	}
	return wire.MergeRefreshedToken(old, t), nil
}

func (p *Provider) requestLongToken(ctx context.Context, path string, q url.Values) (creators.PlatformToken, error) {
	var a struct {
		AccessToken string     `json:"access_token"`
		ExpiresIn   wire.Count `json:"expires_in"` // seconds
	}
	if err := p.callAPI(ctx, path, q, &a); err != nil {
		return creators.PlatformToken{}, err
	}
	if a.AccessToken == "" {
		return creators.PlatformToken{}, p.client.IncompleteError(path, http.StatusOK)
	}
	end := p.clock().Add(a.ExpiresIn.Seconds())
	return creators.PlatformToken{Access: a.AccessToken, Refresh: a.AccessToken, ExpiresAt: end, RefreshExpiresAt: end}, nil
}

// Revoke does nothing: Instagram has no endpoint that revokes a token. A forgotten token
// expires within sixty days, and the creator withdraws the consent in Instagram's
// settings.
func (p *Provider) Revoke(context.Context, creators.PlatformToken) error { return nil }

package youtube

import (
	"cmp"
	"context"
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
const Name = platform.YouTube

// The permissions that are requested. Without the second one there is no audience, and
// everything else works.
const (
	ScopeChannel   = "https://www.googleapis.com/auth/youtube.readonly"      // the channel and its videos
	ScopeAnalytics = "https://www.googleapis.com/auth/yt-analytics.readonly" // its audience
)

// Scopes are the requested permissions, in this order.
func Scopes() []string { return []string{ScopeChannel, ScopeAnalytics} }

// Config is the app as registered with Google, and Google's URLs.
type Config struct {
	ClientID, ClientSecret string
	CallbackURL            string        // exactly as registered
	AuthURL                string        // default https://accounts.google.com/o/oauth2/v2/auth
	TokenURL               string        // default https://oauth2.googleapis.com/token
	RevokeURL              string        // default https://oauth2.googleapis.com/revoke
	APIURL                 string        // default https://youtube.googleapis.com
	AnalyticsURL           string        // default https://youtubeanalytics.googleapis.com
	ThumbnailOrigin        string        // of what stands in for https://i.ytimg.com; "" for nothing
	HTTPClient             *http.Client  // its transport is used; redirects are never followed
	Timeout                time.Duration // of a call, and of a whole Read; default 10 s
}

// Provider is YouTube as a goth.Provider and a creators.Platform.
type Provider struct {
	wire.GothProvider
	cfg        Config
	client     wire.Client
	thumbnails wire.PictureSource
	clock      models.Clock
}

// Session is one sign-in with YouTube.
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
	cfg.AuthURL = cmp.Or(cfg.AuthURL, "https://accounts.google.com/o/oauth2/v2/auth")
	cfg.TokenURL = cmp.Or(cfg.TokenURL, "https://oauth2.googleapis.com/token")
	cfg.RevokeURL = cmp.Or(cfg.RevokeURL, "https://oauth2.googleapis.com/revoke")
	cfg.APIURL = strings.TrimSuffix(cmp.Or(cfg.APIURL, "https://youtube.googleapis.com"), "/")
	cfg.AnalyticsURL = strings.TrimSuffix(cmp.Or(cfg.AnalyticsURL, "https://youtubeanalytics.googleapis.com"), "/")
	p := &Provider{
		cfg: cfg, client: wire.NewClient(Name, cfg.HTTPClient, cfg.Timeout), clock: clock,
		thumbnails: wire.NewPictureSource(cfg.ThumbnailOrigin, cfg.Timeout, "i.ytimg.com"),
	}
	p.GothProvider = wire.NewGothProvider(Name, p, []string{ScopeChannel})
	return p
}

// BeginAuth returns the session that leads to Google's consent page. The caller creates
// and checks the state.
func (p *Provider) BeginAuth(state string) (goth.Session, error) {
	s := &Session{Verifier: oauth2.GenerateVerifier()}
	q := url.Values{
		"client_id": {p.cfg.ClientID}, "response_type": {"code"}, "scope": {strings.Join(Scopes(), " ")},
		"redirect_uri": {p.cfg.CallbackURL}, "state": {state}, "include_granted_scopes": {"true"},
		// Google issues a refresh token only for offline access and only with the first
		// consent, so consent is requested every time.
		"access_type": {"offline"}, "prompt": {"consent"},
		"code_challenge": {oauth2.S256ChallengeFromVerifier(s.Verifier)}, "code_challenge_method": {"S256"},
	}
	s.AuthURL = p.cfg.AuthURL + "?" + q.Encode()
	return s, nil
}

// ExchangeCode exchanges a callback's code for a token.
func (p *Provider) ExchangeCode(ctx context.Context, code, verifier string) (string, creators.PlatformToken, error) {
	t, err := p.requestToken(ctx, url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {p.cfg.CallbackURL}, "code_verifier": {verifier},
	})
	return "", t, err
}

// Refresh returns a new access token. The refresh token stays the same unless the
// response has another.
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
	var a wire.TokenAnswer
	status, err := p.client.PostForm(ctx, "token", p.cfg.TokenURL, form, &a)
	switch {
	case err != nil:
		return creators.PlatformToken{}, err
	case a.Error != "":
		return creators.PlatformToken{}, p.client.RefusedError("token", a.ToPlatformFailure(status), wire.OAuthErrorKind(a.Error))
	case status != http.StatusOK || a.AccessToken == "":
		return creators.PlatformToken{}, p.client.IncompleteError("token", status)
	}
	return a.ToToken(p.clock()), nil
}

// Revoke ends the creator's consent at Google: revoking the refresh token revokes every
// access token issued from it.
func (p *Provider) Revoke(ctx context.Context, token creators.PlatformToken) error {
	var a wire.TokenAnswer
	status, err := p.client.PostForm(ctx, "revoke", p.cfg.RevokeURL, url.Values{"token": {cmp.Or(token.Refresh, token.Access)}}, &a)
	switch failure := wire.OAuthErrorKind(a.Error); {
	case err != nil:
		return err
	case a.Error != "" && !errors.Is(failure, creators.ErrReconnect):
		return p.client.RefusedError("revoke", a.ToPlatformFailure(status), failure)
	case a.Error == "" && status != http.StatusOK:
		return p.client.IncompleteError("revoke", status)
	}
	return nil
}

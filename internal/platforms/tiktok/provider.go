package tiktok

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/markbates/goth"
	"golang.org/x/oauth2"

	"tribemarket/models"
	"tribemarket/models/creators"
)

// Name is the platform's name in addresses, in the database and in goth.
const Name = "tiktok"

// The permissions that are asked for; a creator can leave some out.
const (
	ScopeBasic   = "user.info.basic"   // open id, name, picture
	ScopeProfile = "user.info.profile" // handle, bio, verification
	ScopeStats   = "user.info.stats"   // followers, likes, number of videos
	ScopeVideos  = "video.list"        // public videos with their figures
)

// Scopes are the permissions that are asked for, in this order.
func Scopes() []string { return []string{ScopeBasic, ScopeProfile, ScopeStats, ScopeVideos} }

// Config is the app as it is registered with TikTok, and where TikTok is.
type Config struct {
	ClientKey, ClientSecret string
	CallbackURL             string        // exactly as registered: absolute, without query
	AuthURL                 string        // default https://www.tiktok.com/v2/auth/authorize/
	TokenURL                string        // default https://open.tiktokapis.com/v2/oauth/token/
	RevokeURL               string        // default: beside the TokenURL
	APIURL                  string        // default https://open.tiktokapis.com
	HTTPClient              *http.Client  // its transport is used; redirects are never followed
	Timeout                 time.Duration // of a call, and of a whole Read; default 10 s
	PKCE                    bool          // TikTok has it for desktop and mobile apps; off for the web
}

// Provider is TikTok as a goth.Provider and a creators.Platform.
type Provider struct {
	cfg   Config
	clock models.Clock
	name  string
}

var (
	_ goth.Provider     = (*Provider)(nil)
	_ creators.Platform = (*Provider)(nil)
)

// New is TikTok for the app in cfg.
func New(cfg Config, clock models.Clock) *Provider {
	cfg.AuthURL = cmp.Or(cfg.AuthURL, "https://www.tiktok.com/v2/auth/authorize/")
	cfg.TokenURL = cmp.Or(cfg.TokenURL, "https://open.tiktokapis.com/v2/oauth/token/")
	cfg.RevokeURL = cmp.Or(cfg.RevokeURL, strings.Replace(cfg.TokenURL, "/oauth/token/", "/oauth/revoke/", 1))
	cfg.APIURL = strings.TrimSuffix(cmp.Or(cfg.APIURL, "https://open.tiktokapis.com"), "/")
	cfg.Timeout = cmp.Or(cfg.Timeout, 10*time.Second)
	client := http.Client{}
	if cfg.HTTPClient != nil {
		client = *cfg.HTTPClient
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	cfg.HTTPClient = &client
	return &Provider{cfg: cfg, clock: clock, name: Name}
}

// Name is the provider's name in goth.
func (p *Provider) Name() string { return p.name }

// SetName changes the provider's name in goth.
func (p *Provider) SetName(name string) { p.name = name }

// Debug does nothing; goth asks for it.
func (p *Provider) Debug(bool) {}

// BeginAuth is the way to TikTok's consent page. The state is the caller's to
// make and to check.
func (p *Provider) BeginAuth(state string) (goth.Session, error) {
	// TikTok says client_key, and separates scopes by commas.
	q := url.Values{
		"client_key": {p.cfg.ClientKey}, "response_type": {"code"}, "scope": {strings.Join(Scopes(), ",")},
		"redirect_uri": {p.cfg.CallbackURL}, "state": {state},
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

// UnmarshalSession reads what Session.Marshal wrote.
func (p *Provider) UnmarshalSession(data string) (goth.Session, error) {
	s := &Session{}
	err := json.Unmarshal([]byte(data), s)
	return s, err
}

// FetchUser reads who has signed in; TikTok gives no e-mail address. A handle
// is there only if its scope was granted.
func (p *Provider) FetchUser(session goth.Session) (goth.User, error) {
	s, ok := session.(*Session)
	if !ok || s.Granted.Access == "" {
		return goth.User{Provider: p.name}, errors.New("tiktok: a session without a token")
	}
	u := goth.User{
		Provider: p.name, UserID: s.OpenID, AccessToken: s.Granted.Access,
		RefreshToken: s.Granted.Refresh, ExpiresAt: s.Granted.ExpiresAt,
	}
	ctx, cancel := context.WithTimeout(context.Background(), p.cfg.Timeout)
	defer cancel()
	info, err := p.userInfo(ctx, s.Granted)
	if err != nil {
		return u, err
	}
	if info.OpenID != s.OpenID {
		return u, garbled("user info", errors.New("the token is of another account"))
	}
	u.Name, u.NickName, u.AvatarURL, u.Description = clean(info.DisplayName), clean(info.Username), httpsOnly(info.AvatarURL), clean(info.Bio)
	return u, nil
}

// RefreshTokenAvailable says that TikTok has refresh tokens.
func (p *Provider) RefreshTokenAvailable() bool { return true }

// RefreshToken is Refresh in goth's words; scopes and the refresh token's own
// end get lost in them.
func (p *Provider) RefreshToken(refresh string) (*oauth2.Token, error) {
	t, err := p.Refresh(context.Background(), creators.Token{Refresh: refresh})
	if err != nil {
		return nil, err
	}
	return &oauth2.Token{AccessToken: t.Access, RefreshToken: t.Refresh, TokenType: "Bearer", Expiry: t.ExpiresAt}, nil
}

// Refresh gives a new token for an old one. The old refresh token dies with
// it, so the caller has to let only one try at a time and save the new token
// before anything else.
func (p *Provider) Refresh(ctx context.Context, old creators.Token) (creators.Token, error) {
	answer, err := p.token(ctx, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {old.Refresh}})
	if err != nil {
		return creators.Token{}, err
	}
	return answer.token(p.clock()), nil
}

// Revoke ends the creator's consent at TikTok.
func (p *Provider) Revoke(ctx context.Context, token creators.Token) error {
	ctx, cancel := context.WithTimeout(ctx, p.cfg.Timeout)
	defer cancel()
	form := url.Values{"client_key": {p.cfg.ClientKey}, "client_secret": {p.cfg.ClientSecret}, "token": {token.Access}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.cfg.RevokeURL, strings.NewReader(form.Encode()))
	if err != nil {
		return fmt.Errorf("tiktok revoke: %w: %w", creators.ErrSetup, err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	var a tokenAnswer
	status, err := p.call(req, "revoke", &a)
	switch {
	case err != nil:
		return err
	case a.Error != "" && !errors.Is(oauthFailure(a.Error), creators.ErrReconnect):
		return fmt.Errorf("tiktok revoke: %.60q (log %.60q, status %d): %w", a.Error, a.LogID, status, oauthFailure(a.Error))
	}
	return nil
}

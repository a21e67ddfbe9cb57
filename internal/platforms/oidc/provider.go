package oidc

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	gooidc "github.com/coreos/go-oidc/v3/oidc"
	"github.com/markbates/goth"
	"golang.org/x/oauth2"

	"tribemarket/models"
	"tribemarket/models/creators"
)

// Name is the provider's name in URLs, in the database and in goth.
const Name = "oidc"

// maxBodyBytes is far more than any legitimate response needs.
const maxBodyBytes = 1 << 20

// signatureAlgorithms are the accepted signature algorithms: only asymmetric ones,
// whatever the provider's metadata says.
var signatureAlgorithms = []string{gooidc.RS256, gooidc.RS384, gooidc.RS512, gooidc.PS256, gooidc.PS384, gooidc.PS512, gooidc.ES256, gooidc.ES384, gooidc.ES512, gooidc.EdDSA}

// Config is this instance as registered with the provider.
type Config struct {
	Issuer                 string // exactly as in the provider's metadata
	ClientID, ClientSecret string
	CallbackURL            string
	Label                  string            // the provider's name on buttons; its host if empty
	Transport              http.RoundTripper // default http.DefaultTransport
	Timeout                time.Duration     // of one step with all its calls; default 4 s
}

// Provider is the OpenID Connect provider as a goth.Provider. Its errors wrap those of
// creators' platforms: ErrReconnect, ErrIdentityRefused, ErrPlatformBusy and ErrPlatformSetup.
type Provider struct {
	cfg    Config
	clock  models.Clock
	name   string
	client *http.Client

	mu    sync.Mutex
	found *providerMetadata
}

var _ goth.Provider = (*Provider)(nil)

// providerMetadata is the result of discovery.
type providerMetadata struct {
	*gooidc.Provider
	oauth       *oauth2.Config
	verifier    *gooidc.IDTokenVerifier
	sendsIssuer bool // callbacks name the issuer (RFC 9207)
}

// New returns the provider of cfg. It makes no request yet.
func New(cfg Config, clock models.Clock) *Provider {
	cfg.Timeout = cmp.Or(cfg.Timeout, 4*time.Second)
	if u, err := url.Parse(cfg.Issuer); err == nil {
		cfg.Label = cmp.Or(cfg.Label, u.Host)
	}
	if cfg.Transport == nil {
		cfg.Transport = http.DefaultTransport
	}
	client := &http.Client{
		Transport:     limitedTransport{cfg.Transport},
		Timeout:       cfg.Timeout, // the key set makes requests with a context of its own
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return &Provider{cfg: cfg, clock: clock, name: Name, client: client}
}

// limitedTransport cuts off responses that are longer than maxBodyBytes.
type limitedTransport struct{ http.RoundTripper }

// RoundTrip is that of http.RoundTripper.
func (l limitedTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := l.RoundTripper.RoundTrip(r)
	if err == nil {
		res.Body = http.MaxBytesReader(nil, res.Body, maxBodyBytes)
	}
	return res, err
}

// Name is the provider's name in goth.
func (p *Provider) Name() string { return p.name }

// SetName changes the provider's name in goth.
func (p *Provider) SetName(name string) { p.name = name }

// Label is the provider's name for people.
func (p *Provider) Label() string { return p.cfg.Label }

// Debug does nothing; goth requires it.
func (p *Provider) Debug(bool) {}

// Origins are the schemes and hosts that a sign-in leads to, as far as they are known:
// the issuer's, and after discovery that of the sign-in page.
func (p *Provider) Origins() []string {
	all := []string{originOf(p.cfg.Issuer)}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found != nil {
		if o := originOf(p.found.oauth.Endpoint.AuthURL); o != all[0] {
			all = append(all, o)
		}
	}
	return all
}

func originOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// Discover reads the provider's metadata; after it has succeeded, never again.
func (p *Provider) Discover(ctx context.Context) error {
	_, err := p.discover(ctx)
	return err
}

func (p *Provider) discover(ctx context.Context) (*providerMetadata, error) {
	p.mu.Lock()
	found := p.found
	p.mu.Unlock()
	if found != nil {
		return found, nil
	}
	got, err := gooidc.NewProvider(gooidc.ClientContext(ctx, p.client), p.cfg.Issuer)
	if err != nil {
		return nil, busyError("discovery", err)
	}
	var said struct {
		Methods  []string `json:"token_endpoint_auth_methods_supported"`
		TellsIss bool     `json:"authorization_response_iss_parameter_supported"`
	}
	if err := got.Claims(&said); err != nil {
		return nil, busyError("discovery", err)
	}
	end := got.Endpoint()
	for _, address := range []string{end.AuthURL, end.TokenURL} {
		if u, err := url.Parse(address); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" ||
			u.Scheme == "http" && originOf(address) != originOf(p.cfg.Issuer) {
			return nil, fmt.Errorf("oidc discovery: endpoint %.200q: %w", address, creators.ErrPlatformSetup)
		}
	}
	// Set explicitly: otherwise the library would try twice with a code that works only
	// once.
	end.AuthStyle = oauth2.AuthStyleInHeader
	if len(said.Methods) > 0 && !slices.Contains(said.Methods, "client_secret_basic") {
		end.AuthStyle = oauth2.AuthStyleInParams
	}
	found = &providerMetadata{
		Provider: got,
		oauth: &oauth2.Config{
			ClientID: p.cfg.ClientID, ClientSecret: p.cfg.ClientSecret, RedirectURL: p.cfg.CallbackURL,
			Endpoint: end, Scopes: []string{gooidc.ScopeOpenID, "email", "profile"},
		},
		verifier:    got.Verifier(&gooidc.Config{ClientID: p.cfg.ClientID, SupportedSigningAlgs: signatureAlgorithms, Now: p.clock}),
		sendsIssuer: said.TellsIss,
	}
	p.mu.Lock() // not held during the request: a slow provider would block everybody
	defer p.mu.Unlock()
	p.found = found
	return found, nil
}

// stepContext returns a context for one step of a sign-in.
func (p *Provider) stepContext() (context.Context, context.CancelFunc) {
	return context.WithTimeout(gooidc.ClientContext(context.Background(), p.client), p.cfg.Timeout)
}

// BeginAuth returns the session that leads to the provider's sign-in page. The caller
// creates and checks the state; the session holds the verifier and the nonce.
func (p *Provider) BeginAuth(state string) (goth.Session, error) {
	ctx, cancel := p.stepContext()
	defer cancel()
	m, err := p.discover(ctx)
	if err != nil {
		return nil, err
	}
	s := &Session{Verifier: oauth2.GenerateVerifier(), Nonce: models.NewSecret()}
	s.AuthURL = m.oauth.AuthCodeURL(state, gooidc.Nonce(s.Nonce), oauth2.S256ChallengeOption(s.Verifier))
	return s, nil
}

// UnmarshalSession reads what Session.Marshal wrote.
func (p *Provider) UnmarshalSession(data string) (goth.Session, error) {
	s := &Session{}
	err := json.Unmarshal([]byte(data), s)
	return s, err
}

// FetchUser returns the person who has signed in. UserID is issuer and subject, which
// alone are the identity; Email is set only if the provider has verified it. What the ID
// token leaves out is read from the provider's user info.
func (p *Provider) FetchUser(session goth.Session) (goth.User, error) {
	s, ok := session.(*Session)
	if !ok || s.Subject == "" {
		return goth.User{Provider: p.name}, errors.New("oidc: a session that was never authorized")
	}
	who := s.person
	if who.Email == "" && s.access != nil {
		ctx, cancel := p.stepContext()
		defer cancel()
		more, err := p.userInfo(ctx, s)
		if err != nil {
			return goth.User{Provider: p.name}, err
		}
		who = more
	}
	u := goth.User{Provider: p.name, UserID: s.UserID(), Name: who.Name}
	if who.Verified {
		u.Email = who.Email
	}
	return u, nil
}

func (p *Provider) userInfo(ctx context.Context, s *Session) (personClaims, error) {
	m, err := p.discover(ctx)
	if err != nil || m.UserInfoEndpoint() == "" {
		return s.person, err
	}
	info, err := m.UserInfo(ctx, oauth2.StaticTokenSource(s.access))
	if err != nil {
		return s.person, busyError("user info", err)
	}
	if info.Subject != s.Subject {
		return s.person, fmt.Errorf("oidc user info: of somebody else: %w", creators.ErrIdentityRefused)
	}
	var who personClaims
	if err := info.Claims(&who); err != nil {
		return s.person, busyError("user info", err)
	}
	return who, nil
}

// RefreshTokenAvailable is false: no tokens are kept.
func (p *Provider) RefreshTokenAvailable() bool { return false }

// RefreshToken fails: nothing is done on people's behalf after they have signed in.
func (p *Provider) RefreshToken(string) (*oauth2.Token, error) {
	return nil, errors.New("oidc: no tokens are kept")
}

// busyError is a response that did not arrive, or that cannot be read.
func busyError(what string, cause error) error {
	return fmt.Errorf("oidc %s: %w: %w", what, creators.ErrPlatformBusy, cause)
}

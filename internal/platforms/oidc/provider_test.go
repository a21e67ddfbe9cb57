package oidc_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/markbates/goth"

	"tribemarket/internal/platforms/oidc"
	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/issuer"
	"tribemarket/models/creators"
)

const callback = "https://market.example/auth/oidc/callback"

func world(t *testing.T) (*issuer.Issuer, *oidc.Provider) {
	t.Helper()
	clock := testkit.NewClock()
	i := issuer.New(t, clock.Now, issuer.Person{Sub: "u1", Email: "ann@brand.example", Verified: true, Name: "Ann"})
	return i, oidc.New(oidc.Config{
		Issuer: i.URL, ClientID: issuer.ClientID, ClientSecret: issuer.ClientSecret, CallbackURL: callback, Timeout: 500 * time.Millisecond,
	}, clock.Now)
}

// visit signs in at the issuer and gives the callback's query.
func visit(t *testing.T, s goth.Session, sub string) url.Values {
	t.Helper()
	address, err := s.GetAuthURL()
	if err != nil {
		t.Fatal(err)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.PostForm(address, url.Values{"sub": {sub}})
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, res.Body)
	back, err := url.Parse(res.Header.Get("Location"))
	if err != nil || !strings.HasPrefix(back.String(), callback+"?") {
		t.Fatalf("led to %q", res.Header.Get("Location"))
	}
	return back.Query()
}

// signIn goes all the way, the session through our own store and back.
func signIn(t *testing.T, p *oidc.Provider, sub string) (goth.User, error) {
	t.Helper()
	begun, err := p.BeginAuth("state")
	if err != nil {
		t.Fatal(err)
	}
	answer := visit(t, begun, sub)
	s, err := p.UnmarshalSession(begun.Marshal())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Authorize(p, answer); err != nil {
		return goth.User{}, err
	}
	return p.FetchUser(s)
}

func TestSomebodySignsIn(t *testing.T) {
	t.Parallel()
	i, p := world(t)
	begun, err := p.BeginAuth("the state")
	if err != nil {
		t.Fatal(err)
	}
	address, _ := begun.GetAuthURL()
	u, _ := url.Parse(address)
	q := u.Query()
	if q.Get("state") != "the state" || q.Get("response_type") != "code" || q.Get("redirect_uri") != callback || q.Get("code_challenge_method") != "S256" ||
		len(q.Get("code_challenge")) != 43 || len(q.Get("nonce")) < 40 || q.Get("scope") != "openid email profile" {
		t.Errorf("asks %v", q)
	}
	for _, userInfoOnly := range []bool{false, true} {
		i.UserInfoOnly = userInfoOnly
		user, err := signIn(t, p, "u1")
		if err != nil || user.UserID != i.URL+" u1" || user.Email != "ann@brand.example" || user.Name != "Ann" {
			t.Errorf("user info only %v: %+v %v", userInfoOnly, user, err)
		}
	}
	i.PutPerson(issuer.Person{Sub: "u1", Email: "ann@brand.example", Name: "Ann"})
	for _, userInfoOnly := range []bool{false, true} {
		i.UserInfoOnly = userInfoOnly
		if user, err := signIn(t, p, "u1"); err != nil || user.Email != "" {
			t.Errorf("an address that nobody verified counts: %+v %v", user, err)
		}
	}
	if got := p.Origins(); len(got) != 1 || got[0] != i.URL {
		t.Errorf("leads to %v", got)
	}
}

func TestATokenThatIsNotRightIsRefused(t *testing.T) {
	t.Parallel()
	other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	now := testkit.ClockStart
	claim := func(name string, value any) func(*issuer.Issuer) {
		return func(i *issuer.Issuer) { i.Claims = func(c map[string]any) { c[name] = value } }
	}
	token := func(signed func(map[string]any) string) func(*issuer.Issuer) {
		return func(i *issuer.Issuer) { i.Token = signed }
	}
	for name, twist := range map[string]func(*issuer.Issuer){
		"another nonce":                      claim("nonce", "replayed"),
		"no nonce":                           func(i *issuer.Issuer) { i.Claims = func(c map[string]any) { delete(c, "nonce") } },
		"another audience":                   claim("aud", "somebody else"),
		"two audiences, no authorized party": claim("aud", []string{issuer.ClientID, "other"}),
		"another authorized party":           claim("azp", "other"),
		"another issuer":                     claim("iss", "https://evil.example"),
		"its end has passed":                 claim("exp", now.Add(-time.Second).Unix()),
		"not valid yet":                      claim("nbf", now.Add(time.Hour).Unix()),
		"no subject":                         claim("sub", ""),
		"a subject without end":              claim("sub", strings.Repeat("x", 256)),
		"a hash of another access token":     claim("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"),
		"no signature":                       token(issuer.UnsignedToken),
		"signed with the client's secret": token(func(c map[string]any) string {
			return issuer.SignTokenWith(jose.HS256, []byte(issuer.ClientSecret+strings.Repeat("\x00", 16)), c)
		}),
		"signed with another key": token(func(c map[string]any) string { return issuer.SignTokenWith(jose.ES256, other, c) }),
		"a changed payload": func(i *issuer.Issuer) {
			i.Token = func(c map[string]any) string {
				parts := strings.Split(i.SignToken(c), ".")
				c["sub"] = "admin"
				parts[1] = strings.Split(i.SignToken(c), ".")[1]
				return strings.Join(parts, ".")
			}
		},
		"no token":    token(func(map[string]any) string { return "" }),
		"not a token": token(func(map[string]any) string { return "a.b.c" }),
		"five parts":  token(func(map[string]any) string { return "a.b.c.d.e" }),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i, p := world(t)
			twist(i)
			if user, err := signIn(t, p, "u1"); !errors.Is(err, creators.ErrIdentityRefused) {
				t.Errorf("got %+v, %v", user, err)
			}
			i.Claims, i.Token = nil, nil
			if _, err := signIn(t, p, "u1"); err != nil {
				t.Errorf("honestly: %v", err)
			}
		})
	}
}

func TestACallbackOfAnotherSignInIsRefused(t *testing.T) {
	t.Parallel()
	_, p := world(t)
	begun, _ := p.BeginAuth("state")
	for name, twist := range map[string]func(q url.Values, s *oidc.Session){
		"no code":                        func(q url.Values, _ *oidc.Session) { q.Del("code") },
		"a code that was made up":        func(q url.Values, _ *oidc.Session) { q.Set("code", "x") },
		"the callback of another issuer": func(q url.Values, _ *oidc.Session) { q.Set("iss", "https://evil.example") },
		"an issuer that is missing":      func(q url.Values, _ *oidc.Session) { q.Del("iss") },
		"another verifier":               func(_ url.Values, s *oidc.Session) { s.Verifier = strings.Repeat("v", 43) },
		"no verifier":                    func(_ url.Values, s *oidc.Session) { s.Verifier = "" },
		"another nonce":                  func(_ url.Values, s *oidc.Session) { s.Nonce = "other" },
	} {
		q := visit(t, begun, "u1")
		s, _ := p.UnmarshalSession(begun.Marshal())
		twist(q, s.(*oidc.Session))
		if _, err := s.Authorize(p, q); !errors.Is(err, creators.ErrReconnect) && !errors.Is(err, creators.ErrIdentityRefused) {
			t.Errorf("%s got %v", name, err)
		}
	}
}

func TestAProviderThatDoesNotAnswerRightlyIsGivenUpSoon(t *testing.T) {
	t.Parallel()
	faults := map[string]func(w http.ResponseWriter, r *http.Request){
		"500": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) },
		"slow": func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // only then is it seen that the other side has gone
			<-r.Context().Done()
		},
		"nothing": func(http.ResponseWriter, *http.Request) {},
		"endless": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			for range 10 << 10 {
				if _, err := w.Write([]byte(strings.Repeat(" ", 1<<10))); err != nil {
					return
				}
			}
		},
		"a loop": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path, http.StatusTemporaryRedirect)
		},
	}
	for _, path := range []string{"/.well-known/openid-configuration", "/token", "/keys", "/me"} {
		for name, fault := range faults {
			t.Run(path+" "+name, func(t *testing.T) {
				t.Parallel()
				i, p := world(t)
				i.UserInfoOnly = true
				i.Answer = func(w http.ResponseWriter, r *http.Request) bool {
					if r.URL.Path == path {
						fault(w, r)
						return true
					}
					return false
				}
				began := time.Now()
				begun, err := p.BeginAuth("state")
				if err == nil {
					s, _ := p.UnmarshalSession(begun.Marshal())
					if _, err = s.Authorize(p, visit(t, begun, "u1")); err == nil {
						_, err = p.FetchUser(s)
					}
				}
				if !errors.Is(err, creators.ErrPlatformBusy) {
					t.Errorf("got %v", err)
				}
				if took := time.Since(began); took > 5*time.Second {
					t.Errorf("took %s", took)
				}
			})
		}
	}
}

func TestMetadataOfAnotherIssuerAreRefused(t *testing.T) {
	t.Parallel()
	i, _ := world(t)
	address := i.URL
	p := oidc.New(oidc.Config{Issuer: address + "/", ClientID: "x", ClientSecret: "y"}, testkit.NewClock().Now)
	if err := p.Discover(t.Context()); !errors.Is(err, creators.ErrPlatformBusy) {
		t.Errorf("got %v", err)
	}
}

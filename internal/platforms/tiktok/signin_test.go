package tiktok_test

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/markbates/goth/providers/faux"

	"tribemarket/internal/platforms/sandbox"
	"tribemarket/internal/platforms/tiktok"
	"tribemarket/models/creators"
)

func TestSignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.provider()
	session, query := w.consent(p, "penne.sandbox")
	if query.Get("state") != "state-of-the-handler" || query.Get("scopes") != strings.Join(tiktok.Scopes(), ",") {
		t.Errorf("the callback has %v", query)
	}
	if !strings.ContainsAny(query.Get("code"), "*") || !strings.ContainsAny(query.Get("code"), "!") {
		t.Errorf("the code %q lacks the signs that real ones have", query.Get("code"))
	}
	// Between the two requests the session rests in the server's store.
	session, err := p.UnmarshalSession(session.Marshal())
	if err != nil {
		t.Fatal(err)
	}
	access, err := session.Authorize(p, query)
	if err != nil {
		t.Fatal(err)
	}
	granted := session.(*tiktok.Session).Token()
	if granted.Access != access || !slices.Equal(granted.Scopes, tiktok.Scopes()) {
		t.Errorf("granted %#v", granted)
	}
	if now := w.clock.Now(); !granted.ExpiresAt.Equal(now.Add(2*time.Hour)) || !granted.RefreshExpiresAt.Equal(now.Add(180*24*time.Hour)) {
		t.Errorf("expires at %v and %v", granted.ExpiresAt, granted.RefreshExpiresAt)
	}
	user, err := p.FetchUser(session)
	if err != nil {
		t.Fatal(err)
	}
	if user.Provider != "tiktok" || user.UserID != "-000sandbox-001" || user.NickName != "penne.sandbox" || user.Name != "Penne Trial" || user.Email != "" {
		t.Errorf("user %q %q %q %q %q", user.Provider, user.UserID, user.NickName, user.Name, user.Email)
	}
	if user.AccessToken != granted.Access || user.RefreshToken != granted.Refresh || !user.ExpiresAt.Equal(granted.ExpiresAt) {
		t.Error("the user carries another token than the session")
	}
}

func TestAuthorizeAddress(t *testing.T) {
	t.Parallel()
	session, err := tiktok.New(tiktok.Config{ClientKey: "ck", CallbackURL: callback}, time.Now).BeginAuth("s&t")
	if err != nil {
		t.Fatal(err)
	}
	address, err := session.GetAuthURL()
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme+"://"+u.Host+u.Path != "https://www.tiktok.com/v2/auth/authorize/" {
		t.Fatal(address, err)
	}
	want := url.Values{
		"client_key": {"ck"}, "response_type": {"code"}, "redirect_uri": {callback}, "state": {"s&t"},
		"scope": {"user.info.basic,user.info.profile,user.info.stats,video.list"},
	}
	if got := u.Query(); got.Encode() != want.Encode() {
		t.Errorf("asks %v, want %v", got, want)
	}
	if _, err := (&tiktok.Session{}).GetAuthURL(); err == nil {
		t.Error("a session that was never begun has an address")
	}
}

func TestRefusedConsent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.provider()
	session, query := w.consent(p, "")
	if query.Get("error") != "access_denied" || query.Get("error_description") == "" || query.Get("state") != "state-of-the-handler" || query.Has("code") {
		t.Errorf("the callback has %v", query)
	}
	if _, err := session.Authorize(p, query); !errors.Is(err, creators.ErrReconnect) {
		t.Errorf("authorized without a code: %v", err)
	}
}

func TestLeftOutScopes(t *testing.T) {
	t.Parallel()
	for _, left := range [][]string{{tiktok.ScopeStats, tiktok.ScopeVideos}, {tiktok.ScopeProfile}, {tiktok.ScopeBasic}, tiktok.Scopes()} {
		w := newWorld(t)
		p := w.provider()
		session, query := w.consent(p, "penne.sandbox", left...)
		access, err := session.Authorize(p, query)
		var missing tiktok.MissingScopes
		if !errors.As(err, &missing) || !errors.Is(err, creators.ErrScope) || !slices.Equal(missing, left) {
			t.Errorf("without %v: %v", left, err)
		}
		s := session.(*tiktok.Session)
		if access == "" || s.Granted.Access != access || s.UserID != "-000sandbox-001" {
			t.Errorf("without %v the session was not authorized", left)
		}
		if slices.Contains(left, tiktok.ScopeBasic) {
			continue
		}
		user, err := p.FetchUser(session)
		if err != nil || user.UserID != "-000sandbox-001" || (user.NickName == "") != slices.Contains(left, tiktok.ScopeProfile) {
			t.Errorf("without %v the user is %q %q: %v", left, user.UserID, user.NickName, err)
		}
	}
}

func TestCodes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, c := range map[string]struct {
		spoil  func(url.Values)
		config func(*tiktok.Config)
		want   error
	}{
		"used":                  {spoil: func(q url.Values) { authorize(t, w, q) }, want: creators.ErrReconnect},
		"late":                  {spoil: func(url.Values) { w.clock.Forward(10 * time.Minute) }, want: creators.ErrReconnect},
		"invented":              {spoil: func(q url.Values) { q.Set("code", "x*y!z") }, want: creators.ErrReconnect},
		"decoded twice":         {spoil: func(q url.Values) { q.Set("code", url.QueryEscape(q.Get("code"))) }, want: creators.ErrReconnect},
		"of another callback":   {config: func(c *tiktok.Config) { c.CallbackURL += "/other" }, want: creators.ErrReconnect},
		"with the wrong secret": {config: func(c *tiktok.Config) { c.ClientSecret = "wrong" }, want: creators.ErrSetup},
		"of another app":        {config: func(c *tiktok.Config) { c.ClientKey = "wrong" }, want: creators.ErrSetup},
	} {
		session, query := w.consent(w.provider(), "penne.sandbox")
		if c.spoil != nil {
			c.spoil(query)
		}
		p := w.provider()
		if c.config != nil {
			p = w.provider(c.config)
		}
		_, err := session.Authorize(p, query)
		if !errors.Is(err, c.want) {
			t.Errorf("a code %s: %v, want %v", name, err, c.want)
			continue
		}
		for _, secret := range []string{"s3cret", query.Get("code")} {
			if strings.Contains(err.Error(), secret) {
				t.Errorf("a code %s: the error tells a secret: %v", name, err)
			}
		}
	}
}

func authorize(t *testing.T, w *world, query url.Values) {
	t.Helper()
	p := w.provider()
	session, err := p.BeginAuth("s")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := session.Authorize(p, query); err != nil {
		t.Fatal(err)
	}
}

func TestRefreshRotates(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.provider()
	first := w.signIn(p, "penne.sandbox").Token()
	w.clock.Forward(2 * time.Hour)
	if _, err := p.Read(t.Context(), first); !errors.Is(err, creators.ErrReconnect) {
		t.Errorf("an old access token reads: %v", err)
	}
	second, err := p.Refresh(t.Context(), first)
	if err != nil {
		t.Fatal(err)
	}
	if second.Access == first.Access || second.Refresh == first.Refresh || !slices.Equal(second.Scopes, first.Scopes) || !second.ExpiresAt.Equal(w.clock.Now().Add(2*time.Hour)) {
		t.Errorf("refreshed to %#v", second)
	}
	if _, err := p.Read(t.Context(), second); err != nil {
		t.Error(err)
	}
	if _, err := p.Refresh(t.Context(), first); !errors.Is(err, creators.ErrReconnect) {
		t.Errorf("a used refresh token works: %v", err)
	}
	if _, err := p.RefreshToken(first.Refresh); !errors.Is(err, creators.ErrReconnect) {
		t.Errorf("a used refresh token works through goth: %v", err)
	}
	third, err := p.RefreshToken(second.Refresh)
	if err != nil || third.AccessToken == "" || third.RefreshToken == second.Refresh {
		t.Errorf("goth's refresh: %v", err)
	}
	w.clock.Forward(180 * 24 * time.Hour)
	if _, err := p.RefreshToken(third.RefreshToken); !errors.Is(err, creators.ErrReconnect) {
		t.Errorf("an old refresh token works: %v", err)
	}
}

func TestRevokedConsent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.provider()
	token := w.signIn(p, "penne.sandbox").Token()
	res, err := http.PostForm(w.config.APIURL+"/v2/oauth/revoke/", url.Values{"client_key": {"ck"}, "client_secret": {"s3cret"}, "token": {token.Access}})
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatal(res.Status, err)
	}
	defer res.Body.Close()
	if _, err := p.Read(t.Context(), token); !errors.Is(err, creators.ErrReconnect) {
		t.Errorf("reads: %v", err)
	}
	if _, err := p.Refresh(t.Context(), token); !errors.Is(err, creators.ErrReconnect) {
		t.Errorf("refreshes: %v", err)
	}
}

func TestPKCE(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.provider(func(c *tiktok.Config) { c.PKCE = true })
	w.signIn(p, "penne.sandbox")
	session, query := w.consent(p, "penne.sandbox")
	session.(*tiktok.Session).Verifier = "another"
	if _, err := session.Authorize(p, query); !errors.Is(err, creators.ErrReconnect) {
		t.Errorf("another verifier: %v", err)
	}
	session, query = w.consent(p, "penne.sandbox")
	session.(*tiktok.Session).Verifier = ""
	if _, err := session.Authorize(p, query); !errors.Is(err, creators.ErrReconnect) {
		t.Errorf("no verifier: %v", err)
	}
}

func TestSessionsOfOthers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.provider()
	session, query := w.consent(p, "penne.sandbox")
	if _, err := session.Authorize(&faux.Provider{}, query); err == nil {
		t.Error("another provider authorized the session")
	}
	if _, err := p.FetchUser(&faux.Session{}); err == nil {
		t.Error("another provider's session has a user")
	}
	if _, err := p.FetchUser(session); err == nil {
		t.Error("a session without a token has a user")
	}
	if _, err := p.UnmarshalSession("{"); err == nil {
		t.Error("half a session was read")
	}
	s := w.signIn(p, "penne.sandbox")
	s.Granted = w.signIn(p, "chapter.sandbox").Granted
	if _, err := p.FetchUser(s); !errors.Is(err, creators.ErrBusy) {
		t.Errorf("a token of another account: %v", err)
	}
}

func TestErrorsAtStatus200(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *sandbox.Options) { o.OAuthErrorsAt200 = true })
	p := w.provider()
	session, query := w.consent(p, "penne.sandbox")
	query.Set("code", "invented")
	if access, err := session.Authorize(p, query); access != "" || !errors.Is(err, creators.ErrReconnect) {
		t.Errorf("%q, %v", access, err)
	}
}

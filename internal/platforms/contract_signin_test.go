package platforms_test

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/markbates/goth/providers/faux"

	"tribemarket/internal/platforms/sandbox"
	"tribemarket/internal/platforms/wire"
	"tribemarket/models/creators"
)

func isErr(err, want error) bool { return errors.Is(err, want) }

func TestContractSignIn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.provider()
		begun, query := w.consent(p, w.handle)
		if query.Get("state") != "state-of-the-handler" || !strings.Contains(query.Get("code"), "*") || !strings.Contains(query.Get("code"), "!") || query.Has("error") {
			t.Errorf("the callback has %v", query)
		}
		// Between the two requests the session rests in the server's store.
		session, err := p.OAuth.UnmarshalSession(begun.Marshal())
		if err != nil {
			t.Fatal(err)
		}
		access, err := session.Authorize(p.OAuth, query)
		if err != nil {
			t.Fatal(err)
		}
		granted, now, account := w.granted(session), w.clock.Now(), w.account(w.handle)
		if granted.Access != access || granted.Refresh == "" || len(granted.Scopes) != len(w.scopes) {
			t.Errorf("granted %#v", granted)
		}
		end := time.Time{}
		if w.refreshLife > 0 {
			end = now.Add(w.refreshLife)
		}
		if !granted.ExpiresAt.Equal(now.Add(w.accessLife)) || !granted.RefreshExpiresAt.Equal(end) {
			t.Errorf("expires at %v and %v", granted.ExpiresAt, granted.RefreshExpiresAt)
		}
		user, err := p.OAuth.FetchUser(session)
		if err != nil {
			t.Fatal(err)
		}
		if user.Provider != w.platform || user.UserID != account.OpenID || user.NickName != w.handle || user.Name != account.DisplayName || user.Email != "" {
			t.Errorf("user %q %q %q %q %q", user.Provider, user.UserID, user.NickName, user.Name, user.Email)
		}
		if user.AccessToken != granted.Access || user.RefreshToken != granted.Refresh || !user.ExpiresAt.Equal(granted.ExpiresAt) {
			t.Error("the user carries another token than the session")
		}
	})
}

func TestContractFlatInstagram(t *testing.T) {
	t.Parallel()
	w := newWorld(t, contracts[2], func(o *sandbox.Options) { o.FlatInstagramAnswers = true })
	session, token := w.signIn(w.provider(), w.handle)
	if session.UserID != w.account(w.handle).OpenID || !slices.Equal(token.Scopes, contracts[2].needed) {
		t.Errorf("user %q, scopes %q", session.UserID, token.Scopes)
	}
}

func TestContractDenied(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.provider()
		session, query := w.consent(p, "")
		if query.Get("error") != "access_denied" || query.Get("state") != "state-of-the-handler" || query.Has("code") {
			t.Errorf("the callback has %v", query)
		}
		if _, err := session.Authorize(p.OAuth, query); !isErr(err, creators.ErrReconnect) {
			t.Errorf("authorized without a code: %v", err)
		}
	})
}

func TestContractScopes(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.provider()
		for scope, right := range w.scopes {
			session, query := w.consent(p, w.handle, scope)
			access, err := session.Authorize(p.OAuth, query)
			var missing wire.MissingScopes
			if slices.Contains(w.needed, scope) != (errors.As(err, &missing) && isErr(err, creators.ErrMissingScope) && slices.Equal(missing, []string{scope})) {
				t.Errorf("without %s: %v", scope, err)
			}
			token := w.granted(session)
			if access != token.Access || slices.Contains(token.Scopes, scope) || len(token.Scopes) != len(w.scopes)-1 {
				t.Errorf("without %s: granted %q", scope, token.Scopes)
			}
			if profile, err := p.API.Read(t.Context(), token); !right(profile, err) {
				t.Errorf("without %s the reading is %+v, %v", scope, profile, err)
			}
		}
		// All of them, and nobody's permission is asked for that is not used.
		address, _ := func() (string, error) { s, _ := p.OAuth.BeginAuth("s"); return s.GetAuthURL() }()
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		asked := wire.NameList{}
		_ = asked.UnmarshalJSON([]byte(`"` + u.Query().Get("scope") + `"`))
		if len(asked) != len(w.scopes) {
			t.Errorf("asks for %q", asked)
		}
	})
}

func TestContractCodes(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for name, c := range map[string]struct {
			spoil  func(*wire.Session, url.Values)
			config func(*app)
			want   error
		}{
			"used": {spoil: func(s *wire.Session, q url.Values) {
				copied := *s
				if _, err := copied.Authorize(w.provider().OAuth, q); err != nil {
					t.Error(err)
				}
			}, want: creators.ErrReconnect},
			"late":                  {spoil: func(*wire.Session, url.Values) { w.clock.Advance(time.Hour) }, want: creators.ErrReconnect},
			"invented":              {spoil: func(_ *wire.Session, q url.Values) { q.Set("code", "x*y!z") }, want: creators.ErrReconnect},
			"decoded twice":         {spoil: func(_ *wire.Session, q url.Values) { q.Set("code", url.QueryEscape(q.Get("code"))) }, want: creators.ErrReconnect},
			"of another callback":   {config: func(a *app) { a.callback += "/other" }, want: creators.ErrReconnect},
			"with the wrong secret": {config: func(a *app) { a.secret = "wrong-secret" }, want: creators.ErrPlatformSetup},
			"of another app":        {config: func(a *app) { a.id = "wrong" }, want: creators.ErrPlatformSetup},
		} {
			p := w.provider()
			session, query := w.consent(p, w.handle)
			if c.spoil != nil {
				c.spoil(session, query)
			}
			if c.config != nil {
				p = w.provider(c.config)
			}
			_, err := session.Authorize(p.OAuth, query)
			if !isErr(err, c.want) {
				t.Errorf("a code %s: %v, want %v", name, err, c.want)
			}
			w.tells(err, "wrong-secret", query.Get("code"))
		}
	})
}

// A verifier that a platform was promised has to come.
func TestContractVerifier(t *testing.T) {
	t.Parallel()
	for _, c := range contracts[:2] { // the others take no challenge
		w := newWorld(t, c)
		p := w.provider(func(a *app) { a.pkce = true })
		w.signIn(p, w.handle)
		for _, verifier := range []string{"", "another-verifier-of-at-least-43-characters-0123"} {
			session, query := w.consent(p, w.handle)
			if session.Verifier == "" {
				t.Fatalf("%s: no verifier was made", c.platform)
			}
			session.Verifier = verifier
			if _, err := session.Authorize(p.OAuth, query); !isErr(err, creators.ErrReconnect) {
				t.Errorf("%s: with the verifier %q: %v", c.platform, verifier, err)
			}
		}
	}
}

// TikTok does not say with which status its OAuth errors come.
func TestContractOAuthErrorsAtStatus200(t *testing.T) {
	t.Parallel()
	w := newWorld(t, contracts[0], func(o *sandbox.Options) { o.OAuthErrorsAt200 = true })
	p := w.provider()
	session, query := w.consent(p, w.handle)
	query.Set("code", "invented")
	if access, err := session.Authorize(p.OAuth, query); access != "" || !isErr(err, creators.ErrReconnect) {
		t.Errorf("%q, %v", access, err)
	}
}

func TestContractSessionsOfOthers(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.provider()
		session, query := w.consent(p, w.handle)
		if _, err := session.Authorize(&faux.Provider{}, query); err == nil {
			t.Error("another provider authorized the session")
		}
		if _, err := p.OAuth.FetchUser(&faux.Session{}); err == nil {
			t.Error("another provider's session has a user")
		}
		if _, err := p.OAuth.FetchUser(session); err == nil {
			t.Error("a session without a token has a user")
		}
		if _, err := p.OAuth.UnmarshalSession("{"); err == nil {
			t.Error("half a session was read")
		}
	})
}

// A body about another account than the one that signs in is refused.
func TestContractWrongAccount(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.provider()
		session, _ := w.signIn(p, w.handle)
		session.UserID = w.account(w.handle).OpenID
		w.sandbox.ScriptFaults(w.user, sandbox.WrongUser)
		if _, err := p.OAuth.FetchUser(session); !isErr(err, creators.ErrPlatformBusy) {
			t.Errorf("the account of another: %v", err)
		}
		if _, err := p.OAuth.FetchUser(session); err != nil {
			t.Errorf("afterwards: %v", err)
		}
		_, session.Granted = w.signIn(p, w.other)
		if _, err := p.OAuth.FetchUser(session); !isErr(err, creators.ErrPlatformBusy) {
			t.Errorf("a token of another account: %v", err)
		}
		// Where the token's answer names the account, it has to be the same one.
		w.sandbox.ScriptFaults(w.exchange[0], sandbox.WrongUser)
		session, _ = w.signIn(p, w.handle)
		if _, err := p.OAuth.FetchUser(session); isErr(err, creators.ErrPlatformBusy) != (session.UserID != "") {
			t.Errorf("a token's answer of another account: %v", err)
		}
	})
}

func TestContractNobodyToRead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		contract
		handle string
		want   error
	}{{contracts[1], "nochannel.sandbox", creators.ErrNoAccount}, {contracts[2], "personal.sandbox", creators.ErrPersonalAccount}} {
		w := newWorld(t, c.contract)
		p := w.provider()
		session, token := w.signIn(p, c.handle)
		if _, err := p.OAuth.FetchUser(session); !isErr(err, c.want) {
			t.Errorf("%s: the user: %v", c.handle, err)
		}
		if _, err := p.API.Read(t.Context(), token); !isErr(err, c.want) {
			t.Errorf("%s: the reading: %v", c.handle, err)
		}
	}
}

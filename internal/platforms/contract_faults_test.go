package platforms_test

import (
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"tribemarket/internal/platforms"
	"tribemarket/internal/platforms/sandbox"
	"tribemarket/internal/platforms/tiktok"
	"tribemarket/models"
	"tribemarket/models/creators"
)

// faults are the ways in which any answer can go wrong; a refused token is the last.
var faults = []sandbox.FaultKind{
	sandbox.ServerError, sandbox.TooManyRequests, sandbox.Forbidden, sandbox.ErrorWithStatus200, sandbox.BrokenJSON, sandbox.HugeBody, sandbox.SlowAnswer, sandbox.EndlessBody, sandbox.TokenRevoked,
}

// faulty lets one endpoint fail while try is done, and holds what it says.
func (w *world) faulty(t *testing.T, on sandbox.Endpoint, kind sandbox.FaultKind, try func(p platforms.Provider) error, secrets ...string) {
	t.Helper()
	p := w.provider()
	if kind == sandbox.SlowAnswer || kind == sandbox.EndlessBody {
		p = w.provider(hasty)
	}
	w.sandbox.ScriptFaults(on, kind)
	began := time.Now()
	err := try(p)
	if took := time.Since(began); took > 8*time.Second {
		t.Errorf("%s %s took %v", on, kind, took)
	}
	want := w.class(on, kind)
	if !isErr(err, want) || models.CodeOf(err) != models.CodeOf(want) {
		t.Errorf("%s %s: %v, want %v", on, kind, err, want)
	}
	w.tells(err, secrets...)
}

func TestContractFaultsOfSigningIn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, on := range w.exchange {
			for _, kind := range faults {
				session, query := w.consent(w.provider(), w.handle)
				w.faulty(t, on, kind, func(p platforms.Provider) error {
					_, err := session.Authorize(p.OAuth, query)
					return err
				}, query.Get("code"))
				w.signIn(w.provider(), w.handle) // a fault passes
			}
		}
	})
}

func TestContractFaultsOfRefreshing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, token := w.signIn(w.provider(), w.handle)
		for _, kind := range faults {
			w.clock.Advance(w.after)
			w.faulty(t, w.refresh, kind, func(p platforms.Provider) error {
				_, err := p.API.Refresh(t.Context(), token)
				return err
			}, token.Access, token.Refresh)
			fresh, err := w.provider().API.Refresh(t.Context(), token)
			if err != nil {
				t.Fatalf("after %s: %v", kind, err)
			}
			token = fresh
		}
	})
}

func TestContractFaultsOfReading(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, on := range w.reads {
			for _, kind := range faults {
				// Each has a sandbox of its own: Instagram's adapter calls at the same
				// time, and a call that was given up may come late and take the next fault.
				w := newWorld(t, w.contract)
				_, token := w.signIn(w.provider(), w.handle)
				w.faulty(t, on, kind, func(p platforms.Provider) error {
					_, err := p.API.Read(t.Context(), token)
					return err
				}, token.Access, token.Refresh)
				if got, err := w.provider().API.Read(t.Context(), token); err != nil || len(got.LatestPosts) != 30 {
					t.Errorf("after %s %s: %d posts, %v", on, kind, len(got.LatestPosts), err)
				}
			}
		}
	})
}

// What is good to have is left out, and the rest is read; only a token that is
// worth nothing any more ends the reading.
func TestContractFaultsOfAudience(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.provider()
		_, token := w.signIn(p, w.handle)
		for _, on := range w.optional {
			for _, kind := range faults[:len(faults)-1] {
				w.sandbox.ScriptFaults(on, kind)
				reader := p
				if kind == sandbox.SlowAnswer || kind == sandbox.EndlessBody {
					reader = w.provider(func(a *app) { a.timeout = time.Second })
				}
				got, err := reader.API.Read(t.Context(), token)
				if err != nil || got.Audience != nil || len(got.LatestPosts) != 30 || got.Followers == nil {
					t.Errorf("%s %s: %+v, %v", on, kind, got, err)
				}
			}
			w.sandbox.ScriptFaults(on, sandbox.TokenRevoked)
			if _, err := p.API.Read(t.Context(), token); !isErr(err, creators.ErrReconnect) {
				t.Errorf("%s revoked: %v", on, err)
			}
		}
		if got, err := p.API.Read(t.Context(), token); err != nil || (got.Audience != nil) != (len(w.optional) > 0) {
			t.Errorf("afterwards: %v, %v", got.Audience, err)
		}
	})
}

// The accounts that have a fault of their own show it at every sign-in.
func TestContractFaultAccounts(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		tried := 0
		for _, a := range sandbox.DefaultAccounts(w.clock.Now()) {
			if a.Fault.Kind == sandbox.NoFault || a.Platform != w.platform && (a.Platform != "" || w.platform != tiktok.Name) {
				continue
			}
			tried++
			p := w.provider()
			if a.Fault.Kind == sandbox.SlowAnswer {
				p = w.provider(hasty)
			}
			session, query := w.consent(w.provider(), a.Username)
			_, err := session.Authorize(p.OAuth, query)
			if err == nil {
				var got creators.PlatformProfile
				got, err = p.API.Read(t.Context(), w.granted(session))
				if len(w.optional) > 0 && a.Fault.On == w.optional[0] {
					if err != nil || got.Audience != nil {
						t.Errorf("@%s: %v", a.Username, err)
					}
					continue
				}
			}
			if want := w.class(a.Fault.On, a.Fault.Kind); !isErr(err, want) {
				t.Errorf("@%s: %v, want %v", a.Username, err, want)
			}
		}
		if tried < 5 {
			t.Errorf("only %d accounts with faults", tried)
		}
	})
}

// A body is let go of as soon as it is too large.
func TestContractHugeBodyIsNotRead(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var taken atomic.Int64
		p := w.provider(func(a *app) {
			a.transport = func(r *http.Request) (*http.Response, error) {
				res, err := http.DefaultTransport.RoundTrip(r)
				if err == nil {
					res.Body = &meter{res.Body, func(n int) { taken.Add(int64(n)) }}
				}
				return res, err
			}
		})
		w.sandbox.ScriptFaults(w.exchange[0], sandbox.HugeBody)
		session, query := w.consent(p, w.handle)
		if _, err := session.Authorize(p.OAuth, query); !isErr(err, creators.ErrPlatformBusy) {
			t.Error(err)
		}
		if n := taken.Load(); n < 1<<20 || n > 1<<20+1 {
			t.Errorf("%d bytes were read", n)
		}
	})
}

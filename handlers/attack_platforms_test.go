package handlers_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tribemarket/internal/config"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/platform"
)

// The attacks on signing in with platforms other than TikTok, and with platforms
// that misbehave.

// pennes are accounts that sign in rightly, by platform.
var pennes = map[string]string{
	platform.TikTok: "penne.sandbox", platform.YouTube: "penne.sandbox", platform.Instagram: "penne.sandbox", platform.Twitch: "penne_sandbox",
}

// callbackOn goes to a platform and back as far as the callback's address,
// which nobody has opened yet.
func callbackOn(t *testing.T, a *apptest.App, b *apptest.Browser, platform, handle string) string {
	t.Helper()
	b.StopAtCallback()
	defer b.FollowRedirects()
	to := b.Get("/signin").Submit("form[action='/auth/"+platform+"']", url.Values{"next": {"/deals"}}).AllowAccount(platform, handle).Header.Get("Location")
	path, ok := strings.CutPrefix(to, a.URL)
	if !ok || !strings.HasPrefix(path, "/auth/"+platform+"/callback?") {
		t.Fatalf("%s led back to %q", platform, to)
	}
	return path
}

// honestOn says that signing in with a platform works.
func honestOn(t *testing.T, a *apptest.App, platform string) {
	t.Helper()
	b := a.NewBrowser(t)
	if page := b.SignInWithPlatform(platform, pennes[platform]); page.Status != http.StatusOK || page.Path != "/welcome" && page.Path != "/dashboard" {
		t.Errorf("the honest way with %s led to %d %s", platform, page.Status, page.Path)
	}
}

func TestAttack08CodeInjectionOnYouTube(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	stolen, _ := url.Parse(callbackOn(t, a, a.NewBrowser(t), platform.YouTube, "solder.sandbox"))
	attacker := a.NewBrowser(t)
	own := callbackOn(t, a, attacker, platform.YouTube, "penne.sandbox")
	refused(t, attacker, attacker.Get(with(own, "code", stolen.Query().Get("code"))))
	if n := apptest.Count(t, a, "SELECT count(*) FROM people"); n != 0 {
		t.Errorf("%d people joined", n)
	}
	honestOn(t, a, platform.YouTube)
}

func TestAttack09VerifierMissingOrPlainOnYouTube(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	seen := map[string]bool{}
	for range 3 {
		b := a.NewBrowser(t)
		page := b.Get("/signin")
		b.StopAtRedirects()
		to, _ := url.Parse(page.Submit("form[action='/auth/youtube']", nil).Header.Get("Location"))
		q := to.Query()
		if q.Get("code_challenge_method") != "S256" || len(q.Get("code_challenge")) != 43 || seen[q.Get("code_challenge")] {
			t.Errorf("asks %v", q)
		}
		seen[q.Get("code_challenge")] = true
	}
	for _, instead := range []string{`"Other"`, `"Verifier":"plain","Other"`} {
		b := a.NewBrowser(t)
		path := callbackOn(t, a, b, platform.YouTube, "penne.sandbox")
		if _, err := a.DB.SQLPool().Exec(`UPDATE oauth_states SET session = replace(session, '"Verifier"', ?)`, instead); err != nil {
			t.Fatal(err)
		}
		refused(t, b, b.Get(path))
	}
	honestOn(t, a, platform.YouTube)
}

// front stands before the sandbox, and spoils answers to the app.
type front struct {
	sandbox http.Handler
	fault   atomic.Pointer[http.HandlerFunc]
}

// ServeHTTP lets the consent page through as it is.
func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body) // only then does the server notice that a client has left
	r.Body = io.NopCloser(bytes.NewReader(body))
	if fault := f.fault.Load(); fault != nil && !strings.Contains(r.URL.Path, "auth") {
		(*fault)(w, r)
		return
	}
	f.sandbox.ServeHTTP(w, r)
}

// after waits, unless the client leaves before.
func after(r *http.Request, d time.Duration) {
	select {
	case <-time.After(d):
	case <-r.Context().Done():
	}
}

func TestAttack22PlatformMisbehaves(t *testing.T) {
	t.Parallel()
	endless := func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(bytes.Repeat([]byte("["), 10<<20)) }
	faults := map[string]http.HandlerFunc{
		"slow":  func(_ http.ResponseWriter, r *http.Request) { after(r, time.Minute) },
		"500":   func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) },
		"10 MB": endless,
		"a loop": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path, http.StatusTemporaryRedirect)
		},
		"not at all":  func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"not in JSON": func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>") },
	}
	var waiting sync.WaitGroup // they wait at the same time, however many tests run
	var honestly []func()
	try := func(name, platform string, spoil func(f *front) http.HandlerFunc) {
		f := &front{}
		server := httptest.NewServer(f)
		t.Cleanup(server.Close)
		a := apptest.New(t, func(c *config.Config) { c.PlatformsURL = server.URL })
		f.sandbox = a.Sandbox
		b := a.NewBrowser(t)
		path := callbackOn(t, a, b, platform, pennes[platform])
		f.fault.Store(new(spoil(f)))
		waiting.Go(func() {
			began := time.Now()
			page := b.Get(path)
			if took := time.Since(began); page.Status != http.StatusServiceUnavailable || took > 10*time.Second || page.Find("form[action='/auth/"+platform+"']").Length() == 0 {
				t.Errorf("%s: %d after %s: %.300s", name, page.Status, took, page.Find("main").Text())
			}
			if b.Get("/dashboard").Path != "/signin" {
				t.Errorf("%s: the creator is signed in", name)
			}
		})
		honestly = append(honestly, func() {
			f.fault.Store(nil)
			honestOn(t, a, platform)
		})
	}
	for what, fault := range faults {
		try(what+" at the exchange", platform.TikTok, func(*front) http.HandlerFunc { return fault })
		try(what+" at the reading", platform.TikTok, func(f *front) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) {
				if strings.Contains(r.URL.Path, "/user/") {
					fault(w, r)
					return
				}
				f.sandbox.ServeHTTP(w, r)
			}
		})
	}
	for platform := range pennes {
		// None is too slow by itself, but all together are.
		try("every step of "+platform+" is slow", platform, func(f *front) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) {
				after(r, 3500*time.Millisecond)
				f.sandbox.ServeHTTP(w, r)
			}
		})
	}
	waiting.Wait()
	for _, again := range honestly {
		again()
	}
}

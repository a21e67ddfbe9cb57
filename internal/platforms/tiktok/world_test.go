package tiktok_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/markbates/goth"

	"tribemarket/internal/platforms/sandbox"
	"tribemarket/internal/platforms/tiktok"
	"tribemarket/internal/testkit"
)

const callback = "http://127.0.0.1:1/auth/tiktok/callback"

// world is an app that is registered with a sandbox.
type world struct {
	t       *testing.T
	clock   *testkit.Clock
	sandbox *sandbox.Sandbox
	config  tiktok.Config
}

func newWorld(t *testing.T, change ...func(*sandbox.Options)) *world {
	t.Helper()
	w := &world{t: t, clock: testkit.NewClock()}
	opts := sandbox.Options{ClientKey: "ck", ClientSecret: "s3cret", RedirectURIs: []string{callback}, SlowFor: time.Minute}
	for _, f := range change {
		f(&opts)
	}
	w.sandbox = sandbox.New(w.clock.Now, sandbox.DefaultAccounts(w.clock.Now()), opts)
	server := httptest.NewServer(w.sandbox)
	t.Cleanup(server.Close)
	w.config = tiktok.Config{
		ClientKey: "ck", ClientSecret: "s3cret", CallbackURL: callback,
		AuthURL: server.URL + "/tiktok/v2/auth/authorize/", TokenURL: server.URL + "/tiktok/v2/oauth/token/", APIURL: server.URL + "/tiktok",
	}
	return w
}

func (w *world) provider(change ...func(*tiktok.Config)) *tiktok.Provider {
	cfg := w.config
	for _, f := range change {
		f(&cfg)
	}
	return tiktok.New(cfg, w.clock.Now)
}

// consent opens the consent page as a browser does, unticks permissions and
// presses the account's button, or Refuse for no handle.
func (w *world) consent(p *tiktok.Provider, handle string, unticked ...string) (goth.Session, url.Values) {
	w.t.Helper()
	session, err := p.BeginAuth("state-of-the-handler")
	if err != nil {
		w.t.Fatal(err)
	}
	address, err := session.GetAuthURL()
	if err != nil {
		w.t.Fatal(err)
	}
	res, err := http.Get(address)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	page, err := goquery.NewDocumentFromReader(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		w.t.Fatal(res.Status, err)
	}
	form := url.Values{}
	page.Find("input[name=grant][checked]").Each(func(_ int, box *goquery.Selection) {
		if scope := box.AttrOr("value", ""); !slices.Contains(unticked, scope) {
			form.Add("grant", scope)
		}
	})
	button := page.Find("button[name=decision]")
	if handle != "" {
		button = page.Find("button[name=account]").FilterFunction(func(_ int, b *goquery.Selection) bool {
			return strings.TrimSpace(b.Text()) == "Continue as @"+handle
		})
	}
	if button.Length() != 1 {
		w.t.Fatalf("%d buttons for %q", button.Length(), handle)
	}
	form.Set(button.AttrOr("name", ""), button.AttrOr("value", ""))
	return session, w.press(address, form)
}

func (w *world) press(address string, form url.Values) url.Values {
	w.t.Helper()
	stay := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := stay.PostForm(address, form)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	back, err := res.Location()
	if err != nil || res.StatusCode != http.StatusSeeOther || !strings.HasPrefix(back.String(), callback+"?") {
		w.t.Fatal(res.Status, back, err)
	}
	return back.Query()
}

// signIn is a consent whose code is exchanged.
func (w *world) signIn(p *tiktok.Provider, handle string, unticked ...string) *tiktok.Session {
	w.t.Helper()
	session, query := w.consent(p, handle, unticked...)
	if _, err := session.Authorize(p, query); err != nil {
		w.t.Fatal(err)
	}
	return session.(*tiktok.Session)
}

// transport lets a test stand between the provider and the sandbox.
type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func through(f transport) func(*tiktok.Config) {
	return func(c *tiktok.Config) { c.HTTPClient = &http.Client{Transport: f} }
}

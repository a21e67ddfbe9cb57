package platforms_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/markbates/goth"

	"tribemarket/internal/platforms"
	"tribemarket/internal/platforms/instagram"
	"tribemarket/internal/platforms/sandbox"
	"tribemarket/internal/platforms/tiktok"
	"tribemarket/internal/platforms/twitch"
	"tribemarket/internal/platforms/wire"
	"tribemarket/internal/platforms/youtube"
	"tribemarket/internal/testkit"
	"tribemarket/models/creators"
)

const (
	clientID = "ck"
	secret   = "s3cret-of-the-app"
)

// contract is what a platform promises, as far as platforms differ.
type contract struct {
	platform string
	handle   string // an account with many posts
	other    string // another one
	hidden   string // one with hidden figures

	scopes      map[string]func(creators.PlatformProfile, error) bool // what a reading is worth without each of them
	needed      []string                                              // those without which a sign-in is not enough
	accessLife  time.Duration
	refreshLife time.Duration // 0: without an end
	names       map[string]string
	follows     func(sandbox.Account) int64
	video       func(sandbox.Video) bool // has figures of its own; nil for every post

	exchange []sandbox.Endpoint // asked for a code, in this order
	refresh  sandbox.Endpoint
	after    time.Duration // how old a token has to be to be refreshed
	revoke   sandbox.Endpoint
	user     sandbox.Endpoint
	list     sandbox.Endpoint
	reads    []sandbox.Endpoint // each is needed for a reading
	optional []sandbox.Endpoint // without it a reading has no audience
	classes  map[sandbox.Endpoint]map[sandbox.FaultKind]error
	late     bool // refuses messages that are late
}

func exactly(a sandbox.Account) int64 { return a.Followers }

func scopeError(_ creators.PlatformProfile, err error) bool {
	return isErr(err, creators.ErrMissingScope)
}

// The four. names are the wire's for what a platform tells; what has none is
// not told. "post." stands before a post's.
var contracts = []contract{
	{
		platform: tiktok.Name, handle: "penne.sandbox", other: "chapter.sandbox", hidden: "hidden.sandbox",
		scopes: map[string]func(creators.PlatformProfile, error) bool{
			tiktok.ScopeBasic: func(p creators.PlatformProfile, err error) bool {
				return err == nil && p.UserID == "" && p.Handle != ""
			},
			tiktok.ScopeProfile: func(p creators.PlatformProfile, err error) bool {
				return err == nil && p.Handle == "" && p.Followers != nil
			},
			tiktok.ScopeStats: func(p creators.PlatformProfile, err error) bool {
				return err == nil && p.Followers == nil && len(p.LatestPosts) == 30
			},
			tiktok.ScopeVideos: func(p creators.PlatformProfile, err error) bool {
				return err == nil && p.LatestPosts == nil && p.Followers != nil
			},
		},
		needed: tiktok.Scopes(), accessLife: 2 * time.Hour, refreshLife: 180 * 24 * time.Hour, follows: exactly,
		names: map[string]string{
			"followers": "follower_count", "following": "following_count", "likes": "likes_count", "posts": "video_count",
			"post.views": "view_count", "post.likes": "like_count", "post.comments": "comment_count", "post.shares": "share_count", "post.duration": "duration",
		},
		exchange: []sandbox.Endpoint{sandbox.OnToken}, refresh: sandbox.OnToken, revoke: sandbox.OnRevoke, user: sandbox.OnUserInfo, list: sandbox.OnVideoList,
		reads: []sandbox.Endpoint{sandbox.OnUserInfo, sandbox.OnVideoList}, late: true,
	},
	{
		platform: youtube.Name, handle: "penne.sandbox", other: "chapter.sandbox", hidden: "hidden.sandbox",
		scopes: map[string]func(creators.PlatformProfile, error) bool{
			youtube.ScopeChannel: scopeError,
			youtube.ScopeAnalytics: func(p creators.PlatformProfile, err error) bool {
				return err == nil && p.Audience == nil && len(p.LatestPosts) == 30
			},
		},
		needed: []string{youtube.ScopeChannel}, accessLife: time.Hour,
		follows: func(a sandbox.Account) int64 { // three figures, rounded down
			unit := int64(1)
			for a.Followers/unit > 999 {
				unit *= 10
			}
			return a.Followers - a.Followers%unit
		},
		names: map[string]string{
			"followers": "subscriberCount", "posts": "videoCount", "post.views": "viewCount", "post.likes": "likeCount", "post.comments": "commentCount", "post.duration": "duration", "audience": "rows",
		},
		exchange: []sandbox.Endpoint{sandbox.OnYouTubeToken}, refresh: sandbox.OnYouTubeToken, revoke: sandbox.OnYouTubeRevoke,
		user: sandbox.OnYouTubeChannels, list: sandbox.OnYouTubePlaylist,
		reads:    []sandbox.Endpoint{sandbox.OnYouTubeChannels, sandbox.OnYouTubePlaylist, sandbox.OnYouTubeVideos},
		optional: []sandbox.Endpoint{sandbox.OnYouTubeReports},
	},
	{
		platform: instagram.Name, handle: "penne.sandbox", other: "chapter.sandbox", hidden: "hidden.sandbox",
		scopes: map[string]func(creators.PlatformProfile, error) bool{
			instagram.ScopeBasic: scopeError,
			instagram.ScopeInsights: func(p creators.PlatformProfile, err error) bool {
				return err == nil && p.Audience == nil && len(p.LatestPosts) == 30 && p.LatestPosts[0].Views == nil && p.LatestPosts[0].Likes != nil
			},
		},
		needed: instagram.Scopes(), accessLife: 60 * 24 * time.Hour, refreshLife: 60 * 24 * time.Hour, follows: exactly,
		names: map[string]string{
			"followers": "followers_count", "following": "follows_count", "posts": "media_count", "post.views": "views", "post.likes": "like_count",
			"post.comments": "comments_count", "post.shares": "shares", "audience": "follower_demographics",
		},
		video:    func(v sandbox.Video) bool { return v.Type == "" },
		exchange: []sandbox.Endpoint{sandbox.OnInstagramToken, sandbox.OnInstagramExchange}, refresh: sandbox.OnInstagramRefresh, after: 24 * time.Hour,
		user: sandbox.OnInstagramMe, list: sandbox.OnInstagramMedia,
		reads:    []sandbox.Endpoint{sandbox.OnInstagramMe, sandbox.OnInstagramMedia, sandbox.OnInstagramInsights},
		optional: []sandbox.Endpoint{sandbox.OnInstagramAudience},
	},
	{
		platform: twitch.Name, handle: "penne_sandbox", other: "chapter_sandbox", hidden: "hidden_sandbox",
		accessLife: 14124 * time.Second, follows: exactly,
		names:    map[string]string{"followers": "total", "post.views": "view_count", "post.duration": "duration"},
		exchange: []sandbox.Endpoint{sandbox.OnTwitchToken}, refresh: sandbox.OnTwitchToken, revoke: sandbox.OnTwitchRevoke,
		user: sandbox.OnTwitchUsers, list: sandbox.OnTwitchVideos,
		reads: []sandbox.Endpoint{sandbox.OnTwitchUsers, sandbox.OnTwitchFollowers, sandbox.OnTwitchVideos},
		classes: map[sandbox.Endpoint]map[sandbox.FaultKind]error{ // it has no words for a limit but 429
			sandbox.OnTwitchToken: {sandbox.Forbidden: creators.ErrPlatformSetup}, sandbox.OnTwitchUsers: {sandbox.Forbidden: creators.ErrMissingScope},
			sandbox.OnTwitchFollowers: {sandbox.Forbidden: creators.ErrMissingScope}, sandbox.OnTwitchVideos: {sandbox.Forbidden: creators.ErrMissingScope},
		},
	},
}

// class is what a fault means.
func (c contract) class(on sandbox.Endpoint, kind sandbox.FaultKind) error {
	if err, ok := c.classes[on][kind]; ok {
		return err
	}
	if kind == sandbox.TokenRevoked {
		return creators.ErrReconnect
	}
	return creators.ErrPlatformBusy
}

func (c contract) callback() string { return "http://127.0.0.1:1/auth/" + c.platform + "/callback" }

// world is an app that is registered with a sandbox.
type world struct {
	contract
	t       *testing.T
	clock   *testkit.Clock
	sandbox *sandbox.Sandbox
	base    string
}

// each runs the same test on every platform.
func each(t *testing.T, test func(t *testing.T, w *world), change ...func(*sandbox.Options)) {
	t.Helper()
	t.Parallel()
	for _, c := range contracts {
		t.Run(c.platform, func(t *testing.T) {
			t.Parallel()
			test(t, newWorld(t, c, change...))
		})
	}
}

func newWorld(t *testing.T, c contract, change ...func(*sandbox.Options)) *world {
	t.Helper()
	w := &world{contract: c, t: t, clock: testkit.NewClock()}
	opts := sandbox.Options{ClientKey: clientID, ClientSecret: secret, RedirectURIs: sandbox.CallbackURLs("http://127.0.0.1:1"), SlowFor: time.Minute}
	for _, f := range change {
		f(&opts)
	}
	w.sandbox = sandbox.New(w.clock.Now, sandbox.DefaultAccounts(w.clock.Now()), opts)
	server := httptest.NewServer(w.sandbox)
	t.Cleanup(server.Close)
	w.base = server.URL
	return w
}

// app is how an instance is set up.
type app struct {
	id, secret, callback string
	timeout              time.Duration
	pkce                 bool // TikTok leaves the choice
	transport            transport
}

func (w *world) provider(change ...func(*app)) platforms.Provider {
	w.t.Helper()
	a := app{id: clientID, secret: secret, callback: w.callback()}
	for _, f := range change {
		f(&a)
	}
	var client *http.Client
	if a.transport != nil {
		client = &http.Client{Transport: a.transport}
	}
	all := platforms.New(platforms.WithBaseURL(w.base, platforms.Config{
		TikTok:    tiktok.Config{ClientKey: a.id, ClientSecret: a.secret, CallbackURL: a.callback, Timeout: a.timeout, HTTPClient: client, PKCE: a.pkce},
		YouTube:   youtube.Config{ClientID: a.id, ClientSecret: a.secret, CallbackURL: a.callback, Timeout: a.timeout, HTTPClient: client},
		Instagram: instagram.Config{ClientID: a.id, ClientSecret: a.secret, CallbackURL: a.callback, Timeout: a.timeout, HTTPClient: client},
		Twitch:    twitch.Config{ClientID: a.id, ClientSecret: a.secret, CallbackURL: a.callback, Timeout: a.timeout, HTTPClient: client},
	}), w.clock.Now)
	p, ok := all.ProviderOf(w.platform)
	if !ok {
		w.t.Fatalf("no %s among %d platforms", w.platform, len(all))
	}
	return p
}

func hasty(a *app) { a.timeout = 300 * time.Millisecond }

// transport lets a test stand between the provider and the sandbox.
type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// consent opens the consent page as a browser does, unticks permissions and
// presses the account's button, or Refuse for no handle.
func (w *world) consent(p platforms.Provider, handle string, unticked ...string) (*wire.Session, url.Values) {
	w.t.Helper()
	session, err := p.OAuth.BeginAuth("state-of-the-handler")
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
		w.t.Fatal(res.Status, err, page.Find("main").Text())
	}
	form := url.Values{}
	page.Find("input[name=grant][checked]").Each(func(_ int, box *goquery.Selection) {
		if scope := box.AttrOr("value", ""); !slices.Contains(unticked, scope) {
			form.Add("grant", scope)
		}
	})
	button := page.Find("button[name=decision]")
	if handle != "" {
		account, ok := w.sandbox.AccountOn(w.platform, handle)
		if !ok {
			w.t.Fatalf("no @%s on %s", handle, w.platform)
		}
		button = page.Find("button[name=account]").FilterFunction(func(_ int, b *goquery.Selection) bool {
			return b.AttrOr("value", "") == account.OpenID && strings.TrimSpace(b.Text()) == "Continue as @"+handle
		})
	}
	if button.Length() != 1 {
		w.t.Fatalf("%d buttons for %q", button.Length(), handle)
	}
	form.Set(button.AttrOr("name", ""), button.AttrOr("value", ""))
	return session.(*wire.Session), w.press(address, form)
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
	if err != nil || res.StatusCode != http.StatusSeeOther || !strings.HasPrefix(back.String(), w.callback()+"?") {
		w.t.Fatal(res.Status, back, err)
	}
	return back.Query()
}

// signIn is a consent whose code is exchanged, with all permissions.
func (w *world) signIn(p platforms.Provider, handle string) (*wire.Session, creators.PlatformToken) {
	w.t.Helper()
	session, query := w.consent(p, handle)
	if _, err := session.Authorize(p.OAuth, query); err != nil {
		w.t.Fatal(err)
	}
	return session, w.granted(session)
}

func (w *world) granted(s goth.Session) creators.PlatformToken {
	w.t.Helper()
	token, ok := platforms.GrantedToken(s)
	if !ok {
		w.t.Fatal("the session holds no token")
	}
	return token
}

func (w *world) account(handle string) sandbox.Account {
	w.t.Helper()
	a, ok := w.sandbox.AccountOn(w.platform, handle)
	if !ok {
		w.t.Fatalf("no @%s on %s", handle, w.platform)
	}
	return a
}

// tells fails the test when an error says what nobody may know.
func (w *world) tells(err error, secrets ...string) {
	w.t.Helper()
	for _, s := range append(secrets, secret) {
		if err != nil && s != "" && strings.Contains(err.Error(), s) {
			w.t.Errorf("the error tells a secret: %v", err)
		}
	}
}

// meter counts what is read of bodies.
type meter struct {
	io.ReadCloser
	taken func(n int)
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.ReadCloser.Read(p)
	m.taken(n)
	return n, err
}

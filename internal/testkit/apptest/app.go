// Package apptest starts a whole marketplace for a test: on a fresh database,
// with a clock that is set, a stand-in for the platforms, and browsers that keep
// cookies and send forms as people do.
package apptest

import (
	"context"
	"encoding/base64"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
	"golang.org/x/crypto/argon2"

	"tribemarket/internal/app"
	"tribemarket/internal/config"
	"tribemarket/internal/platforms/sandbox"
	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/platform"
)

// App is a running marketplace.
type App struct {
	*app.App
	Clock   *testkit.Clock
	Sandbox *sandbox.Sandbox
	URL     string
	MailDir string

	adminFactor *Factor // once one has signed in
}

const client = "apptest"

// New starts a marketplace on SQLite. It answers requests; nobody works off
// its jobs.
func New(t testing.TB, changes ...func(*config.Config)) *App {
	t.Helper()
	return fresh(t, testkit.SQLiteAddress(t), testkit.NewClock(), changes...)
}

// Limited is a change of the settings for New: nothing is limited without it.
func Limited(c *config.Config) { c.Limits = "on" }

// Node starts another node of the same marketplace, on the same database, with
// the same clock and the same platforms.
func (a *App) Node(t testing.TB, changes ...func(*config.Config)) *App {
	t.Helper()
	return start(t, a.Config.DatabaseURL, a.Clock, a.Sandbox, a.Config.PlatformsURL, changes...)
}

// OnPostgres is New on PostgreSQL.
func OnPostgres(t testing.TB, changes ...func(*config.Config)) *App {
	t.Helper()
	return fresh(t, testkit.PostgresAddress(t), testkit.NewClock(), changes...)
}

func fresh(t testing.TB, database string, clock *testkit.Clock, changes ...func(*config.Config)) *App {
	t.Helper()
	box := sandbox.New(clock.Now, sandbox.DefaultAccounts(clock.Now()), sandbox.Options{ClientKey: client, ClientSecret: client})
	all := httptest.NewServer(box)
	t.Cleanup(all.Close)
	a := start(t, database, clock, box, all.URL, changes...)
	testkit.CatchUp(t, a.Search) // there is an index, which then falls behind
	return a
}

func start(t testing.TB, database string, clock *testkit.Clock, box *sandbox.Sandbox, platformsURL string, changes ...func(*config.Config)) *App {
	t.Helper()
	cfg := config.Config{
		Addr: "127.0.0.1:0", DatabaseURL: database, InstanceName: "Test market", Development: true, Demo: true, Limits: "off",
		SecretKeys: config.Secret("test:" + testkit.Key), DigestKey: testkit.Key,
		MailDir: filepath.Join(t.TempDir(), "mails"), MailFrom: "market@example.test",
		TikTokClientKey: client, TikTokClientSecret: client, YouTubeClientID: client, YouTubeClientSecret: client,
		InstagramClientID: client, InstagramClientSecret: client, TwitchClientID: client, TwitchClientSecret: client,
		PlatformsURL: platformsURL,
	}
	for _, change := range changes {
		change(&cfg)
	}
	a, err := app.Open(context.Background(), cfg, clock.Now, slog.New(slog.NewTextHandler(testLog{t}, &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		t.Fatal(err)
	}
	ln, err := a.Listen()
	if err != nil {
		t.Fatal(err)
	}
	box.AllowRedirect(sandbox.Callbacks(a.Config.BaseURL)...)
	s := &httptest.Server{Listener: ln, Config: &http.Server{Handler: caughtUp(t, a), ReadHeaderTimeout: app.HeaderTimeout}}
	s.Start()
	t.Cleanup(func() {
		s.Close()
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return &App{App: a, Clock: clock, Sandbox: box, URL: a.Config.BaseURL, MailDir: cfg.MailDir}
}

// caughtUp is the site, whose search index takes in what was changed before
// each request, so that no test waits for it.
func caughtUp(t testing.TB, a *app.App) http.Handler {
	site := a.Handler()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := a.Search.CatchUp(r.Context()); err != nil && r.Context().Err() == nil {
			t.Error(err)
		}
		site.ServeHTTP(w, r)
	})
}

type testLog struct{ t testing.TB }

// Write is io.Writer's.
func (l testLog) Write(b []byte) (int, error) { l.t.Log(string(b)); return len(b), nil }

// Password is the one of brands made here.
const Password = "correct horse battery"

// passwordHash is Password's, by the least work that argon2id knows: it is
// compared with at each sign-in.
var passwordHash = func() string {
	salt, b64 := []byte("salt of the tests"), base64.RawStdEncoding
	return "$argon2id$v=19$m=8,t=1,p=1$" + b64.EncodeToString(salt) + "$" + b64.EncodeToString(argon2.IDKey([]byte(Password), salt, 1, 8, 1, 32))
}()

// Brand signs a brand up, through the area's verb, whose address is confirmed.
func (a *App) Brand(t testing.TB, name string) models.Actor {
	t.Helper()
	actor, err := a.Accounts.SignUp(context.Background(), accounts.SignUpForm{
		Brand: accounts.BrandForm{Name: name, Site: "https://brand.example", Country: "FR", Sells: "Pans"},
		Name:  "Member of " + name, Email: Email(name), Password: Password, Locale: "en", Zone: "Europe/Paris",
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Accounts.Vouch(context.Background(), actor.PersonID, Email(name)); err != nil {
		t.Fatal(err)
	}
	if err := a.DB.Read(context.Background()).Exec("UPDATE people SET password_hash = ? WHERE id = ?", passwordHash, actor.PersonID).Error; err != nil {
		t.Fatal(err)
	}
	return actor
}

// Email is the address with which Brand signs up.
func Email(brand string) string { return brand + "@brand.example" }

// Creator lets a sandbox account join, through the area's verb, and gives her
// actor and the public id of her page.
func (a *App) Creator(t testing.TB, handle string) (models.Actor, string) {
	t.Helper()
	acc, ok := a.Sandbox.Account(handle)
	if !ok {
		t.Fatalf("the sandbox has no @%s", handle)
	}
	p := creators.Profile{
		Platform: platform.TikTok, UserID: acc.OpenID, Handle: acc.Username, DisplayName: acc.DisplayName, Bio: acc.Bio,
		Followers: &acc.Followers, Following: &acc.Following, Likes: &acc.Likes, Posts: &acc.VideoCount, ReadAt: a.Clock.Now(),
	}
	for _, v := range acc.Videos[:min(30, len(acc.Videos))] {
		p.Latest = append(p.Latest, creators.ReadPost{
			ID: v.ID, PostedAt: v.PostedAt, Duration: v.Duration, Caption: v.Title, Hashtags: creators.Hashtags(v.Title),
			Views: &v.Views, Likes: &v.Likes, Comments: &v.Comments, Shares: &v.Shares,
		})
	}
	joined, err := a.Creators.Connect(context.Background(), platform.TikTok, p, creators.Token{}, "en")
	if err != nil {
		t.Fatal(err)
	}
	return joined.Actor, joined.Creator.PublicID
}

// Route is an address of the site, and the area whose handlers answer it.
type Route struct{ Method, Path, Area string }

// Routes lists every address of the site.
func (a *App) Routes() []Route {
	e := echo.New()
	a.Handlers().Mount(e)
	var all []Route
	for _, r := range e.Routes() {
		if r.Method == http.MethodGet || r.Method == http.MethodPost {
			all = append(all, Route{r.Method, r.Path, areaOf(r.Name)})
		}
	}
	return all
}

// areaOf finds the area in the full name of a handler, which Echo keeps, as
// tribemarket/handlers/deals.(*Handlers).showDeal-fm.
func areaOf(handler string) string {
	_, name, _ := strings.Cut(handler, "/handlers/")
	area, _, _ := strings.Cut(name, ".")
	return area
}

// Package apptest starts a whole marketplace for a test: on a fresh database, with a
// settable clock, a stand-in for the platforms, and browsers that keep cookies and send
// forms as people do.
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
	"tribemarket/models/text"
)

// App is a running marketplace.
type App struct {
	*app.App
	Clock   *testkit.Clock
	Sandbox *sandbox.Sandbox
	URL     string
	MailDir string

	adminFactor *SecondFactor // after the administrator has signed in
}

const testClient = "apptest"

// New starts a marketplace on SQLite. It answers requests; no jobs are run.
func New(t testing.TB, changes ...func(*config.Config)) *App {
	t.Helper()
	return startWithSandbox(t, testkit.NewSQLiteURL(t), testkit.NewClock(), changes...)
}

// WithLimits is an option for New that enables limits; nothing is limited without it.
func WithLimits(c *config.Config) { c.Limits = "on" }

// StartNode starts another node of the same marketplace, with the same database, clock
// and platforms.
func (a *App) StartNode(t testing.TB, changes ...func(*config.Config)) *App {
	t.Helper()
	changes = append([]func(*config.Config){func(c *config.Config) { c.FilesDir = a.Config.FilesDir }}, changes...)
	return startOnDatabase(t, a.Config.DatabaseURL, a.Clock, a.Sandbox, a.Config.PlatformsURL, changes...)
}

// NewOnPostgres is New on PostgreSQL.
func NewOnPostgres(t testing.TB, changes ...func(*config.Config)) *App {
	t.Helper()
	return startWithSandbox(t, testkit.NewPostgresURL(t), testkit.NewClock(), changes...)
}

func startWithSandbox(t testing.TB, database string, clock *testkit.Clock, changes ...func(*config.Config)) *App {
	t.Helper()
	box := sandbox.New(clock.Now, sandbox.DefaultAccounts(clock.Now()), sandbox.Options{ClientKey: testClient, ClientSecret: testClient})
	all := httptest.NewServer(box)
	t.Cleanup(all.Close)
	a := startOnDatabase(t, database, clock, box, all.URL, changes...)
	testkit.CatchUp(t, a.Search) // there is an index, which then falls behind
	return a
}

func startOnDatabase(t testing.TB, database string, clock *testkit.Clock, box *sandbox.Sandbox, platformsURL string, changes ...func(*config.Config)) *App {
	t.Helper()
	cfg := config.Config{
		Addr: "127.0.0.1:0", DatabaseURL: database, InstanceName: "Test market", Development: true, Demo: true, Limits: "off",
		SecretKeys: config.Secret("test:" + testkit.SealingKey), DigestKey: testkit.SealingKey,
		MailDir: filepath.Join(t.TempDir(), "mails"), MailFrom: "market@example.test", FilesDir: filepath.Join(t.TempDir(), "files"),
		TikTokClientKey: testClient, TikTokClientSecret: testClient, YouTubeClientID: testClient, YouTubeClientSecret: testClient,
		InstagramClientID: testClient, InstagramClientSecret: testClient, TwitchClientID: testClient, TwitchClientSecret: testClient,
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
	box.AllowRedirect(sandbox.CallbackURLs(a.Config.BaseURL)...)
	s := &httptest.Server{Listener: ln, Config: &http.Server{Handler: withIndexCaughtUp(t, a), ReadHeaderTimeout: app.HeaderTimeout}}
	s.Start()
	t.Cleanup(func() {
		s.Close()
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return &App{App: a, Clock: clock, Sandbox: box, URL: a.Config.BaseURL, MailDir: cfg.MailDir}
}

// withIndexCaughtUp is the site with a search index that catches up before each request,
// so that no test has to wait for it.
func withIndexCaughtUp(t testing.TB, a *app.App) http.Handler {
	site := a.Handler()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := a.Search.CatchUp(r.Context()); err != nil && r.Context().Err() == nil {
			t.Error(err)
		}
		site.ServeHTTP(w, r)
	})
}

type testLog struct{ t testing.TB }

// Write is that of io.Writer.
func (l testLog) Write(b []byte) (int, error) { l.t.Log(string(b)); return len(b), nil }

// Password is the password of brands created here.
const Password = "correct horse battery"

// passwordHash is Password's, by the least work that argon2id knows: it is
// compared with at each sign-in.
var passwordHash = func() string {
	salt, b64 := []byte("salt of the tests"), base64.RawStdEncoding
	return "$argon2id$v=19$m=8,t=1,p=1$" + b64.EncodeToString(salt) + "$" + b64.EncodeToString(argon2.IDKey([]byte(Password), salt, 1, 8, 1, 32))
}()

// SignUpBrand signs up a brand with a confirmed address, through the area's verb.
func (a *App) SignUpBrand(t testing.TB, name string) models.Actor {
	t.Helper()
	actor, err := a.Accounts.SignUp(context.Background(), accounts.SignUpForm{
		Brand: accounts.BrandForm{Name: name, Site: "https://brand.example", Country: "FR", Sells: "Pans"},
		Name:  "Member of " + name, Email: BrandEmail(name), Password: Password, Locale: "en", Zone: "Europe/Paris",
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Accounts.ConfirmEmailWithoutLink(context.Background(), actor.PersonID, BrandEmail(name)); err != nil {
		t.Fatal(err)
	}
	if err := a.DB.Read(context.Background()).Exec("UPDATE people SET password_hash = ? WHERE id = ?", passwordHash, actor.PersonID).Error; err != nil {
		t.Fatal(err)
	}
	return actor
}

// BrandEmail is the address with which SignUpBrand signs up a brand.
func BrandEmail(brand string) string { return brand + "@brand.example" }

// JoinCreator lets a sandbox account join, through the area's verb, and returns the
// creator's actor and the public id of their page.
func (a *App) JoinCreator(t testing.TB, handle string) (models.Actor, string) {
	t.Helper()
	acc, ok := a.Sandbox.TikTokAccount(handle)
	if !ok {
		t.Fatalf("the sandbox has no @%s", handle)
	}
	p := creators.PlatformProfile{
		Platform: platform.TikTok, UserID: acc.OpenID, Handle: acc.Username, DisplayName: acc.DisplayName, Bio: acc.Bio,
		Followers: &acc.Followers, Following: &acc.Following, Likes: &acc.Likes, Posts: &acc.VideoCount, ReadAt: a.Clock.Now(),
	}
	for _, v := range acc.Videos[:min(30, len(acc.Videos))] {
		p.LatestPosts = append(p.LatestPosts, creators.PlatformPost{
			ID: v.ID, PostedAt: v.PostedAt, Duration: v.Duration, Caption: v.Title, Hashtags: text.FindHashtags(v.Title),
			Views: &v.Views, Likes: &v.Likes, Comments: &v.Comments, Shares: &v.Shares,
		})
	}
	joined, err := a.Creators.SignInWithPlatform(context.Background(), platform.TikTok, p, creators.PlatformToken{}, "en")
	if err != nil {
		t.Fatal(err)
	}
	return joined.Actor, joined.Creator.PublicID
}

// Route is a route of the site, and the area whose handlers answer it.
type Route struct{ Method, Path, Area string }

// ListRoutes lists every route of the site.
func (a *App) ListRoutes() []Route {
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

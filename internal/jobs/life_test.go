package jobs_test

import (
	"errors"
	"net/http"
	"net/url"
	"testing"
	"time"

	"tribemarket/internal/platforms"
	"tribemarket/internal/platforms/sandbox"
	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/platform"
)

// life is a marketplace whose jobs run as time passes.
type life struct {
	t *testing.T
	*apptest.App
	providers platforms.Providers
	grows     int64 // what penne gains on TikTok each day
	wrong     []error
}

// consent is what a platform answers to a creator who says yes.
func (l *life) consent(platform, handle string) (creators.PlatformProfile, creators.PlatformToken) {
	l.t.Helper()
	p, _ := l.providers.ProviderOf(platform)
	acc, ok := l.Sandbox.AccountOn(platform, handle)
	if !ok {
		l.t.Fatalf("no @%s on %s", handle, platform)
	}
	session, err := p.OAuth.BeginAuth("state")
	l.must(err)
	address, err := session.GetAuthURL()
	l.must(err)
	b := l.NewBrowser(l.t)
	b.StopAtCallback()
	r, err := http.NewRequest(http.MethodGet, address, nil)
	l.must(err)
	back, err := url.Parse(b.Do(r).Submit("form[method=post]", url.Values{"account": {acc.OpenID}}).Header.Get("Location"))
	l.must(err)
	_, err = session.Authorize(p.OAuth, back.Query())
	l.must(err)
	token, ok := platforms.GrantedToken(session)
	if !ok {
		l.t.Fatalf("%s granted nothing", platform)
	}
	profile, err := p.API.Read(ctx, token)
	l.must(err)
	return profile, token
}

func (l *life) must(err error) {
	l.t.Helper()
	if err != nil {
		l.t.Fatal(err)
	}
}

func (l *life) join(handle string) models.Actor {
	l.t.Helper()
	p, token := l.consent(platform.TikTok, handle)
	out, err := l.Creators.SignInWithPlatform(ctx, platform.TikTok, p, token, "en")
	l.must(err)
	return out.Actor
}

func (l *life) attach(a models.Actor, platform, handle string) {
	l.t.Helper()
	p, token := l.consent(platform, handle)
	l.must(l.Creators.ConnectAdditionalAccount(ctx, a, platform, p, token))
}

// change changes an account on its platform.
func (l *life) change(platform, handle string, how func(*sandbox.Account)) {
	acc, _ := l.Sandbox.AccountOn(platform, handle)
	how(&acc)
	l.Sandbox.PutAccounts(acc)
}

// pass lets time pass, in steps, after each of which the jobs run.
func (l *life) pass(d, step time.Duration) {
	l.t.Helper()
	apis := l.providers.APIs()
	for end := l.Clock.Now().Add(d); l.Clock.Now().Before(end); {
		day := models.DateOf(l.Clock.Now())
		l.Clock.Advance(step)
		for range int(models.DateOf(l.Clock.Now()).StartIn(time.UTC).Sub(day.StartIn(time.UTC)) / (24 * time.Hour)) {
			l.change(platform.TikTok, "penne.sandbox", func(a *sandbox.Account) { a.Followers += l.grows })
		}
		_, refreshed := l.Creators.RefreshDueTokens(ctx, apis)
		validated := l.Creators.ValidateDueTokens(ctx, apis)
		_, read := l.Creators.ReadDueAccounts(ctx, apis)
		for _, err := range []error{refreshed, validated, read} {
			if err != nil {
				l.wrong = append(l.wrong, err)
			}
		}
		_, err := l.Creators.PurgeOldFigures(ctx)
		l.must(err)
		_, err = l.Creators.SweepListings(ctx)
		l.must(err)
	}
}

// calm says that nothing went wrong since it was asked last.
func (l *life) calm() {
	l.t.Helper()
	if err := errors.Join(l.wrong...); err != nil {
		l.t.Errorf("%s: %v", l.Clock.Now(), err)
	}
	l.wrong = nil
}

func (l *life) connection(a models.Actor, platform string) creators.Connection {
	l.t.Helper()
	all, err := l.Creators.ListOwnConnections(ctx, a)
	l.must(err)
	for _, c := range all {
		if c.Platform == platform {
			return c
		}
	}
	l.t.Fatalf("no account on %s", platform)
	return creators.Connection{}
}

func (l *life) count(query string, args ...any) (n int64) {
	l.t.Helper()
	l.must(l.DB.Read(ctx).Raw(query, args...).Scan(&n).Error)
	return n
}

func TestTwoWeeksInTheLifeOfConnections(t *testing.T) {
	t.Parallel()
	for name, start := range map[string]func(testing.TB) *apptest.App{
		"sqlite":   func(t testing.TB) *apptest.App { return apptest.New(t) },
		"postgres": func(t testing.TB) *apptest.App { return apptest.NewOnPostgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := start(t)
			l := &life{t: t, App: a, providers: a.PlatformProviders(), grows: 482}
			l.live()
		})
	}
}

const day = 24 * time.Hour

func (l *life) live() {
	t := l.t
	penne, chapter := l.join("penne.sandbox"), l.join("chapter.sandbox")
	solder, three, without := l.join("solder.sandbox"), l.join("threevideos.sandbox"), l.join("novideos.sandbox")
	for _, other := range []struct{ platform, handle string }{{platform.YouTube, "penne.sandbox"}, {platform.Instagram, "penne.sandbox"}, {platform.Twitch, "penne_sandbox"}} {
		l.attach(penne, other.platform, other.handle)
	}
	stored := func(a models.Actor) string {
		var sealed string
		l.must(l.DB.Read(ctx).Raw("SELECT t.access FROM account_tokens t JOIN creator_accounts a ON a.id = t.account_id WHERE a.creator_id = ? AND a.platform = 'tiktok'", a.CreatorID).Scan(&sealed).Error)
		return sealed
	}
	first := stored(penne)

	// Three days: tokens are exchanged and figures read, and nothing goes wrong.
	l.pass(3*day, time.Hour)
	l.calm()
	if stored(penne) == first {
		t.Error("the token was never exchanged")
	}
	for _, platform := range platform.Names() {
		if c := l.connection(penne, platform); c.IsLost() || l.Clock.Now().Sub(c.AsOf) > 25*time.Hour {
			t.Errorf("%s after three days: %+v", platform, c)
		}
	}

	// Chapter falls below the floor, and stays listed while the grace lasts.
	l.change(platform.TikTok, "chapter.sandbox", func(a *sandbox.Account) { a.Followers = 9_990 })
	l.pass(2*day, 2*time.Hour)
	l.calm()
	if fallen := l.connection(chapter, platform.TikTok); fallen.GraceUntil == nil || !fallen.Listed {
		t.Errorf("below the floor: %+v", fallen)
	}

	// Solder ends the consent at the platform, which says nothing of it.
	solderID, _ := l.Sandbox.TikTokAccount("solder.sandbox")
	l.Sandbox.RemoveConsent(platform.TikTok, solderID.OpenID, sandbox.ReasonDisconnected)
	l.pass(day, time.Hour)
	if c := l.connection(solder, platform.TikTok); !c.IsLost() || c.Reason != creators.LossRefused || !c.Listed {
		t.Errorf("refused: %+v", c)
	}
	l.wrong = nil // that a reading was refused
	l.attach(solder, platform.TikTok, "solder.sandbox")

	// Two removals come as messages, one of them twice.
	l.removed("threevideos.sandbox", sandbox.ReasonAccountDeleted)
	l.removed("novideos.sandbox", sandbox.ReasonDisconnected)
	if all, err := l.Creators.ListOwnConnections(ctx, three); err != nil || len(all) != 0 {
		t.Errorf("a deleted account is still there: %+v, %v", all, err)
	}
	if c := l.connection(without, platform.TikTok); c.Reason != creators.LossRemoved || *c.Followers != 15_300 {
		t.Errorf("a consent that was taken back: %+v", c)
	}
	if n := l.count("SELECT count(*) FROM notification_events WHERE kind = 'creators.connection'"); n != 2 {
		t.Errorf("%d losses are told, want 2", n)
	}

	// A busy platform is asked later, and everybody is read all the same.
	l.Sandbox.ScriptFaults(sandbox.OnUserInfo, sandbox.TooManyRequests, sandbox.TooManyRequests, sandbox.TooManyRequests)
	l.pass(2*day, 2*time.Hour)
	if len(l.wrong) != 3 {
		t.Errorf("%d of the three refusals were seen: %v", len(l.wrong), l.wrong)
	}
	for _, err := range l.wrong {
		if !errors.Is(err, creators.ErrPlatformBusy) {
			t.Errorf("while TikTok was busy: %v", err)
		}
	}
	l.wrong = nil
	for _, a := range []models.Actor{penne, chapter, solder} {
		if c := l.connection(a, platform.TikTok); c.IsLost() || l.Clock.Now().Sub(c.AsOf) > 25*time.Hour {
			t.Errorf("after TikTok was busy: %+v", c)
		}
	}

	// YouTube is down from now on. The two weeks end.
	lastRead := l.connection(penne, platform.YouTube).AsOf
	l.change(platform.YouTube, "penne.sandbox", func(a *sandbox.Account) {
		a.Fault = sandbox.Fault{On: sandbox.OnYouTubeChannels, Kind: sandbox.ServerError}
	})
	l.pass(6*day, 2*time.Hour)
	if c := l.connection(penne, platform.YouTube); c.IsLost() || c.PurgedAt != nil || !c.AsOf.Equal(lastRead) || !c.PurgeAt.After(l.Clock.Now()) {
		t.Errorf("YouTube after six days down: %+v", c)
	}
	l.growth(penne, creators.GrowthYoung)

	// A month later its figures are gone, growth is measured, and the grace is over.
	l.pass(31*day, 6*time.Hour)
	c := l.connection(penne, platform.YouTube)
	if c.PurgedAt == nil || c.Followers != nil || c.Listed || c.PurgedAt.Sub(lastRead) > 30*day+4*time.Hour { // the job runs hourly, here every six hours
		t.Errorf("YouTube after a month down: %+v", c)
	}
	if n := l.count("SELECT count(*) FROM posts p JOIN creator_accounts a ON a.id = p.account_id WHERE a.platform = 'youtube'"); n != 0 {
		t.Errorf("%d posts of YouTube are kept", n)
	}
	if l.connection(chapter, platform.TikTok).Listed {
		t.Error("chapter is listed after the grace")
	}
	l.growth(penne, "")
	for _, platform := range []string{platform.TikTok, platform.Instagram, platform.Twitch} {
		if c := l.connection(penne, platform); c.IsLost() || l.Clock.Now().Sub(c.AsOf) > 31*time.Hour {
			t.Errorf("%s at the end: %+v", platform, c)
		}
	}

	// YouTube comes back, and its figures with it.
	l.change(platform.YouTube, "penne.sandbox", func(a *sandbox.Account) { a.Fault = sandbox.Fault{} })
	l.pass(2*day, 6*time.Hour)
	if c := l.connection(penne, platform.YouTube); c.PurgedAt != nil || c.Followers == nil || !c.Listed {
		t.Errorf("YouTube afterwards: %+v", c)
	}
}

// removed lets a platform end a consent and say so, twice.
func (l *life) removed(handle string, why sandbox.RemovalReason) {
	l.t.Helper()
	acc, _ := l.Sandbox.TikTokAccount(handle)
	l.Sandbox.RemoveConsent(platform.TikTok, acc.OpenID, why)
	p, _ := l.providers.ProviderOf(platform.TikTok)
	hook, ok := p.RemovalHook()
	if !ok {
		l.t.Fatal("TikTok sends no messages")
	}
	var codes []string
	for _, again := range []bool{false, true} {
		head, body := l.Sandbox.RemovalRequest(platform.TikTok, acc.OpenID, sandbox.RemovalOptions{Reason: why, Again: again})
		removal, err := hook.ReadRemoval(head, body)
		l.must(err)
		code, err := l.Creators.ApplyRemoval(ctx, platform.TikTok, removal)
		l.must(err)
		codes = append(codes, code)
	}
	if codes[0] != codes[1] {
		l.t.Error("the second message was a new one")
	}
	if _, err := l.Creators.RemovalStatus(ctx, codes[0]); err != nil {
		l.t.Error(err)
	}
}

// growth checks penne's history against what the platform showed each day, and
// the growth over 30 days against the history.
func (l *life) growth(a models.Actor, why creators.NoGrowthReason) {
	l.t.Helper()
	kit, err := l.Creators.OwnMediaKit(ctx, a)
	l.must(err)
	if kit.Account.Platform != platform.TikTok {
		l.t.Fatalf("the most followed account is on %s", kit.Account.Platform)
	}
	followers := map[string]int64{}
	for d := range 60 {
		followers[models.DateOf(testkit.ClockStart).AddDays(d).String()] = 48_210 + int64(d)*l.grows
	}
	for _, s := range kit.Snapshots {
		if s.Followers != followers[s.Day] {
			l.t.Errorf("on %s: %d followers, the platform showed %d", s.Day, s.Followers, followers[s.Day])
		}
	}
	if days := int(l.Clock.Now().Sub(testkit.ClockStart) / day); len(kit.Snapshots) < days {
		l.t.Errorf("%d readings in %d days", len(kit.Snapshots), days)
	}
	g := kit.Growth[0]
	if g.Reason != why {
		l.t.Errorf("growth: %+v", g)
	}
	if why != "" {
		return
	}
	if want := (g.To.Followers - g.From.Followers) * 1_000_000 / g.From.Followers; *g.PPM != want || g.To.Followers-g.From.Followers != 30*l.grows {
		l.t.Errorf("growth of %d from %+v to %+v", *g.PPM, g.From, g.To)
	}
}

package creators_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/importtest"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/imports"
	"tribemarket/models/platform"
)

// profile is what the platform says of an account with 12 posts, a day apart,
// the newest three days old.
func profile(userID, handle string, followers int64) creators.PlatformProfile {
	p := creators.PlatformProfile{
		Platform: platform.TikTok, UserID: userID, Handle: handle, DisplayName: "Shown " + handle, Bio: "Bio of " + handle,
		Followers: &followers, Following: new(int64(20)), Likes: new(int64(4000)), Posts: new(int64(12)), ReadAt: testkit.ClockStart,
	}
	for i := range int64(12) {
		p.LatestPosts = append(p.LatestPosts, creators.PlatformPost{
			ID: fmt.Sprint(userID, "-", i), PostedAt: testkit.ClockStart.AddDate(0, 0, -3-int(i)), Duration: 20 * time.Second,
			Views: new(1000 + i), Likes: new(int64(80)), Comments: new(int64(15)), Shares: new(int64(5)),
			Caption: "A recipe", Hashtags: []string{"recipe", "fyp"},
		})
	}
	return p
}

func (w *world) connect(p creators.PlatformProfile) creators.PlatformSignIn {
	w.t.Helper()
	out, err := w.SignInWithPlatform(context.Background(), platform.TikTok, p, creators.PlatformToken{}, "fr")
	w.must(err)
	return out
}

func (w *world) kit(a models.Actor) creators.MediaKit {
	w.t.Helper()
	k, err := w.OwnMediaKit(context.Background(), a)
	w.must(err)
	return k
}

func (w *world) rows(query string, args ...any) int64 {
	w.t.Helper()
	var n int64
	w.must(w.db.Read(context.Background()).Raw(query, args...).Scan(&n).Error)
	return n
}

func tribesOf(k creators.MediaKit) []string {
	all := []string{}
	for _, t := range k.Tribes {
		all = append(all, t.Tribe.Slug+" "+string(t.Known))
	}
	return all
}

func TestSomebodyNewJoins(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		out := w.connect(profile("u1", "Some.One", 20_000))
		if !out.PersonCreated || out.ProfileClaimed || out.FollowersMissing != 0 || !out.Creator.Listed || out.Actor.CreatorID != out.Creator.ID || out.Actor.Locale != "fr" {
			t.Errorf("connected: %+v", out)
		}
		k := w.kit(out.Actor)
		if k.Creator.Name != "Shown Some.One" || k.Creator.Bio != "Bio of Some.One" || !k.IsOwn || len(k.Accounts) != 1 || len(k.Posts) != 12 {
			t.Errorf("kit: %+v", k)
		}
		a := k.Account
		if a.Source != creators.SourceVerified || *a.PlatformUserID != "u1" || a.HandleKey != "some.one" || a.URL != "https://www.tiktok.com/@Some.One" || !a.AsOf.Equal(testkit.ClockStart) {
			t.Errorf("account: %+v", a)
		}
		if a.Basis != creators.BasisPosts || *a.Sample != 12 || *a.MedianViews != 1005 || *a.EngagementPPM != 1_200_000_000/12_066 {
			t.Errorf("figures: %+v", a.Figures)
		}
		if got := tribesOf(k); !slices.Equal(got, []string{"foodtok derived"}) {
			t.Errorf("tribes: %v", got)
		}
		if n := w.rows("SELECT count(*) FROM listings WHERE creator_id = ? AND tribes = ',foodtok,'", out.Creator.ID); n != 1 {
			t.Errorf("%d listings", n)
		}
		person, err := accounts.NewStore(d, w.clock.Now, creators.ProfileRows).PersonByID(context.Background(), out.Actor.PersonID)
		if err != nil || person.Name != "Shown Some.One" || person.Locale != "fr" || person.Zone != "UTC" {
			t.Errorf("person: %+v, %v", person, err)
		}
	})
}

const joiners = "username,name,followers,country,category\nSome.One,Imported Name,15000,FR,Food\nSome.Other,Other,15000,BE,Food\n"

func TestAnUnclaimedProfileIsTakenOverByItsHandle(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.load(joiners, imports.Options{AsOf: in2026})
		before := w.creator(w.account(platform.TikTok, "some.one"))
		out := w.connect(profile("u1", "SOME.one", 20_000))
		if !out.PersonCreated || !out.ProfileClaimed || out.Creator.ID != before.ID || out.Creator.PublicID != before.PublicID || out.Creator.ClaimedAt == nil {
			t.Errorf("connected: %+v, want creator %d", out, before.ID)
		}
		k := w.kit(out.Actor)
		if k.Creator.Name != "Shown SOME.one" || k.Creator.Country != "FR" || k.Creator.Zone != "Europe/Paris" {
			t.Errorf("creator: %+v", k.Creator)
		}
		if len(k.Accounts) != 1 || k.Account.Source != creators.SourceVerified || k.Account.Handle != "SOME.one" || k.Account.Followers != 20_000 || k.Account.Basis != creators.BasisPosts {
			t.Errorf("accounts: %+v", k.Accounts)
		}
		if got := tribesOf(k); !slices.Equal(got, []string{"foodtok imported"}) {
			t.Errorf("tribes: %v", got)
		}
		person, err := accounts.NewStore(d, w.clock.Now, creators.ProfileRows).PersonByID(context.Background(), out.Actor.PersonID)
		if err != nil || person.Zone != "Europe/Paris" {
			t.Errorf("person: %+v, %v", person, err)
		}

		// The handle moved on: whoever has it now does not get what is claimed.
		next := w.connect(profile("u2", "some.one", 30_000))
		if next.ProfileClaimed || next.Creator.ID == before.ID || !next.PersonCreated {
			t.Errorf("the next owner of the handle got %+v", next)
		}
		if other := w.creator(w.account(platform.TikTok, "some.other")); other.IsClaimed() {
			t.Error("somebody else's profile was taken over")
		}
	})
}

func TestAClaimedProfilesOtherAccountIsNotTakenOver(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.load(joiners, imports.Options{AsOf: in2026})
		one := w.connect(profile("u1", "some.one", 20_000))
		other := w.account(platform.TikTok, "some.other")
		w.must(d.Tx(context.Background(), func(tx *db.Tx) error {
			return tx.Exec("UPDATE creator_accounts SET creator_id = ? WHERE id = ?", one.Creator.ID, other.ID).Error
		}))
		out := w.connect(profile("u2", "some.other", 20_000))
		if out.ProfileClaimed || out.Creator.ID == one.Creator.ID {
			t.Errorf("connected: %+v", out)
		}
		if a := w.account(platform.TikTok, "some.one"); a.CreatorID != one.Creator.ID {
			t.Errorf("account: %+v", a)
		}
	})
}

func TestFiftyFirstSignInsMakeOnePerson(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.load(joiners, imports.Options{AsOf: in2026})
		for _, handle := range []string{"some.one", "nobody.knows"} {
			var wg sync.WaitGroup
			var mu sync.Mutex
			people, news, claims := map[[2]int64]bool{}, 0, 0
			for range 50 {
				wg.Go(func() {
					out, err := w.SignInWithPlatform(context.Background(), platform.TikTok, profile("u "+handle, handle, 20_000), creators.PlatformToken{}, "en")
					mu.Lock()
					defer mu.Unlock()
					if err != nil {
						t.Error(err)
						return
					}
					people[[2]int64{out.Actor.PersonID, out.Creator.ID}] = true
					if out.PersonCreated {
						news++
					}
					if out.ProfileClaimed {
						claims++
					}
				})
			}
			wg.Wait()
			if want := map[string]int{"some.one": 1}[handle]; len(people) != 1 || news != 1 || claims != want {
				t.Errorf("%s: people and creators %v, %d new, %d claims", handle, people, news, claims)
			}
		}
		for query, want := range map[string]int64{
			"SELECT count(*) FROM people": 2, "SELECT count(*) FROM identities": 2, "SELECT count(*) FROM creators": 3,
			"SELECT count(*) FROM creator_accounts": 3, "SELECT count(*) FROM posts": 24, "SELECT count(*) FROM listings": 3,
		} {
			if n := w.rows(query); n != want {
				t.Errorf("%s: %d, want %d", query, n, want)
			}
		}
	})
}

func TestASecondSignInRefreshesAndKeepsWhatWasEdited(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		first := w.connect(profile("u1", "some.one", 20_000))
		w.must(w.EditProfile(context.Background(), first.Actor, creators.ProfileForm{Name: "Own Name", Bio: "Own bio", Country: "BE", Languages: []string{"nl"}}))

		w.clock.Advance(10 * 24 * time.Hour)
		p := profile("u1", "Renamed", 30_000)
		p.DisplayName, p.Bio, p.ReadAt = "New display", "New bio", w.clock.Now()
		p.LatestPosts = p.LatestPosts[:6]
		for i := range p.LatestPosts {
			p.LatestPosts[i].Views = new(int64(5000))
		}
		p.LatestPosts[0].Likes = nil // the platform leaves it out: what was known stays
		out := w.connect(p)
		if out.PersonCreated || out.ProfileClaimed || out.Creator.ID != first.Creator.ID || out.Actor.PersonID != first.Actor.PersonID || out.Actor.Locale != "fr" {
			t.Errorf("connected: %+v", out)
		}
		k := w.kit(out.Actor)
		if c := k.Creator; c.Name != "Own Name" || c.Bio != "Own bio" || c.Country != "BE" || c.Zone != "Europe/Brussels" || c.SearchText != " own name renamed | own bio fyp recipe " {
			t.Errorf("creator: %+v", c)
		}
		a := k.Account
		if len(k.Accounts) != 1 || a.Handle != "Renamed" || a.HandleKey != "renamed" || a.Name != "New display" || a.Followers != 30_000 || !a.AsOf.Equal(w.clock.Now()) {
			t.Errorf("account: %+v", a)
		}
		if len(k.Posts) != 12 || *a.Sample != 12 || *k.Posts[0].Likes != 80 || *k.Posts[0].Views != 5000 || *k.Posts[11].Views != 1011 {
			t.Errorf("%d posts, figures %+v", len(k.Posts), a.Figures)
		}
		if keys, err := w.HandlesOnPlatform(context.Background(), out.Creator.ID, platform.TikTok); err != nil || !slices.Equal(keys, []string{"renamed"}) {
			t.Errorf("handles: %v, %v", keys, err)
		}

		// An answer that was read before, and comes late, changes nothing.
		w.connect(profile("u1", "some.one", 20_000))
		if again := w.kit(out.Actor).Account; again.Handle != "Renamed" || again.Followers != 30_000 {
			t.Errorf("account: %+v", again)
		}
	})
}

func TestTheFloorIncludesItself(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for followers, gap := range map[int64]int64{9_999: 1, 10_000: 0, 0: 10_000} {
			out := w.connect(profile(fmt.Sprint("u", followers), fmt.Sprint("h", followers), followers))
			if out.FollowersMissing != gap || out.Creator.Listed != (gap == 0) || w.kit(out.Actor).Account.Listed != (gap == 0) {
				t.Errorf("%d followers: %+v", followers, out)
			}
			if n := w.rows("SELECT count(*) FROM listings WHERE creator_id = ?", out.Creator.ID); (n == 1) != (gap == 0) {
				t.Errorf("%d followers: %d listings", followers, n)
			}
		}
		// Followers go, and the listing with them once the grace is over.
		p := profile("u10000", "h10000", 9_000)
		w.clock.Advance(time.Hour)
		p.ReadAt = w.clock.Now()
		if out := w.connect(p); out.FollowersMissing != 0 || !out.Creator.Listed {
			t.Errorf("connected: %+v", out)
		}
		w.clock.Advance(creators.GracePeriod)
		if _, err := w.SweepListings(context.Background()); err != nil {
			t.Fatal(err)
		}
		p.ReadAt = w.clock.Now()
		if out := w.connect(p); out.FollowersMissing != 1000 || out.Creator.Listed {
			t.Errorf("connected: %+v", out)
		}
		if n := w.rows("SELECT count(*) FROM listings"); n != 0 {
			t.Errorf("%d listings", n)
		}
	})
}

func TestWhatThePlatformDoesNotSay(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for name, c := range map[string]struct {
			spoil func(*creators.PlatformProfile)
			want  error
		}{
			"followers": {func(p *creators.PlatformProfile) { p.Followers = nil }, creators.ErrFollowersHidden},
			"handle":    {func(p *creators.PlatformProfile) { p.Handle = " @ " }, creators.ErrMissingScope},
			"user":      {func(p *creators.PlatformProfile) { p.UserID = "" }, creators.ErrMissingScope},
		} {
			p := profile("u0", "some.one", 20_000)
			c.spoil(&p)
			if _, err := w.SignInWithPlatform(context.Background(), platform.TikTok, p, creators.PlatformToken{}, "en"); !errors.Is(err, c.want) {
				t.Errorf("no %s: %v", name, err)
			}
		}
		if n := w.rows("SELECT count(*) FROM people"); n != 0 {
			t.Errorf("%d people", n)
		}

		p := profile("u1", "no.likes", 20_000)
		p.Likes, p.DisplayName, p.Bio = nil, "", ""
		for i := range 9 {
			p.LatestPosts[i].Likes = nil
		}
		p.LatestPosts = append(p.LatestPosts, p.LatestPosts[0], creators.PlatformPost{}) // the same post twice, and none
		k := w.kit(w.connect(p).Actor)
		if a := k.Account; a.TotalLikes != nil || *a.Sample != 3 || a.EngagementPPM != nil || a.MedianViews != nil || k.Creator.Name != "no.likes" || len(k.Posts) != 12 {
			t.Errorf("without likes: %+v, %d posts", a, len(k.Posts))
		}

		p = profile("u2", "no.posts", 20_000)
		p.LatestPosts = nil
		if a := w.kit(w.connect(p).Actor).Account; a.Basis != creators.BasisNone || a.FiguresAsOf != nil || !a.Listed {
			t.Errorf("posts refused: %+v", a)
		}
		p = profile("u3", "posts.of.none", 20_000)
		p.LatestPosts = []creators.PlatformPost{}
		if a := w.kit(w.connect(p).Actor).Account; a.Basis != creators.BasisPosts || *a.Sample != 0 || a.EngagementPPM != nil {
			t.Errorf("no posts: %+v", a)
		}
	})
}

func TestImportedMeansDoNotBecomeVerified(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.NewSQLite(t))
	w.load("username,followers,avg views,avg likes,avg comments,avg shares\nsome.one,15000,1000,100,10,5\n", imports.Options{AsOf: in2026})
	if a := w.account(platform.TikTok, "some.one"); a.EngagementPPM == nil {
		t.Fatalf("imported: %+v", a)
	}
	p := profile("u1", "some.one", 20_000)
	p.LatestPosts = nil
	out := w.connect(p)
	if a := w.kit(out.Actor).Account; !out.ProfileClaimed || a.Source != creators.SourceVerified || a.Basis != creators.BasisNone || a.EngagementPPM != nil {
		t.Errorf("account: %+v", a)
	}
}

// An import reads rows and writes them back; a sign-in in between must not be lost.
func TestSigningInWhileAnImportRuns(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		list := func(day int) string {
			var b strings.Builder
			b.WriteString(importtest.VideoHeader)
			for i := range 60 {
				for p := range 6 {
					b.WriteString(importtest.Video(1000*day+10*i+p, 3+p, fmt.Sprint("h", i), "['recipe']", 1000+day, 15_000+day))
				}
			}
			return b.String()
		}
		w.load(list(0), imports.Options{})
		done := make(chan error, 1)
		go func() {
			var err error
			for day := 1; day <= 4 && err == nil; day++ {
				_, err = imports.NewImporter(w.db, w.Store, w.clock.Now).ImportFiles(context.Background(), []imports.File{importtest.File("a.csv", list(day))}, imports.Options{})
			}
			done <- err
		}()
		for i := range 60 {
			if out := w.connect(profile(fmt.Sprint("u", i), fmt.Sprint("H", i), 20_000)); !out.ProfileClaimed {
				t.Errorf("connected: %+v", out)
			}
		}
		w.must(<-done)
		if n := w.rows("SELECT count(*) FROM creators WHERE person_id IS NOT NULL AND name LIKE 'Shown %'"); n != 60 {
			t.Errorf("%d claimed creators", n)
		}
		if n := w.rows("SELECT count(*) FROM creator_accounts WHERE source = 'verified' AND followers = 20000"); n != 60 || w.rows("SELECT count(*) FROM creator_accounts") != 60 {
			t.Errorf("%d verified accounts", n)
		}
	})
}

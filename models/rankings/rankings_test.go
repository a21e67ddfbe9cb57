package rankings_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/platform"
	"tribemarket/models/rankings"
)

func TestPeriodsAreISOWeeksAndMonths(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		at                 string
		week, before       string
		month, monthBefore string
		begin              string
	}{
		{"2026-11-20T09:00:00Z", "2026-W47", "2026-W46", "2026-11", "2026-10", "2026-11-16"},
		{"2026-11-16T00:00:00Z", "2026-W47", "2026-W46", "2026-11", "2026-10", "2026-11-16"},
		{"2026-11-15T23:59:59Z", "2026-W46", "2026-W45", "2026-11", "2026-10", "2026-11-09"},
		{"2027-01-01T00:30:00Z", "2026-W53", "2026-W52", "2027-01", "2026-12", "2026-12-28"},
		{"2027-01-04T00:00:00Z", "2027-W01", "2026-W53", "2027-01", "2026-12", "2027-01-04"},
		{"2026-03-31T12:00:00Z", "2026-W14", "2026-W13", "2026-03", "2026-02", "2026-03-30"},
		{"2027-01-01T00:30:00+02:00", "2026-W53", "2026-W52", "2026-12", "2026-11", "2026-12-28"},
	} {
		at, err := time.Parse(time.RFC3339, tc.at)
		if err != nil {
			t.Fatal(err)
		}
		w, m := rankings.SpanWeek, rankings.SpanMonth
		if w.Period(at) != tc.week || w.PeriodBefore(at) != tc.before || m.Period(at) != tc.month || m.PeriodBefore(at) != tc.monthBefore {
			t.Errorf("%s: %s after %s, %s after %s", tc.at, w.Period(at), w.PeriodBefore(at), m.Period(at), m.PeriodBefore(at))
		}
		if got := w.PeriodStart(at).Format("2006-01-02"); got != tc.begin {
			t.Errorf("%s: the week begins on %s, want %s", tc.at, got, tc.begin)
		}
	}
}

// world is a database with rankings on it.
type world struct {
	*rankings.Store
	store *creators.Store
	t     testing.TB
	db    *db.DB
	clock *testkit.Clock
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	c, err := creators.NewTribeCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	clock := testkit.NewClock()
	store := creators.NewStore(d, clock.Now, c)
	return &world{rankings.NewStore(d, store, clock.Now), store, t, d, clock}
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) rows(query string, args ...any) int64 {
	w.t.Helper()
	var n int64
	w.must(w.db.Read(w.t.Context()).Raw(query, args...).Scan(&n).Error)
	return n
}

// someone is a creator to be ranked.
type someone struct {
	handle    string
	country   string
	tribes    []string
	platform  string // TikTok unless set
	imported  bool
	followers int64
	price     models.Money
	posts     []creators.Post
	readings  map[int]int64 // followers by days ago
}

// posted are n posts, the newest some days old, each with as many views and
// likes; a tenth of the likes are comments and shares more.
func posted(n, days int, views, likes int64, tags ...string) []creators.Post {
	var all []creators.Post
	for i := range n {
		all = append(all, creators.Post{
			PostedAt: testkit.ClockStart.AddDate(0, 0, -days).Add(-time.Duration(i) * time.Hour), Views: &views, Likes: &likes,
			Comments: new(int64(0)), Shares: new(int64(0)), Hashtags: strings.Join(tags, " "),
		})
	}
	return all
}

// come writes creators, who are listed. It gives their ids by handle.
func (w *world) come(all ...someone) map[string]int64 {
	w.t.Helper()
	ids := map[string]int64{}
	w.must(w.db.Tx(w.t.Context(), func(tx *db.Tx) error {
		for _, x := range all {
			now := w.clock.Now()
			c := creators.Creator{PublicID: models.NewPublicID(), Name: strings.ToUpper(x.handle), Country: x.country, Zone: "UTC", CreatedAt: now, UpdatedAt: now}
			if err := tx.Create(&c).Error; err != nil {
				return err
			}
			ids[x.handle] = c.ID
			a := creators.Account{
				CreatorID: c.ID, Platform: x.platform, Handle: x.handle, HandleKey: x.handle, Source: creators.SourceVerified, PlatformUserID: &x.handle, AsOf: now,
				Followers: max(x.followers, creators.DefaultFollowerFloor), Listed: true, CreatedAt: now, UpdatedAt: now, PublicID: new(models.NewPublicID()),
			}
			if a.Platform == "" {
				a.Platform = platform.TikTok
			}
			if x.imported {
				a.Source, a.PlatformUserID, a.PublicID = creators.SourceImported, nil, nil
			}
			a.Figures = new(creators.Store).ComputeFigures(a.Platform, x.posts, now)
			if err := tx.Create(&a).Error; err != nil {
				return err
			}
			for i, p := range x.posts {
				p.AccountID, p.PlatformPostID, p.ReadAt = a.ID, fmt.Sprint(i), now
				if err := tx.Create(&p).Error; err != nil {
					return err
				}
			}
			for days, n := range x.readings {
				s := creators.AccountSnapshot{AccountID: a.ID, Day: models.DateOf(now).AddDays(-days).String(), ReadAt: now.AddDate(0, 0, -days), Followers: n}
				if err := tx.Create(&s).Error; err != nil {
					return err
				}
			}
			for _, tribe := range x.tribes {
				if err := tx.Create(&creators.TribeMembership{CreatorID: c.ID, Tribe: tribe, Known: creators.TribeImported}).Error; err != nil {
					return err
				}
			}
			if x.price.Minor > 0 {
				if err := tx.Create(&creators.StartingPrice{CreatorID: c.ID, Format: "video", Minor: x.price.Minor, Currency: x.price.Currency}).Error; err != nil {
					return err
				}
			}
			if err := w.store.Relist(tx, []int64{c.ID}); err != nil {
				return err
			}
		}
		return nil
	}))
	return ids
}

// ranking reads one as lines: place, who, and how the place changed.
func (w *world) ranking(q rankings.Query) (rankings.Ranking, string) {
	w.t.Helper()
	r, err := w.Ranking(w.t.Context(), q)
	w.must(err)
	var lines []string
	for _, p := range r.Places {
		change, by := r.ChangeOf(p)
		lines = append(lines, fmt.Sprintf("%d %s %d %s %d", p.Place, p.Handle, p.PPM, change, by))
	}
	return r, strings.Join(lines, "\n")
}

func (w *world) wants(what string, q rankings.Query, want ...string) rankings.Ranking {
	w.t.Helper()
	r, got := w.ranking(q)
	if got != strings.Join(want, "\n") {
		w.t.Errorf("%s:\n%s\nwant\n%s", what, got, strings.Join(want, "\n"))
	}
	return r
}

func TestCreatorsAreRankedByEngagement(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		food, week := []string{"foodtok"}, rankings.Query{Tribe: "foodtok", Measure: rankings.RankEngagement, Span: rankings.SpanWeek}
		if r := w.wants("before the first time", week); r.Edition != nil {
			t.Error("there is a ranking that nobody computed")
		}
		ids := w.come(
			someone{handle: "tie1", tribes: food, country: "BE", posts: posted(3, 3, 1000, 100)},
			someone{handle: "tie2", tribes: food, country: "BE", posts: posted(3, 3, 2000, 200)},
			someone{handle: "best", tribes: []string{"booktok", "foodtok"}, country: "FR", imported: true, posts: posted(3, 3, 1000, 300)},
			someone{handle: "few", tribes: food, posts: posted(2, 3, 1000, 900)},
			someone{handle: "small", tribes: food, posts: posted(3, 3, 333, 330)},
			someone{handle: "fresh", tribes: food, posts: posted(5, 1, 1000, 900)},
			someone{handle: "old", tribes: food, posts: posted(5, 10, 1000, 900)},
			someone{handle: "tube", tribes: food, platform: platform.YouTube, posts: posted(5, 3, 1000, 900)},
			someone{handle: "insta", tribes: food, platform: platform.Instagram, posts: posted(4, 3, 1000, 50)},
		)
		w.must(w.ComputeRankings(t.Context()))
		r := w.wants("the week", week, "1 best 300000 none 0", "2 tie1 100000 none 0", "3 tie2 100000 none 0", "4 insta 50000 none 0")
		if p := r.Places[0]; p.Part != 900 || p.Whole != 3000 || p.Posts != 3 || p.FromDay != "2026-11-13" || p.ToDay != "2026-11-18" || p.Source != creators.SourceImported {
			t.Errorf("the figure is made of %+v", p)
		}
		if r.Edition.Period != "2026-W47" || r.Compared || len(r.Countries) != 0 {
			t.Errorf("%+v, compared %v, countries %v", r.Edition, r.Compared, r.Countries)
		}
		month := week
		month.Span = rankings.SpanMonth
		w.wants("the month needs five posts", month, "1 old 900000 none 0")
		books := week
		books.Tribe = "booktok"
		w.wants("another tribe", books, "1 best 300000 none 0")
		books.Tribe = ""
		w.wants("all tribes", books, "1 best 300000 none 0", "2 tie1 100000 none 0", "3 tie2 100000 none 0", "4 insta 50000 none 0")
		belgium := week
		belgium.Country = "BE"
		w.wants("two are no ranking of a country", belgium)

		// The next week: one is new, one has risen, and somebody left.
		w.come(someone{handle: "late", tribes: food, posts: posted(3, -4, 1000, 500)})
		w.must(d.Tx(t.Context(), func(tx *db.Tx) error {
			return tx.Exec("UPDATE posts SET posted_at = ?, likes = CASE WHEN account_id = (SELECT id FROM creator_accounts WHERE handle = 'tie2') THEN 800 ELSE likes END WHERE posted_at > ? AND posted_at < ?",
				testkit.ClockStart.AddDate(0, 0, 4), testkit.ClockStart.AddDate(0, 0, -4), testkit.ClockStart).Error
		}))
		w.clock.Advance(7 * 24 * time.Hour)
		w.must(w.ComputeRankings(t.Context()))
		w.must(w.ComputeRankings(t.Context())) // a second run gives the same
		after := []string{"1 fresh 900000 new 0", "2 late 500000 new 0", "3 tie2 400000 same 0", "4 best 300000 down 3", "5 tie1 100000 down 3", "6 insta 50000 down 2"}
		if r := w.wants("the week after", week, after...); !r.Compared || r.Edition.Period != "2026-W48" {
			t.Errorf("%+v, compared %v", r.Edition, r.Compared)
		}
		week.Hidden = []int64{ids["tie2"]}
		w.wants("without who is hidden from the viewer", week, append(after[:2:2], after[3:]...)...)
		week.Hidden = nil
		w.must(d.Tx(t.Context(), func(tx *db.Tx) error {
			if err := tx.Exec("UPDATE creators SET suspended_at = ? WHERE id = ?", w.clock.Now(), ids["best"]).Error; err != nil {
				return err
			}
			return w.store.Relist(tx, []int64{ids["best"]})
		}))
		w.wants("who is not listed any more is gone at once, and places close up", week,
			"1 fresh 900000 new 0", "2 late 500000 new 0", "3 tie2 400000 down 1", "4 tie1 100000 down 3", "5 insta 50000 down 2")
		if n := w.rows("SELECT count(*) FROM ranking_editions"); n != 6 { // two weeks of two measures, and one month
			t.Errorf("%d editions are kept", n)
		}
		w.clock.Advance(14 * 24 * time.Hour)
		w.must(w.ComputeRankings(t.Context()))
		if n := w.rows("SELECT count(*) FROM ranking_editions WHERE span = 'week' AND period <> '2026-W50'"); n != 0 {
			t.Errorf("%d old weeks are kept", n)
		}
		if n := w.rows("SELECT count(*) FROM ranking_places WHERE edition_id NOT IN (SELECT id FROM ranking_editions)"); n != 0 {
			t.Errorf("%d places are of no edition", n)
		}
		week.Tribe = "nosuchtok"
		if _, err := w.Ranking(t.Context(), week); models.CodeOf(err) != models.CodeNotFound {
			t.Errorf("a tribe that is not there: %v", err)
		}
	})
}

// Likes above views cannot be: who is marked for them has no place, and a single such post
// lifts nobody.
func TestMoreLikesThanViewsWinNoRanking(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		food := []string{"foodtok"}
		w.come(
			someone{handle: "honest", tribes: food, posts: posted(6, 3, 1000, 100)},
			someone{handle: "likes", tribes: food, posts: posted(6, 3, 1000, 1001)},
			someone{handle: "unseen", tribes: food, posts: posted(6, 3, 0, 5000)},
			someone{handle: "mixed", tribes: food, posts: append(posted(6, 3, 1000, 50), posted(1, 4, 0, 5500)...)},
			someone{handle: "half", tribes: food, posts: append(posted(3, 3, 1000, 900), posted(4, 4, 10, 9000)...)},
		)
		w.must(w.ComputeRankings(t.Context()))
		w.wants("the week", rankings.Query{Tribe: "foodtok", Measure: rankings.RankEngagement, Span: rankings.SpanWeek}, "1 honest 100000 none 0", "2 mixed 50000 none 0")
		w.wants("the month", rankings.Query{Tribe: "foodtok", Measure: rankings.RankEngagement, Span: rankings.SpanMonth}, "1 honest 100000 none 0", "2 mixed 50000 none 0")
	})
}

func TestCreatorsAreRankedByGrowth(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		var all []someone
		add := func(handle string, readings map[int]int64) {
			all = append(all, someone{handle: handle, tribes: []string{"techtok"}, country: "NL", readings: readings})
		}
		add("double", map[int]int64{30: 10_000, 7: 20_000, 0: 40_000})
		add("beside", map[int]int64{8: 10_000, 0: 15_000})
		add("gap", map[int]int64{9: 10_000, 5: 10_000, 0: 15_000})
		add("shrunk", map[int]int64{7: 30_000, 0: 15_000})
		add("still", map[int]int64{7: 15_000, 0: 15_000})
		add("tiny", map[int]int64{7: 999, 0: 15_000})
		add("thousand", map[int]int64{7: 1000, 0: 1100})
		add("stale", map[int]int64{10: 10_000, 3: 15_000})
		add("yesterday", map[int]int64{9: 10_000, 2: 12_000})
		add("sixth", map[int]int64{7: 10_000, 0: 10_001})
		all = append(all,
			someone{handle: "tube", tribes: []string{"techtok"}, country: "NL", platform: platform.YouTube, readings: map[int]int64{7: 10_000, 0: 20_000}},
			someone{handle: "file", tribes: []string{"techtok"}, country: "NL", imported: true, readings: map[int]int64{7: 10_000, 0: 20_000}})
		ids := w.come(all...)
		w.must(w.ComputeRankings(t.Context()))
		q := rankings.Query{Tribe: "techtok", Measure: rankings.RankGrowth, Span: rankings.SpanWeek}
		want := []string{"1 double 1000000 none 0", "2 beside 500000 none 0", "3 yesterday 200000 none 0", "4 thousand 100000 none 0", "5 sixth 100 none 0"}
		r := w.wants("growth", q, want...)
		if p := r.Places[2]; p.FromDay != "2026-11-11" || p.ToDay != "2026-11-18" || p.Part != 12_000 || p.Whole != 10_000 {
			t.Errorf("measured between %+v", p)
		}
		if len(r.Countries) != 1 || r.Countries[0] != "NL" {
			t.Errorf("countries %v", r.Countries)
		}
		q.Country = "NL"
		w.wants("growth in a country", q, want...)
		q.Country, q.Span = "", rankings.SpanMonth
		w.wants("over a month", q, "1 double 3000000 none 0")

		w.store.YouTubeDerived = true
		w.must(w.ComputeRankings(t.Context()))
		q.Span = rankings.SpanWeek
		if _, got := w.ranking(q); !strings.Contains(got, "tube 1000000") {
			t.Errorf("with YouTube's amendment:\n%s", got)
		}
		if ids["double"] == 0 {
			t.Error("nobody came")
		}
	})
}

func TestARankingHasAHundredPlaces(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.NewSQLite(t))
	var all []someone
	for i := range 130 {
		all = append(all, someone{handle: fmt.Sprintf("h%03d", i), tribes: []string{"foodtok"}, country: "BE", posts: posted(3, 3, 1000, int64(100+i))})
	}
	w.come(all...)
	w.must(w.ComputeRankings(t.Context()))
	r, _ := w.ranking(rankings.Query{Tribe: "foodtok", Country: "BE", Measure: rankings.RankEngagement, Span: rankings.SpanWeek})
	if len(r.Places) != 100 || r.Places[0].Handle != "h129" || r.Places[99].Handle != "h030" || r.Places[99].Place != 100 {
		t.Errorf("%d places, from %+v to %+v", len(r.Places), r.Places[0], r.Places[len(r.Places)-1])
	}
}

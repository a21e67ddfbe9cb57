package creators_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/imports"
	"tribemarket/models/platform"
	"tribemarket/models/search"
)

// engine searches what the world holds.
func (w *world) engine() *search.Engine { return search.NewEngine(w.db, w.Store, w.clock.Now) }

func (w *world) listing(accountID int64) creators.Listing {
	w.t.Helper()
	var l creators.Listing
	w.must(w.db.Read(context.Background()).Where("account_id = ?", accountID).Take(&l).Error)
	return l
}

// told is a listing as it reads, without the ids.
func told(l creators.Listing) string {
	l.AccountID, l.CreatorID = 0, 0
	b, _ := json.Marshal(l)
	return string(b)
}

// Every column of a listing has what the tables around it say.
func TestAListingHoldsAllThatASearchAsks(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := context.Background()
		p := profile("u1", "lea", 50_000)
		p.Audience = []creators.AudiencePart{{Kind: creators.AudienceByCountry, Key: "BE", PPM: 300_000}, {Kind: creators.AudienceByCountry, Key: "FR", PPM: 450_000}}
		for _, r := range []struct {
			days, followers int64
		}{{-90, 25_000}, {-30, 62_500}, {0, 50_000}} {
			p.ReadAt, p.Followers = testkit.ClockStart.AddDate(0, 0, int(r.days)), &r.followers
			w.connect(p)
		}
		lea := w.connect(p)
		w.must(w.EditProfile(ctx, lea.Actor, creators.ProfileForm{
			Name: "Léa", Country: "FR", Region: "FR-IDF", Languages: []string{"fr", "en"}, Tribes: []string{"techtok"}, ContentTypes: []string{"review", "tutorial"},
			Prices: []creators.StartingPriceForm{{Format: "video", Amount: "420", Currency: "EUR"}, {Format: "story", Amount: "9000", Currency: "JPY"}},
		}))
		w.must(w.DeclareAudience(ctx, lea.Actor, creators.AudienceForm{Platform: "tiktok", Handle: "lea", Shares: map[creators.AudienceDimension]map[string]string{
			creators.AudienceByAge: {"18-24": "30", "25-34": "60"}, creators.AudienceByGender: {"female": "70"},
		}}))
		w.must(w.SetLimits(ctx, lea.Actor, creators.LimitsForm{Capacity: "2", Absences: []creators.AbsenceForm{{From: "2026-12-20", To: "2027-01-03"}, {From: "2026-11-01", To: "2026-11-19"}, {From: "2026-11-15", To: "2026-11-20"}}}))
		set := func(a creators.DealActivity) {
			w.must(d.Tx(ctx, func(tx *db.Tx) error {
				return w.SaveDealActivity(tx, lea.Creator.ID, func() (creators.DealActivity, error) { return a, nil })
			}))
		}
		set(creators.DealActivity{ProposalsClosed: 3, ProposalsAnswered: 2, ResponseMinutes: new(int64(90)), DeliverablesByMonth: map[string]int64{"2026-10": 2, "2026-11": 2, "2026-12": 1, "2027-02": 3}, CompletedByCategory: map[string]int64{"food": 2, "beauty": 1}})
		a := w.account(platform.TikTok, "lea")
		got := w.listing(a.ID)
		want := creators.Listing{
			Platform: "tiktok", Country: "FR", Region: "FR-IDF", Tribes: ",foodtok,techtok,", TribesKnown: "vd", Languages: ",en,fr,", ContentTypes: ",review,tutorial,",
			Categories: ",beauty,food,", Source: creators.SourceVerified, Followers: 50_000,
			EngagementPPM: a.EngagementPPM, MedianViews: new(int64(1005)), MeanViews: new(int64(1005)), P25Views: new(int64(1002)), P75Views: new(int64(1008)),
			Growth30PPM: new(int64(-200_000)), Growth90PPM: new(int64(1_000_000)), Posts30: new(int64(12)), LastPosted: new("2026-11-17"),
			PriceVideoMinor: new(int64(42_000)), PriceVideoCurrency: new("EUR"), PriceStoryMinor: new(int64(9_000)), PriceStoryCurrency: new("JPY"),
			ResponseMinutes: new(int64(90)), ResponsePPM: new(int64(666_666)), FullMonths: ",2026-11,2027-02,",
			Absences: "2026-11-15..2026-11-20,2026-12-20..2027-01-03",
			Audience: "age:25-34:600000,age:18-24:300000,country:FR:450000,country:BE:300000,gender:female:700000",
			Sole:     true, Standing: 20_000_000_000_000 + 50_000,
		}
		if told(got) != told(want) {
			t.Errorf("\n%s, want\n%s", told(got), told(want))
		}
		engine := w.engine()
		testkit.CatchUp(t, engine)
		for query, want := range map[string]int64{
			"free_from=2026-11-25": 0, "free_from=2026-11-25&free_to=2026-11-30": 0, // full
			"free_from=2026-11-25&free_to=2026-12-10": 1, "free_from=2026-12-05": 1, // in a part of it, or not
			"free_from=2027-02-05": 0, "free_from=2027-01-25&free_to=2027-02-10": 1, "free_from=2026-12-01&free_to=2036-12-01": 0, // full again, not all of it, away
			"free_from=2026-12-10&free_to=2026-12-21": 0, // away
		} {
			values, err := url.ParseQuery(query)
			w.must(err)
			f, _ := search.ParseFilter(values, w.TribeCatalogue())
			found, err := engine.Search(ctx, f)
			w.must(err)
			if found.Total != want {
				t.Errorf("%s: %d, want %d", query, found.Total, want)
			}
		}

		w.clock.Advance(11 * 24 * time.Hour) // to December, when one more can be due
		_, err := w.SweepListings(ctx)
		w.must(err)
		if l := w.listing(a.ID); l.FullMonths != ",2027-02," || l.Absences != "2026-12-20..2027-01-03" {
			t.Errorf("in a new month: %s", told(l))
		}
		r := w.reader()
		set(creators.DealActivity{ProposalsClosed: 3, ProposalsAnswered: 2, ResponseMinutes: new(int64(90)), DeliverablesByMonth: map[string]int64{"2026-10": 2, "2026-11": 2, "2026-12": 1, "2027-02": 3}, CompletedByCategory: map[string]int64{"food": 2, "beauty": 1}})
		r.wants("the same activity again")
		w.must(w.EditProfile(ctx, lea.Actor, creators.ProfileForm{Name: "Léa", Country: "BE", Region: "FR-IDF"}))
		if l := w.listing(a.ID); l.Region != "" || l.PriceVideoMinor != nil || l.ContentTypes != "" {
			t.Errorf("in another country: %s", told(l))
		}
	})
}

// What nobody knows is null, not nothing.
func TestWhatIsNotKnownOfAnImportedAccountIsNull(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.load("username,followers,avg views,category\nplain,40000,700,food\n", imports.Options{AsOf: in2026})
		l := w.listing(w.account(platform.TikTok, "plain").ID)
		for column, known := range map[string]bool{
			"median": l.MedianViews != nil, "p25": l.P25Views != nil, "p75": l.P75Views != nil, "growth 30": l.Growth30PPM != nil, "growth 90": l.Growth90PPM != nil,
			"posts 30": l.Posts30 != nil, "last posted": l.LastPosted != nil, "price": l.PriceVideoMinor != nil, "response": l.ResponsePPM != nil || l.ResponseMinutes != nil,
		} {
			if known {
				t.Errorf("%s is known: %s", column, told(l))
			}
		}
		if l.Source != creators.SourceImported || l.TribesKnown != "i" || l.FullMonths != "" || l.Audience != "" {
			t.Errorf("%s", told(l))
		}
	})
}

// New posts move the days of a listing, even where no figure moves.
func TestPostsThatAreTooYoungForFiguresCount(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		header := "username,followers,video_id,views,likes,comments,shares,create_time\n"
		w.load(header+"lea,40000,1,1000,10,1,1,2026-05-01T10:00:00Z\n", imports.Options{AsOf: in2026})
		w.load(header+"lea,40000,2,1000,10,1,1,2026-05-31T23:30:00Z\n", imports.Options{AsOf: in2026})
		l := w.listing(w.account(platform.TikTok, "lea").ID)
		if l.LastPosted == nil || *l.LastPosted != "2026-05-31" || *l.Posts30 != 1 {
			t.Errorf("%s", told(l))
		}
	})
}

// A database of an older version is filled in once, and by one node's work.
func TestRederiveFillsWhatAnOlderVersionDidNotKeep(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := context.Background()
		var want []string
		var accounts []int64
		for i := range 3 {
			w.connect(profile(fmt.Sprint("u", i), fmt.Sprint("h", i), 20_000))
			a := w.account(platform.TikTok, fmt.Sprint("h", i))
			accounts, want = append(accounts, a.ID), append(want, told(w.listing(a.ID))+w.creator(a).SearchText+w.creator(a).Hashtags)
		}
		for _, before := range []string{
			"UPDATE listings SET region = '', tribes_known = '', source = 'imported', mean_views = NULL, p25_views = NULL, p75_views = NULL, posts_30 = NULL, last_posted = NULL",
			"UPDATE creator_accounts SET p25_views = NULL, p75_views = NULL", "UPDATE creators SET hashtags = '', search_text = 'as before'",
		} {
			w.must(d.Read(ctx).Exec(before).Error)
		}
		calls := 0
		progress := func(done, total int64) {
			if calls++; done != 3 || total != 3 {
				t.Errorf("%d of %d", done, total)
			}
		}
		for range 2 {
			w.must(w.BackfillDerivedData(ctx, progress))
		}
		if calls != 1 {
			t.Errorf("%d batches", calls)
		}
		for i, id := range accounts {
			a := w.account(platform.TikTok, fmt.Sprint("h", i))
			if got := told(w.listing(id)) + w.creator(a).SearchText + w.creator(a).Hashtags; got != want[i] {
				t.Errorf("%s, want %s", got, want[i])
			}
		}
	})
}

// Declining is never the worse answer, and hardly anything else moves the typical time.
func TestResponseTime(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		accepted, declined []int64
		want               any
	}{
		{nil, nil, nil},
		{[]int64{10, 20}, nil, nil},
		{[]int64{10, 20, 40}, nil, 20},
		{[]int64{10}, []int64{5, 90}, 10},
		{[]int64{10, 20, 40}, []int64{9_000}, 20},
		{[]int64{10, 20, 40}, []int64{4}, 15},
		{nil, []int64{60, 4, 50}, 50},
		{nil, []int64{60, 4, 50, 70, 80}, 50},
	} {
		got := creators.TypicalResponseMinutes(tc.accepted, tc.declined)
		if (got == nil) != (tc.want == nil) || got != nil && fmt.Sprint(*got) != fmt.Sprint(tc.want) {
			t.Errorf("accepted after %v, declined after %v: %v, want %v", tc.accepted, tc.declined, got, tc.want)
		}
	}
}

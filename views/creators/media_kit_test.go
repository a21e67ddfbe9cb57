package creators_test

import (
	"strings"
	"testing"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/models/files"
	creatorsview "tribemarket/views/creators"
)

// Three or six figures fill their rows, whatever is known of an account.
func TestFiguresFillTheirRows(t *testing.T) {
	t.Parallel()
	posts, likes := int64(264), int64(357_000)
	for name, c := range map[string]struct {
		source creators.FigureSource
		posts  *int64
		want   int
		says   string
	}{
		"connected":              {creators.SourceVerified, &posts, 6, "Posts 264 since the account was created, 357k likes"},
		"connected, no totals":   {creators.SourceVerified, nil, 6, "Posts – No figure Not provided by TikTok"},
		"imported":               {creators.SourceImported, &posts, 3, "Followers 20,000"},
		"declared by the person": {creators.SourceDeclared, nil, 3, "Followers 20,000"},
	} {
		k := kit()
		k.Account.Source, k.Account.TotalPosts, k.Account.TotalLikes = c.source, c.posts, &likes
		k.Growth = []creators.FollowerGrowth{{Days: 30, Reason: creators.GrowthUnread}, {Days: 90, Reason: creators.GrowthUnread}}
		figures := render(t, i18n.EN, creatorsview.MediaKit(creatorsview.MediaKitProps{Kit: k, Now: now})).Find("#figures .stat")
		if got := words(figures); figures.Length() != c.want || !strings.Contains(got, c.says) {
			t.Errorf("%s: %d figures, want %d with %q: %s", name, figures.Length(), c.want, c.says, got)
		}
	}
}

func TestTheEngagementIsBesideItsBand(t *testing.T) {
	t.Parallel()
	for low, want := range map[int64]string{80_000: "within 8.0% to 12.0%, usual for micro in FoodTok", 110_000: "below 11.0% to 12.0%"} {
		k := kit()
		k.Band = &creators.EngagementBand{Platform: k.Account.Platform, Tier: creators.TierOf(k.Account.Followers), Tribe: "foodtok", Accounts: 40, LowPPM: low, HighPPM: 120_000}
		stat := render(t, i18n.EN, creatorsview.MediaKit(creatorsview.MediaKitProps{Kit: k, Now: now})).Find("#figures .stat").First()
		if label := stat.Find("svg.band[role=img]").AttrOr("aria-label", ""); !strings.Contains(label, "10.0%, "+want) || !strings.Contains(words(stat), want) {
			t.Errorf("the band says %q in %s", label, words(stat))
		}
	}
}

// What is as usual is one line, and only what is not is explained.
func TestWhatIsAsUsualIsOneLine(t *testing.T) {
	t.Parallel()
	k := kit()
	k.Signals = []creators.TrustSignal{
		{Name: "source", Case: "verified", Args: []any{"day", models.Date{Year: 2026, Month: 11, Day: 20}, "platform", "tiktok"}},
		{Name: "sample", Case: "enough", Args: []any{"n", int64(30)}},
		{Name: "jump", Case: "none", Args: []any{"days", 7, "most", creators.PPM(200_000)}},
		{Name: "band", Case: "none", Args: []any{"least", 30}},
	}
	rows := render(t, i18n.EN, creatorsview.MediaKit(creatorsview.MediaKitProps{Kit: k, Now: now})).Find("#trust li")
	if got := words(rows.First()); rows.Length() != 2 || !strings.HasPrefix(got, "As usual Followers were read from TikTok") || !strings.Contains(got, "30 posts.") || !strings.Contains(got, "never rose by 20.0%") {
		t.Errorf("%d lines, the first says %s", rows.Length(), got)
	}
}

func TestAChartThatDoesNotStartAtZeroSaysSo(t *testing.T) {
	t.Parallel()
	for first, want := range map[int64]string{16_000: "The scale runs from 16k to 16.4k, not from zero.", 0: ""} {
		k := kit()
		for d := range 5 {
			k.Snapshots = append(k.Snapshots, creators.AccountSnapshot{Day: models.Date{Year: 2026, Month: 11, Day: 1}.AddDays(d).String(), Followers: first + int64(d)*100})
		}
		note := render(t, i18n.EN, creatorsview.MediaKit(creatorsview.MediaKitProps{Kit: k, Now: now})).Find("#figures .fit + .note")
		if got := words(note); got != want {
			t.Errorf("from %d it says %q, want %q", first, got, want)
		}
	}
}

func TestWorksComeFirstAndTheBarCarriesThePrice(t *testing.T) {
	t.Parallel()
	k := kit()
	for range 5 {
		k.Works = append(k.Works, files.Picture{PublicID: "bcdfghjkmn", Width: 400, Height: 500, Colour: "#204060", Use: files.Work})
	}
	doc := render(t, i18n.EN, creatorsview.MediaKit(creatorsview.MediaKitProps{Kit: k, Now: now, CanPropose: true}))
	if first := doc.Find("section").First(); first.AttrOr("id", "") != "works" || first.Find(".works.led > li").Length() != 5 {
		t.Errorf("the first part of the page is %q", first.AttrOr("id", ""))
	}
	if bar := doc.Find(".follow"); !strings.Contains(words(bar), "€150 starting price for one story Send a proposal") || bar.Find("a[href='/c/bcdfghjkmn/negotiations/new']").Length() != 1 {
		t.Errorf("the bar says %s", words(bar))
	}
	k.IsOwn = true
	if n := render(t, i18n.EN, creatorsview.MediaKit(creatorsview.MediaKitProps{Kit: k, Now: now})).Find(".follow").Length(); n != 0 {
		t.Error("the owner is offered a proposal to themselves")
	}
}

func TestTrustIsSaidInOneLine(t *testing.T) {
	t.Parallel()
	k := kit()
	minutes, share := int64(9*60), int64(958_000)
	k.Answers = creators.ProposalAnswers{Minutes: &minutes, SharePPM: &share}
	line := words(render(t, i18n.EN, creatorsview.MediaKit(creatorsview.MediaKitProps{Kit: k, Now: now, Record: deals.TrackRecord{Completed: 14}})).Find(".one-line"))
	if want := "Verified, 6 h ago Answers in 9 h, 95% answered 14 deals completed here"; !strings.HasPrefix(line, want) {
		t.Errorf("it says %q, want %q", line, want)
	}
}

func TestTheFirstMonthWithRoom(t *testing.T) {
	t.Parallel()
	k := kit()
	k.Limits, k.Busy = creators.CreatorLimits{Capacity: 3, RefusedCategories: []string{"alcohol"}}, map[string]int64{"2026-11": 3, "2026-12": 2}
	got := words(render(t, i18n.EN, creatorsview.MediaKit(creatorsview.MediaKitProps{Kit: k, Now: now})).Find("#limits"))
	for _, want := range []string{"at most 3 deliverables", "Refuses alcohol", "Next free 1 deliverable in Dec 2026"} {
		if !strings.Contains(got, want) {
			t.Errorf("the limits do not say %q: %s", want, got)
		}
	}
	k.Busy = map[string]int64{}
	for at, i := now, 0; i < 12; i++ {
		k.Busy[at.AddDate(0, i, -at.Day()+1).Format("2006-01")] = 3
	}
	if got := words(render(t, i18n.EN, creatorsview.MediaKit(creatorsview.MediaKitProps{Kit: k, Now: now.In(time.UTC)})).Find("#limits")); strings.Contains(got, "Next free") {
		t.Errorf("a full year has room: %s", got)
	}
}

package creators_test

import (
	"strings"
	"testing"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/platform"
	creatorsview "tribemarket/views/creators"
)

func TestGrowthSaysBetweenWhichReadingsItWasMeasured(t *testing.T) {
	t.Parallel()
	k := kit()
	k.Snapshots = nil
	for d := range 31 {
		k.Snapshots = append(k.Snapshots, creators.AccountSnapshot{Day: models.Date{Year: 2026, Month: 10, Day: 21}.AddDays(d).String(), Followers: 16_000 + int64(d)*100})
	}
	k.Growth = []creators.FollowerGrowth{
		{Days: 30, PPM: new(int64(187_500)), From: &k.Snapshots[0], To: &k.Snapshots[30]},
		{Days: 90, Reason: creators.GrowthYoung, FirstReading: models.Date{Year: 2026, Month: 10, Day: 21}, MeasurableFrom: models.Date{Year: 2027, Month: 1, Day: 10}},
	}
	for _, l := range []i18n.Locale{i18n.EN, i18n.FR, i18n.NL} {
		doc := render(t, l, creatorsview.MediaKit(creatorsview.MediaKitProps{Kit: k, Now: now}))
		if n := doc.Find("#followers-chart-title").Length(); n != 1 {
			t.Errorf("%s: %d lines of followers", l, n)
		}
	}
	doc := render(t, i18n.EN, creatorsview.MediaKit(creatorsview.MediaKitProps{Kit: k, Now: now}))
	got := words(doc.Find("#figures"))
	for _, want := range []string{
		"Followers in 30 days +18.8%", "(19,000 − 16,000) ÷ 16,000", "21 Oct 2026 – 20 Nov 2026, between two readings; may differ from 30 days by up to 3",
		"Followers in 90 days", "Not measured yet: read here since 21 Oct 2026, measured from 10 Jan 2027", "From 16,000 on 21 Oct 2026 to 19,000 on 20 Nov 2026.",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("want %q in %s", want, got)
		}
	}
	if n := doc.Find("#figures details table tbody tr").Length(); n != 31 {
		t.Errorf("the table has %d rows", n)
	}
}

func TestFewReadingsGiveNoLineAndPurgedFiguresAReason(t *testing.T) {
	t.Parallel()
	k := kit()
	k.Snapshots = []creators.AccountSnapshot{{Day: "2026-11-19", Followers: 1}, {Day: "2026-11-20", Followers: 2}}
	k.Account.Platform, k.Account.PurgedAt, k.Account.Followers = platform.YouTube, &now, 0
	k.Growth = []creators.FollowerGrowth{{Days: 30, Reason: creators.GrowthYouTube}}
	k.Accounts = []creators.Account{k.Account}
	doc := render(t, i18n.EN, creatorsview.MediaKit(creatorsview.MediaKitProps{Kit: k, Now: now}))
	if doc.Find("#followers-chart-title").Length() != 0 {
		t.Error("two readings make a line")
	}
	for _, where := range []string{"#figures", "#accounts"} {
		if got := words(doc.Find(where)); !strings.Contains(got, "Deleted: YouTube does not allow figures older than 30 days to be kept") {
			t.Errorf("%s does not say why there are no followers: %s", where, got)
		}
	}
	if got := words(doc.Find("#figures")); !strings.Contains(got, "YouTube’s terms do not allow growth") {
		t.Errorf("no reason for the growth: %s", got)
	}
}

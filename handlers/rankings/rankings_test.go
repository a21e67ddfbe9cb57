package rankings_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tribemarket/internal/config"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/db"
)

func TestRankingsSayHowAPlaceCameAbout(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	_, penne := a.JoinCreator(t, "penne.sandbox")
	b := a.NewBrowser(t)
	if p := b.Get("/rankings?by=growth"); p.Status != http.StatusOK || !p.HasTexts("Creators by growth", "No ranking yet", "computed once a day") {
		t.Errorf("before the first time: %d %s", p.Status, p.Find("main").Text())
	}
	apptest.GrowFollowers(t, a, penne)
	apptest.Must(t, a.Rankings.ComputeRankings(t.Context()))
	p := b.Get("/rankings?by=growth")
	if !p.HasTexts("Creators by growth", "All countries · This week", "There is no ranking for last week", "Verified") {
		t.Errorf("growth: %s", p.Find("main").Text())
	}
	// A rank needs a sample, and the page says which.
	for path, want := range map[string]string{"/rankings": "at least 3 such posts and 1,000 views", "/rankings?period=month": "at least 5 such posts and 1,000 views", "/rankings?by=growth": "1,000"} {
		if lead := b.Get(path).Find(".lead").Text(); !strings.Contains(lead, want) {
			t.Errorf("%s does not say %q: %s", path, want, lead)
		}
	}
	row := p.Find("table.ranked tbody tr")
	if row.Length() != 1 || row.Find("a").AttrOr("href", "") != "/c/"+penne || !strings.Contains(row.Text(), "+100") || !strings.Contains(row.Text(), "13 Nov") {
		t.Errorf("the row is %s", row.Text())
	}
	if got := p.Find("link[rel=canonical]").AttrOr("href", ""); got != a.URL+"/rankings?by=growth" {
		t.Errorf("canonical %s", got)
	}
	// Without a script the selects are a form that keeps what is chosen.
	p = p.Submit("form[action='/rankings']", map[string][]string{"tribe": {"foodtok"}, "country": {""}})
	if p.Status != http.StatusOK || !p.HasTexts("FoodTok creators by growth") {
		t.Errorf("another tribe: %d %s", p.Status, p.Find("h1").Text())
	}
	for _, tc := range []struct{ path, want string }{
		{"/rankings?tribe=booktok", "Nobody has this figure yet"},
		{"/rankings?period=month&by=growth", "two readings 30 days apart"},
		{"/rankings?by=growth&country=FR", "France has no ranking of its own here"},
		{"/rankings?by=growth&country=XX", "All countries · This week"},
		{"/rankings?by=nothing&period=year&from=7", "Creators by engagement"},
	} {
		if p := b.Get(tc.path); p.Status != http.StatusOK || !p.HasTexts(tc.want) {
			t.Errorf("%s: %d, without %q: %s", tc.path, p.Status, tc.want, p.Find("main").Text())
		}
	}
	if p := b.Get("/rankings?tribe=nosuchtok"); p.Status != http.StatusNotFound {
		t.Errorf("a tribe that is not there: %d", p.Status)
	}
	a.SuspendCreator(t, penne)
	if p := b.Get("/rankings?by=growth"); p.Find("table.ranked").Length() != 0 {
		t.Error("who is suspended has a place")
	}
}

// Why there is no rank is said to the creator, in their language, and to nobody else.
func TestACreatorReadsWhatARankNeeds(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "fonte")
	own := a.SignedInCreator(t, "novideos.sandbox")
	for language, want := range map[string]string{
		"en": "3 posts of the last 7 days are needed, at least 48 hours old and with all counts; you have 0",
		"fr": "il faut 3 publications des 7 derniers jours", "nl": "3 posts van de laatste 7 dagen nodig",
	} {
		own.Get("/rankings").Submit(".tools form[action='/language']", url.Values{"language": {language}})
		if n, body := apptest.GetCounted(t, a, own, "/rankings"); n > 8 || !strings.Contains(body, want) {
			t.Errorf("%s: asked %d times, it does not say %q", language, n, want)
		}
	}
	for who, b := range map[string]*apptest.Browser{"a visitor": a.NewBrowser(t), "a brand": a.SignedInBrand(t, "fonte"), "somebody ranked": a.SignedInCreator(t, "penne.sandbox")} {
		if page := b.Get("/rankings"); page.Status != http.StatusOK || page.Find(".ranking .notice").Length() != 0 {
			t.Errorf("%s reads %s", who, page.Find(".ranking .notice").Text())
		}
	}
}

func TestALongRankingHasTwoPages(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.AddRanked(t, a, 0, 60)
	apptest.Must(t, a.Rankings.ComputeRankings(t.Context()))
	p := a.NewBrowser(t).Get("/rankings?country=BE")
	if n := p.Find("table.ranked tbody tr").Length(); n != 50 || !p.HasTexts("Places 1 to 50", "Many 1000") {
		t.Errorf("the first page has %d", n)
	}
	if len(p.Body) > 100_000 {
		t.Errorf("it is %d bytes", len(p.Body))
	}
	// A face, and the figure as a part of the first one's.
	if faces := p.Find("table.ranked tbody th .avatar"); faces.Length() != 50 {
		t.Errorf("%d faces", faces.Length())
	}
	drawn := p.Find("table.ranked tbody svg.share rect.val").Map(func(_ int, bar *goquery.Selection) string { return bar.AttrOr("width", "") })
	if len(drawn) != 50 || drawn[0] != "100" || drawn[49] != "90" {
		t.Errorf("the plots are %v", drawn)
	}
	next := p.Find("a[rel=next]").AttrOr("href", "")
	p = a.NewBrowser(t).Get(next)
	if n := p.Find("table.ranked tbody tr").Length(); next != "/rankings?country=BE&from=51" || n != 10 || !p.HasTexts("Places 51 to 60", "Many 1059") {
		t.Errorf("%s has %d", next, n)
	}
	if got := p.Find("a[rel=prev]").AttrOr("href", ""); got != "/rankings?country=BE" {
		t.Errorf("back leads to %s", got)
	}
}

// A tribe's medians are drawn beside each other: the smaller creators engage twice as much,
// and have a tenth of the views.
func TestATribesMediansAreDrawn(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.AddRanked(t, a, 0, 10)
	apptest.Must(t, a.DB.Tx(t.Context(), func(tx *db.Tx) error {
		return errors.Join(
			tx.Exec("UPDATE listings SET engagement_ppm = 60000, median_views = 3000").Error,
			tx.Exec("UPDATE listings SET engagement_ppm = 30000, median_views = 30000, followers = 200000 WHERE account_id >= 1005").Error,
		)
	}))
	apptest.Must(t, a.Rankings.ComputeTribePages(t.Context()))
	var drawn []string
	a.NewBrowser(t).Get("/tribes/foodtok").Find("table svg.share rect.val").Each(func(_ int, bar *goquery.Selection) { drawn = append(drawn, bar.AttrOr("width", "")) })
	if got := strings.Join(drawn, " "); !strings.HasPrefix(got, "100 10 50 100") {
		t.Errorf("the plots are %q", got)
	}
}

func TestTribesHavePages(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, func(c *config.Config) { c.Demo = false })
	_, penne := a.JoinCreator(t, "penne.sandbox")
	b := a.NewBrowser(t)
	if p := b.Get("/tribes"); p.Status != http.StatusOK || p.Find(".tribe-index li").Length() != len(a.Creators.TribeCatalogue().VisibleTribes()) || !p.HasTexts("No creators yet") {
		t.Errorf("the list: %d %s", p.Status, p.Find("main").Text())
	}
	if p := b.Get("/tribes/foodtok"); p.Status != http.StatusOK || !p.HasTexts("FoodTok", "Recipes, baking", "No medians yet", "At least 5 listed creators", "Nobody in this tribe is listed yet", "#foodtok") {
		t.Errorf("before it was computed: %s", p.Find("main").Text())
	}
	apptest.Must(t, a.Rankings.ComputeTribePages(t.Context()))
	if p := b.Get("/tribes"); p.Find(".tribe-index li:has(a[href='/tribes/foodtok']) .n").Text() != "1 creator" {
		t.Errorf("the list: %s", p.Find(".tribe-index").Text())
	} else if p.Find(".tribe-index li:has(a[href='/tribes/foodtok']) .faces > *").Length() != 1 || p.Find(".faces").Length() > 2 {
		t.Error("a tribe does not show the faces of its own creators")
	}
	p := b.Get("/tribes/foodtok")
	if p.Find("#top a").AttrOr("href", "") != "/c/"+penne || p.Find("a.btn.primary").AttrOr("href", "") != "/creators?tribe=foodtok" {
		t.Errorf("top and search: %s", p.Find("main").Text())
	}
	if p.Find("link[rel=canonical]").AttrOr("href", "") != a.URL+"/tribes/foodtok" || p.Find("meta[name=robots]").Length() != 0 || !strings.Contains(p.Find("meta[name=description]").AttrOr("content", ""), "FoodTok: Recipes") {
		t.Errorf("the head of the page: %s", p.Find("head").Text())
	}
	for _, href := range []string{"/rankings?tribe=foodtok", "/rankings?by=growth&period=month&tribe=foodtok"} {
		if p.Find("a[href='"+href+"']").Length() != 1 {
			t.Errorf("no link to %s", href)
		}
	}
	if p := b.Get("/c/" + penne); p.Find("a[href='/tribes/foodtok']").Length() == 0 {
		t.Error("the creator's page doesn't lead to the tribe")
	}
	missing := b.Get("/tribes/nosuchtok")
	apptest.Must(t, a.DB.Tx(t.Context(), func(tx *db.Tx) error {
		return tx.Exec("INSERT INTO tribe_edits (slug, tribe, hidden, version, updated_at) VALUES ('foodtok', '{\"display\":\"FoodTok\",\"names\":{\"en\":\"x\"},\"descriptions\":{\"en\":\"x\"}}', TRUE, 1, ?)", a.Clock.Now()).Error
	}))
	apptest.Must(t, a.Creators.ReloadTribeCatalogue(t.Context()))
	hidden := b.Get("/tribes/foodtok")
	if hidden.Status != http.StatusNotFound || missing.Status != http.StatusNotFound || hidden.Find("h1").Text() != missing.Find("h1").Text() {
		t.Errorf("a hidden tribe answers %d %s", hidden.Status, hidden.Find("h1").Text())
	}
}

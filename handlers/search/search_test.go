package search_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/internal/testkit/importtest"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/imports"
	"tribemarket/models/platform"
)

func names(p *apptest.Page) []string {
	return p.Find("ol.results h3").Map(func(_ int, s *goquery.Selection) string { return s.Text() })
}

func chips(p *apptest.Page) map[string]string {
	all := map[string]string{}
	p.Find("#applied a.applied").Each(func(_ int, s *goquery.Selection) {
		label := strings.Join(strings.Fields(strings.TrimPrefix(strings.TrimSpace(s.Text()), "Remove filter:")), " ")
		all[label] = s.AttrOr("href", "")
	})
	return all
}

func TestTheHeadlineSaysWhatWasFound(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 30)
	b := a.NewBrowser(t)
	for address, want := range map[string]string{
		"/creators":                                "30 creators",
		"/creators?tribe=foodtok":                  "15 FoodTok creators fit",
		"/creators?tribe=foodtok&tribe=booktok":    "30 BookTok or FoodTok creators fit",
		"/creators?country=NL&q=maker":             "15 creators fit",
		"/creators?q=Maker+001":                    "1 creator fits",
		"/creators?tribe=foodtok&country=NL":       "No FoodTok creator fits",
		"/creators?unknown=1&utm_source=x&page=-3": "30 creators",
	} {
		page := b.Get(address)
		if got := page.Find("h1").Text(); page.Status != http.StatusOK || got != want {
			t.Errorf("%s says %d %q, want %q", address, page.Status, got, want)
		}
		if status := page.Find("[role=status]").Text(); !strings.Contains(status, want) {
			t.Errorf("%s tells a screen reader %q", address, status)
		}
	}
}

func TestSearchEnginesSeeTribesAndNoFilters(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 4)
	b := a.NewBrowser(t)
	for address, canonical := range map[string]string{
		"/creators?utm_source=x":                   "/creators",
		"/creators?tribe=FoodTok":                  "/creators?tribe=foodtok",
		"/creators?country=fr&tribe=foodtok&sort=": "/creators?country=FR&tribe=foodtok",
	} {
		page := b.Get(address)
		if got := page.Find("link[rel=canonical]").AttrOr("href", ""); got != a.URL+canonical {
			t.Errorf("%s is %s", address, got)
		}
		if page.Find("meta[name=description]").AttrOr("content", "") == "" {
			t.Errorf("%s has no description", address)
		}
	}
}

// Without JavaScript the form holds the whole search, and the address it leads
// to says nothing that was not chosen, once the page links on.
func TestTheFormHoldsTheWholeSearch(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 30)
	page := a.NewBrowser(t).Get("/creators?tribe=foodtok&country=FR&platform=tiktok&language=fr&followers_min=10002&followers_max=10020&engagement_min=1.5&q=maker&sort=-engagement")
	sent := filledFrom(page, "search")
	for name, want := range map[string]string{"tribe": "foodtok", "country": "FR", "platform": "tiktok", "language": "fr", "followers_min": "10002", "followers_max": "10020",
		"engagement_min": "1.5", "engagement_max": "", "q": "maker", "say": "maker", "sort": "-engagement"} {
		if got := sent.Get(name); got != want {
			t.Errorf("%s is %q in the form, want %q", name, got, want)
		}
	}
	if page.Find("button[form=search], form#search button:not([type=button])").Length() < 3 {
		t.Error("a button that sends the form is missing")
	}
	again := a.NewBrowser(t).Get("/creators?" + sent.Encode())
	if again.Find("h1").Text() != page.Find("h1").Text() || strings.Join(names(again), " ") != strings.Join(names(page), " ") || again.Find("#failed[hidden]").Length() != 1 {
		t.Errorf("sent as it is, the form finds %q, not %q", again.Find("h1").Text(), page.Find("h1").Text())
	}
	for label, href := range chips(again) {
		if strings.Contains(href, "=&") || strings.HasSuffix(href, "=") {
			t.Errorf("the chip %s leads to %s", label, href)
		}
	}
	// Leaving the words empty is no filter.
	sent.Set("say", "")
	if got := a.NewBrowser(t).Get("/creators?" + sent.Encode()); len(chips(got)) != len(chips(page))-1 {
		t.Errorf("empty words give the chips %v", chips(got))
	}
}

// filledFrom is what a browser would send of a form, with the fields elsewhere
// on the page that belong to it.
func filledFrom(p *apptest.Page, id string) url.Values {
	v := apptest.FormValues(p.Find("form#" + id))
	p.Find("[form=" + id + "][name]:not(button, [type=checkbox]:not([checked]))").Each(func(_ int, s *goquery.Selection) {
		if s.Is("select") {
			v.Set(s.AttrOr("name", ""), s.Find("option[selected]").AttrOr("value", ""))
		} else {
			v.Set(s.AttrOr("name", ""), s.AttrOr("value", ""))
		}
	})
	return v
}

func TestAChipTakesOneFilterAway(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 30)
	got := chips(a.NewBrowser(t).Get("/creators?tribe=foodtok&tribe=booktok&country=FR&language=fr&followers_min=10000&followers_max=50000&engagement_min=1.5&views_max=999999&q=maker&sort=-views"))
	rest := func(without string) string {
		v := url.Values{"tribe": {"booktok", "foodtok"}, "country": {"FR"}, "language": {"fr"}, "followers_min": {"10000"}, "followers_max": {"50000"}, "engagement_min": {"1.5"}, "views_max": {"999999"}, "q": {"maker"}, "sort": {"-views"}}
		for _, name := range strings.Fields(without) {
			v.Del(name)
		}
		return "/creators?" + v.Encode()
	}
	want := map[string]string{
		"BookTok": strings.Replace(rest(""), "tribe=booktok&", "", 1), "FoodTok": strings.Replace(rest(""), "&tribe=foodtok", "", 1),
		"France": rest("country"), "French": rest("language"), "10k–50k followers": rest("followers_min followers_max"), "Engagement from 1.5%": rest("engagement_min"),
		"under 1M median views": rest("views_max"), "“maker”": rest("q"),
	}
	for label, href := range want {
		if got[label] != href {
			t.Errorf("%s leads to\n%s, want\n%s", label, got[label], href)
		}
	}
	if len(got) != len(want) {
		t.Errorf("the chips are %v", got)
	}
}

// A count beside a value is what the search finds with that value alone in its
// filter; values that nobody has stay in sight.
func TestEveryCountIsWhatTheValueFinds(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 30)
	b := a.NewBrowser(t)
	page := b.Get("/creators?country=FR&open=language&open=platform&open=type&more=tribe")
	counts, dimmed := 0, 0
	page.Find("#search label.choice:has(.n)").Each(func(_ int, s *goquery.Selection) {
		input, n := s.Find("input"), s.Find(".n").Text()
		name, value := input.AttrOr("name", ""), input.AttrOr("value", "")
		q := url.Values{"country": {"FR"}}
		q.Set(name, value)
		counts++
		if n == "0" {
			dimmed++
			if !s.HasClass("off") {
				t.Errorf("%s is not dimmed", value)
			}
			return
		}
		if got := b.Get("/creators?" + q.Encode()).Find("h1").Text(); !strings.HasPrefix(got, n+" ") {
			t.Errorf("%s=%s with %s creators finds %q", name, value, n, got)
		}
	})
	tribes, platforms := page.Find("#values-tribe label.choice").Length(), page.Find("#values-platform label.choice").Length()
	if counts < 10 || dimmed < 3 || tribes < len(a.Creators.TribeCatalogue().VisibleTribes()) || platforms != len(platform.Names()) {
		t.Errorf("%d counts, %d of them zero, %d tribes, %d platforms", counts, dimmed, tribes, platforms)
	}
	if page.Find("#filter-price").Is("[open]") == false || page.Find("#filter-posts").Is("[open]") || page.Find("#filter-posts a.later").Length() != 1 {
		t.Error("not only the important filters are open")
	}
	if _, open := page.Find("#filter-posted").Attr("open"); open || page.Find("#filter-known .n").Length() != 3 {
		t.Errorf("what is known is counted as %s", spaced(page.Find("#filter-known")))
	}
	opened := b.Get(page.Find("#filter-posts a.later").AttrOr("href", ""))
	if !opened.Find("#filter-posts").Is("[open]") || opened.Find("input[name=posts_min]").Length() != 1 || len(names(opened)) != len(names(page)) {
		t.Error("a filter that is opened has no fields, or the list has changed")
	}
}

// Thousands are typed as each language writes them; the address has the bare number.
func TestTypedThousandsAreThousands(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 6)
	for _, language := range []string{"en", "fr", "nl"} {
		for _, typed := range []string{"20000", "20.000", "20,000", "20 000", "20\u00a0000", "20\u202f000"} {
			for _, field := range []string{"views_min", "views_max", "followers_min", "followers_max"} {
				page := a.NewBrowser(t).Get("/creators?" + url.Values{field: {typed}, "lang": {language}}.Encode())
				if got := page.Find("#f-"+field).AttrOr("value", ""); got != "20000" || page.Find(".notice:not([hidden]) li").Length() != 0 {
					t.Errorf("%s, %s=%q is read as %q", language, field, typed, got)
				}
				if n := page.Find("a[href*='" + field + "=20000']").Length(); n == 0 {
					t.Errorf("%s, %s=%q: no address has the bare number", language, field, typed)
				}
			}
		}
	}
}

func TestWrongValuesAreCorrectedAndSaid(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 6)
	b := a.NewBrowser(t)
	for query, field := range map[string]string{
		"followers_min=12": "10000", "followers_min=-3": "10000", "followers_max=99999999999999999999": "", "followers_min=many": "",
		"tribe=nonsense": "", "country=ZZ": "", "platform=myspace": "", "language=qq": "", "sort=sideways": "", "after=xyz": "", "engagement_min=lots": "", "q=" + strings.Repeat("x", 400): "",
		"followers_min=60000&followers_max=20000": "20000",
	} {
		page := b.Get("/creators?" + query)
		if page.Status != http.StatusOK || page.Find(".notice:not([hidden]) li").Length() == 0 || strings.Contains(page.Find(".notice:not([hidden])").Text(), "creators.") {
			t.Errorf("%s gives %d and says %q", query, page.Status, page.Find(".notice:not([hidden])").Text())
		}
		if got := page.Find("#f-followers_min").AttrOr("value", ""); field != "" && got != field {
			t.Errorf("%s leaves %q in the field", query, got)
		}
	}
}

func TestNoInputBreaksTheSearch(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 3)
	b := a.NewBrowser(t)
	long := strings.Repeat("%F0%9F%8D%9D", 600)
	for _, q := range []string{
		"q=%00", "q=%ff%fe", "q=%25%5f%5c", "q='%3B--", "q=" + long, "tribe=" + long, "q=<script>alert(1)</script>", "%zz=1&q=%zz", ";;;", "country=%00", "followers_min=1e309",
		"engagement_min=NaN&engagement_max=Inf", "engagement_min=0.00000001", "views_min=9223372036854775807&views_max=0", "after=" + strings.Repeat("A", 90), "after=AAA&before=AAA",
		"followers_min=９９９９９", "q=" + "%E2%80%AE" + "abc", "tribe[]=foodtok&q[]=x", strings.Repeat("tribe=foodtok&", 2000), strings.Repeat("x=1&", 3000),
	} {
		page := b.Get("/creators?" + q)
		if page.Status != http.StatusOK || page.Find("script:not([src])").Length() != 0 {
			t.Errorf("?%.60s gives %d", q, page.Status)
		}
	}
}

func TestZeroHitsNameTheFilterToDrop(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 30)
	b := a.NewBrowser(t)
	page := b.Get("/creators?tribe=foodtok&country=NL&country=BE&followers_min=10000")
	first := page.Find("#drop li").First()
	if page.Status != http.StatusOK || first.Length() == 0 {
		t.Fatalf("nothing is named: %.600s", page.Find("main").Text())
	}
	page.Find("#drop li").Each(func(_ int, s *goquery.Selection) {
		gain := strings.Fields(s.Find(".soft").Text())[0]
		if got := b.Get(s.Find("a").AttrOr("href", "")).Find("h1").Text(); !strings.HasPrefix(got, gain+" ") {
			t.Errorf("%s leads to %q", strings.Join(strings.Fields(s.Text()), " "), got)
		}
	})
	if all := page.Find("#drop").Text(); !strings.Contains(all, "Without FoodTok") || !strings.Contains(all, "Without Belgium and Netherlands") {
		t.Errorf("named are %s", strings.Join(strings.Fields(all), " "))
	}
	if none := apptest.New(t).NewBrowser(t).Get("/creators"); none.Status != http.StatusOK || !none.HasTexts("No creators yet") {
		t.Errorf("an empty market says %.400s", none.Find("main").Text())
	}
}

// A filter whose values depend on who is here offers none when nobody fits.
func TestNothingIsOfferedWhereNobodyFits(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 4)
	b := a.NewBrowser(t)
	if n := b.Get("/creators").Find("input[name=country]").Length(); n != 2 {
		t.Errorf("%d countries are offered", n)
	}
	page := b.Get("/creators?q=maker&followers_min=9000000")
	if n := page.Find("input[name=country]").Length(); n != 0 || !strings.Contains(page.Find("#values-country").Text(), "No creator fits") {
		t.Errorf("%d countries are offered, and it says %q", n, page.Find("#values-country").Text())
	}
}

func TestPagesLeadThroughAllAndBack(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 60)
	b := a.NewBrowser(t)
	for _, sort := range []string{"", "followers", "-engagement", "engagement", "-views"} {
		page := b.Get("/creators?sort=" + sort)
		seen := names(page)
		var firsts []string
		for page.Find("a[rel=next]").Length() > 0 {
			firsts = append(firsts, names(page)[0])
			page = b.Get(page.Find("a[rel=next]").AttrOr("href", ""))
			seen = append(seen, names(page)...)
		}
		unique := map[string]bool{}
		for _, n := range seen {
			unique[n] = true
		}
		if len(seen) != 60 || len(unique) != 60 || len(firsts) != 2 {
			t.Errorf("sort %s: %d hits, %d creators, %d pages before the last", sort, len(seen), len(unique), len(firsts))
			continue
		}
		for i := len(firsts) - 1; i >= 0; i-- {
			page = b.Get(page.Find("a[rel=prev]").AttrOr("href", ""))
			if got := names(page); len(got) == 0 || got[0] != firsts[i] {
				t.Errorf("sort %s: back to page %d begins with %v, not %s", sort, i+1, got, firsts[i])
			}
		}
	}
}

func TestHTMXGetsTheSamePiece(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 10)
	b := a.NewBrowser(t)
	full := b.Get("/creators?tribe=foodtok&q=&followers_min=")
	r, _ := http.NewRequest(http.MethodGet, a.URL+"/creators?tribe=foodtok&q=&followers_min=", nil)
	r.Header.Set("HX-Request", "true")
	r.Header.Set("HX-Request-Type", "partial")
	piece := b.Do(r)
	whole, _ := full.Find("#discover").Html()
	part, _ := piece.Find("#discover").Html()
	if part == "" || part != whole || piece.Find("header.masthead").Length() != 0 || piece.Find("title").First().Text() != full.Find("head title").Text() {
		t.Errorf("the piece differs from the page's, or has the title %q", piece.Find("title").First().Text())
	}
	if got := piece.Header.Get("HX-Push-Url"); got != "/creators?tribe=foodtok" {
		t.Errorf("the address is %q", got)
	}
	if vary := strings.Join(piece.Header.Values("Vary"), ", "); !strings.Contains(vary, "HX-Request") {
		t.Errorf("Vary is %q", vary)
	}
}

func TestSearchInThreeLanguages(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 30)
	for language, wants := range map[string][]string{
		"en": {"15 FoodTok creators fit", "Show 15 creators", "10k", "France"},
		"fr": {"15 créateurs FoodTok correspondent", "Voir 15 créateurs", "10 k", "Abonnés", "Moyenne"},
		"nl": {"15 FoodTok-creators voldoen", "15 creators tonen", "Frankrijk", "Volgers"},
	} {
		b := a.NewBrowser(t)
		b.Language = language
		page := b.Get("/creators?tribe=foodtok&country=FR&followers_min=10000")
		if page.Find("html").AttrOr("lang", "") != language {
			t.Errorf("%s: the page is in %s", language, page.Find("html").AttrOr("lang", ""))
		}
		for _, want := range wants {
			if !page.HasTexts(want) && !page.HasTexts(strings.ToLower(want)) {
				t.Errorf("%s: no %q", language, want)
			}
		}
		// One is singular.
		one, several := map[string]string{"en": "Filters, 1 set", "fr": "Filtres, 1 actif", "nl": "Filters, 1 actief"}[language], map[string]string{"en": "Filters, 3 set", "fr": "Filtres, 3 actifs", "nl": "Filters, 3 actief"}[language]
		if got := spaced(b.Get("/creators?tribe=foodtok").Find(".order .only-narrow")); got != one || spaced(page.Find(".order .only-narrow")) != several {
			t.Errorf("%s: the filters are counted as %q", language, got)
		}
	}
}

func TestAListSaysWhereItsFiguresAreFrom(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 6)
	penne, _ := a.JoinCreator(t, "penne.sandbox")
	form := creators.ProfileForm{Name: "Penne Trial", Prices: []creators.StartingPriceForm{{Format: "story", Amount: "90", Currency: "EUR"}, {Format: "video", Amount: "420", Currency: "EUR"}}}
	if err := a.Creators.EditProfile(context.Background(), penne, form); err != nil {
		t.Fatal(err)
	}
	_, _ = a.JoinCreator(t, "threevideos.sandbox")
	page := a.NewBrowser(t).Get("/creators")
	rows := map[string]string{}
	page.Find("li.stall").Each(func(_ int, s *goquery.Selection) {
		rows[s.Find("h3").Text()] = spaced(s)
	})
	for name, wants := range map[string][]string{
		"Penne Trial":  {"Verified", "over 28 posts", "× followers", "TikTok", "From €420 one video"},
		"Three Videos": {"under 5 posts", "no price"},
		"Maker 000":    {"Imported, 19 d ago", "imported mean", "mean 1k, unknown sample", "France · French", "micro"},
		"Maker 004":    {"no views in the source"},
	} {
		for _, want := range wants {
			if !strings.Contains(rows[name], want) {
				t.Errorf("%s does not say %q: %s", name, want, rows[name])
			}
		}
	}
}

// spaced is the text of an element, with a space between two within it.
func spaced(s *goquery.Selection) string {
	html, _ := s.Html()
	doc, _ := goquery.NewDocumentFromReader(strings.NewReader(strings.ReplaceAll(html, "<", " <")))
	return strings.Join(strings.Fields(doc.Text()), " ")
}

func TestCreatorsAlikeAreShownWithTheirReasons(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 8)
	b := a.NewBrowser(t)
	p := b.Get("/creators?q=maker000")
	of := p.Find("ol.results h3 a").First().AttrOr("href", "")
	of, _, _ = strings.Cut(of, "?")
	p = b.Get(of + "/similar")
	// The other even ones are like this creator in tribe and place.
	if got := names(p); len(got) < 3 || slices.Contains(got, "Maker 000") || !slices.Contains(got[:3], "Maker 002") || slices.Contains(got[:3], "Maker 001") {
		t.Errorf("alike are %v", got)
	}
	if reasons := p.Find("ol.results > li").First().Find(".alike li").Text(); !strings.Contains(reasons, "Tribes") || !strings.Contains(reasons, "Language and country") {
		t.Errorf("the reasons are %q", reasons)
	}
	if p.Find("meta[name=robots]").AttrOr("content", "") != "noindex" {
		t.Error("search engines may list it")
	}
	var other string
	apptest.Must(t, a.DB.Read(t.Context()).Raw("SELECT public_id FROM creators WHERE name = 'Maker 002'").Scan(&other).Error)
	a.SuspendCreator(t, other)
	if got := names(b.Get(of + "/similar")); slices.Contains(got, "Maker 002") {
		t.Errorf("who is suspended is alike still: %v", got)
	}
	if p := b.Get("/c/no-such-one/similar"); p.Status != http.StatusNotFound {
		t.Errorf("of nobody: %d", p.Status)
	}
}

// What is below zero has a minus on every page, a hyphen where machines read.
func TestAFallIsWrittenWithAMinus(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	penne, id := a.JoinCreator(t, "penne.sandbox")
	apptest.Must(t, a.DB.Tx(t.Context(), func(tx *db.Tx) error {
		before := a.Clock.Now().AddDate(0, 0, -30)
		return tx.Exec(`INSERT INTO account_snapshots (account_id, day, read_at, followers)
			SELECT id, ?, ?, 2 * followers FROM creator_accounts WHERE creator_id = ?`, before.Format(time.DateOnly), before, penne.CreatorID).Error
	}))
	apptest.Must(t, a.Creators.EditProfile(t.Context(), penne, creators.ProfileForm{Name: "Penne Trial", Zone: "UTC"}))
	a.SignUpBrand(t, "fonte")
	brand := a.SignedInBrand(t, "fonte")
	for language, want := range map[string]string{"en": "−50.0%", "fr": "−50,0\u202f%", "nl": "−50,0%"} {
		b := a.NewBrowser(t)
		b.Language = language
		for _, path := range []string{"/creators?sort=growth", "/c/" + id, "/compare?c=" + id} {
			if text := b.Get(path).Find("main").Text(); !strings.Contains(text, want) || strings.Contains(text, "-50") {
				t.Errorf("%s in %s doesn't say %s", path, language, want)
			}
		}
	}
	p := a.NewBrowser(t).Get("/creators?growth_min=-60&growth_max=-5")
	if !p.HasTexts("−60% to −5%", "under −20%:", "−20% to −10%:", "−2% to 0%:", "0%–1%:") || p.HasTexts("-5%") {
		t.Errorf("the filter is told as %s and %s", p.Find(".chips").Text(), p.Find("#filter-growth title").Text())
	}
	if got := p.Find("input[name=growth_min]").AttrOr("value", ""); got != "-60" {
		t.Errorf("the field holds %q", got)
	}
	if got := apptest.Column(apptest.ReadCSV(t, brand.Get("/creators/export.csv")), "growth_30"); len(got) != 1 || got[0] != "-50" {
		t.Errorf("the file says %q", got)
	}
}

// Likes above views, or likes without views, are marked on the creator's page, and no list
// by engagement begins with them.
func TestMoreLikesThanViewsNeverComeFirst(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	list := "username,name,followers,avg views,avg likes,avg comments,avg shares\n" +
		"honest.one,Honest One,20000,1000,50,1,1\nodd.one,Odd One,20000,1000,5000,1,1\nunseen.one,Unseen One,20000,0,5000,1,1\nhonest.two,Honest Two,20000,1000,40,1,1\n"
	if _, err := a.Imports.ImportFiles(context.Background(), []imports.File{importtest.File("list.csv", list)}, imports.Options{Platform: platform.TikTok, AsOf: models.Date{Year: 2026, Month: 11, Day: 1}}); err != nil {
		t.Fatal(err)
	}
	testkit.CatchUp(t, a.Search)
	b := a.NewBrowser(t)
	for _, sort := range []string{"-engagement", "engagement"} {
		got := names(b.Get("/creators?sort=" + sort))
		if len(got) != 4 || !strings.Contains(got[0]+got[1], "Honest One") || !strings.Contains(got[0]+got[1], "Honest Two") {
			t.Errorf("by %s: %q", sort, got)
		}
	}
	p := b.Get("/creators?q=odd.one")
	link, _ := p.Find("ol.results h3 a").First().Attr("href")
	if page := b.Get(link); !page.HasTexts("more likes than views") {
		t.Errorf("%s does not say what is odd: %.800s", link, page.Find("main").Text())
	}
}

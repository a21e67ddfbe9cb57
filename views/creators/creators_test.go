package creators_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/models/platform"
	creatorsview "tribemarket/views/creators"
)

var now = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

func render(t *testing.T, l i18n.Locale, c templ.Component) *goquery.Document {
	t.Helper()
	ctx := i18n.WithMissingText(i18n.WithLocale(context.Background(), l, nil), func(l i18n.Locale, key string) { t.Errorf("%s: no text for %s", l, key) })
	var b strings.Builder
	if err := c.Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	if n := doc.Find("[style],[onclick]").Length(); n > 0 {
		t.Errorf("%d elements have style or script of their own", n)
	}
	return doc
}

// words are the texts of elements, with a space between two of them.
func words(s *goquery.Selection) string {
	var all []string
	s.Each(func(_ int, s *goquery.Selection) {
		html, _ := goquery.OuterHtml(s)
		doc, _ := goquery.NewDocumentFromReader(strings.NewReader("<table>" + strings.ReplaceAll(html, "<", " <") + "</table>"))
		all = append(all, strings.Fields(doc.Text())...)
	})
	return strings.Join(all, " ")
}

// post is a post of some days ago with round counts: an engagement of exactly 10 %.
func post(days int, views int64) creators.Post {
	likes, comments, shares := views/10-2, int64(1), int64(1)
	return creators.Post{PostedAt: now.AddDate(0, 0, -days), Views: &views, Likes: &likes, Comments: &comments, Shares: &shares,
		URL: "https://www.tiktok.com/@penne/video/1"}
}

func kit() creators.MediaKit {
	person := int64(7)
	k := creators.MediaKit{
		Creator:      creators.Creator{ID: 1, PublicID: "bcdfghjkmn", PersonID: &person, Name: "Penne Rigate", Country: "BE", Zone: "Europe/Brussels", Listed: true},
		Languages:    []string{"fr", "nl"},
		ContentTypes: []string{"tutorial", "review"},
		Prices:       []creators.StartingPrice{{Format: "video", Minor: 42_000, Currency: "EUR"}, {Format: "story", Minor: 15_000, Currency: "EUR"}},
		Tribes:       []creators.TribeOf{{Tribe: creators.Tribe{Slug: "foodtok", Display: "FoodTok", Mark: "bowl", Hue: 4}, Known: creators.TribeDerived}},
	}
	for day := range 10 {
		k.Posts = append(k.Posts, post(day+3, 10_000+int64(day)*1000))
	}
	from, to := k.Posts[9].PostedAt, k.Posts[0].PostedAt
	n, rate, median := int64(10), int64(100_000), int64(14_500)
	k.Account = creators.Account{Platform: platform.TikTok, Handle: "penne", Followers: 20_000, Source: creators.SourceVerified, AsOf: now.Add(-6 * time.Hour),
		Figures: creators.Figures{Basis: creators.BasisPosts, Sample: &n, WindowFrom: &from, WindowTo: &to, EngagementPPM: &rate, MedianViews: &median}}
	k.EngagementTotals = &creators.EngagementTotals{Reactions: 14_500, Views: 145_000}
	k.Accounts = []creators.Account{k.Account}
	return k
}

func TestAFigureSaysHowItWasMade(t *testing.T) {
	t.Parallel()
	doc := render(t, i18n.EN, creatorsview.MediaKit(creatorsview.MediaKitProps{Floor: 10_000, Kit: kit(), Now: now}))
	got := words(doc.Find("#figures .stat").First())
	for _, want := range []string{"10.0%", "over 10 posts", "= 14,500 ÷ 145,000", "ratio of sums", "latest 10, each at least 48 h old", "8 Nov 2026 – 17 Nov 2026", "own sign-in", "6 h ago, 20 Nov 2026"} {
		if !strings.Contains(got, want) {
			t.Errorf("the engagement does not say %q: %s", want, got)
		}
	}
	if got := words(doc.Find("#figures .stat").Eq(1)); !strings.Contains(got, "14,500 0.72× followers") || !strings.Contains(got, "median") {
		t.Errorf("the median says %s", got)
	}
}

func TestAFormulaWithoutItsNumbers(t *testing.T) {
	t.Parallel()
	k := kit()
	k.EngagementTotals = nil
	if got := words(render(t, i18n.EN, creatorsview.MediaKit(creatorsview.MediaKitProps{Floor: 10_000, Kit: k, Now: now})).Find("#figures .stat").First()); strings.Contains(got, "views =") || !strings.Contains(got, "÷ views") {
		t.Errorf("the formula says %s", got)
	}
}

func TestNoFigureWithoutAReason(t *testing.T) {
	t.Parallel()
	few, mean := int64(3), int64(52_300)
	for name, c := range map[string]struct {
		change func(*creators.Account)
		want   []string
	}{
		"YouTube":      {func(a *creators.Account) { a.Platform = platform.YouTube }, []string{"YouTube’s terms allow none", "forbid figures"}},
		"Twitch":       {func(a *creators.Account) { a.Platform = platform.Twitch }, []string{"Twitch provides no such counts"}},
		"few posts":    {func(a *creators.Account) { a.Sample = &few }, []string{"under 5 posts", "Fewer than 5 posts"}},
		"no views":     {func(a *creators.Account) { a.Basis, a.Sample = creators.BasisMean, nil }, []string{"no views in the source", "no views to divide by"}},
		"nothing":      {func(a *creators.Account) { a.Basis, a.Sample = creators.BasisNone, nil }, []string{"no views in the source"}},
		"a mean alone": {func(a *creators.Account) { a.Basis, a.Sample, a.MeanViews = creators.BasisMean, nil, &mean }, []string{"Mean views 52,300", "unknown sample", "not all counts in the source"}},
	} {
		for _, l := range i18n.Locales() {
			k := kit()
			k.Account.EngagementPPM, k.Account.MedianViews = nil, nil
			c.change(&k.Account)
			k.Accounts, k.Posts = []creators.Account{k.Account}, nil
			doc := render(t, l, creatorsview.MediaKit(creatorsview.MediaKitProps{Floor: 10_000, Kit: k, Now: now}))
			if got := words(doc.Find("#figures")); l == i18n.EN {
				for _, want := range c.want {
					if !strings.Contains(got, want) {
						t.Errorf("%s: %q is not said: %s", name, want, got)
					}
				}
			}
			if doc.Find("#posts svg.chart").Length() != 0 {
				t.Errorf("%s: a chart without posts", name)
			}
		}
	}
}

func TestWhatEachReaderMayDo(t *testing.T) {
	t.Parallel()
	unclaimed, own := kit(), kit()
	unclaimed.Creator.PersonID = nil
	own.IsOwn, own.Creator.Listed, own.Accounts[0].Followers = true, false, 9_988
	for name, c := range map[string]struct {
		props       creatorsview.MediaKitProps
		link, says  string
		leaves, not string
	}{
		"a brand":      {creatorsview.MediaKitProps{Floor: 10_000, Kit: kit(), CanPropose: true}, "/c/bcdfghjkmn/negotiations/new", "7 days to answer", "", "not joined"},
		"an unclaimed": {creatorsview.MediaKitProps{Floor: 10_000, Kit: unclaimed, CanPropose: true}, "/c/bcdfghjkmn/negotiations/new", "has not joined yet. Your proposal waits", "", ""},
		"a visitor":    {creatorsview.MediaKitProps{Floor: 10_000, Kit: kit(), Visitor: true}, "/signin?next=%2Fc%2Fbcdfghjkmn%2Fnegotiations%2Fnew", "Sign up as a brand", "", ""},
		"a creator":    {creatorsview.MediaKitProps{Floor: 10_000, Kit: kit()}, "", "Only brands can send proposals", "", "Send a proposal"},
		"the owner":    {creatorsview.MediaKitProps{Floor: 10_000, Kit: own}, "/settings/profile", "12 followers to go", "", "Send a proposal"},
	} {
		c.props.Now = now
		doc := render(t, i18n.EN, creatorsview.MediaKit(c.props))
		if c.link != "" && doc.Find(".aside a[href='"+c.link+"']").Length() != 1 {
			html, _ := doc.Find(".aside").Html()
			t.Errorf("%s: no link to %s in %s", name, c.link, html)
		}
		if all := words(doc.Selection); !strings.Contains(all, c.says) || c.not != "" && strings.Contains(all, c.not) {
			t.Errorf("%s: want %q and not %q in %s", name, c.says, c.not, all)
		}
	}
}

func TestForeignTextsAreHarmless(t *testing.T) {
	t.Parallel()
	k := kit()
	k.Creator.Name, k.Creator.Bio = `<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`
	k.Account.Handle, k.Account.URL = `"><b>x`, "javascript:alert(1)"
	k.Posts[0].URL = "javascript:alert(1)"
	k.Accounts = []creators.Account{k.Account}
	past := []deals.Partnership{{Brand: deals.Party{Name: "<i>B", PublicID: "x"}, Items: []deals.Item{{Format: "video"}}, Addresses: []string{"javascript:alert(1)"}, CompletedAt: now}}
	doc := render(t, i18n.EN, creatorsview.MediaKit(creatorsview.MediaKitProps{Floor: 10_000, Kit: k, Past: past, Now: now}))
	if n := doc.Find("script,img,b > b,i > i").Length(); n != 0 {
		t.Errorf("%d elements came out of a text", n)
	}
	doc.Find("a").Each(func(_ int, a *goquery.Selection) {
		if href := a.AttrOr("href", ""); strings.Contains(href, "script:") {
			t.Errorf("a link leads to %s", href)
		}
	})
	if h1 := doc.Find("h1").Text(); h1 != k.Creator.Name {
		t.Errorf("the name is %q", h1)
	}
}

func TestPartnershipsLeadToWhatWasPublished(t *testing.T) {
	t.Parallel()
	past := []deals.Partnership{{
		Brand: deals.Party{Name: "Ferme", PublicID: "fghjkmnpqr"}, Product: "vegetables", CompletedAt: now.AddDate(0, -1, 0),
		Items:     []deals.Item{{Format: "video"}, {Format: "story"}, {Format: "video"}},
		Addresses: []string{"https://www.tiktok.com/@penne/video/1", "", "https://www.tiktok.com/@penne/video/2"},
	}}
	row := render(t, i18n.EN, creatorsview.MediaKit(creatorsview.MediaKitProps{Floor: 10_000, Kit: kit(), Past: past, Now: now})).Find("#partnerships li")
	if got := words(row); !strings.Contains(got, "Ferme vegetables 2 videos and 1 story 20 Oct 2026 Video 1 of Ferme Video 2 of Ferme") {
		t.Errorf("the partnership says %s", got)
	}
	if row.Find("a[href='/b/fghjkmnpqr']").Length() != 1 {
		t.Error("no link to the brand")
	}
	visitor := render(t, i18n.FR, creatorsview.MediaKit(creatorsview.MediaKitProps{Floor: 10_000, Kit: kit(), Past: past, Now: now, Visitor: true}))
	if visitor.Find("a[href^='/b/']").Length() != 0 || !strings.Contains(words(visitor.Find("#partnerships")), "2 vidéos et 1 story") {
		t.Errorf("to a visitor it says %s", words(visitor.Find("#partnerships")))
	}
}

// Only the regions of the chosen country are offered; those of all countries while none is.
func TestTheFormOffersTheRegionsOfItsCountry(t *testing.T) {
	t.Parallel()
	for country, want := range map[string][2]int{"BE": {3, 0}, "FR": {0, 18}, "JP": {0, 0}, "": {3, 18}} {
		doc := render(t, i18n.EN, creatorsview.ProfileForm(creatorsview.ProfileFormProps{Country: country}))
		if got := [2]int{doc.Find("#f-region option[value^='BE-']").Length(), doc.Find("#f-region option[value^='FR-']").Length()}; got != want {
			t.Errorf("%q offers %v regions of Belgium and France, want %v", country, got, want)
		}
	}
}

func TestTheFormKeepsEveryAnswer(t *testing.T) {
	t.Parallel()
	cat, err := creators.NewTribeCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	p := creatorsview.ProfileFormProps{
		PublicID: "bcdfghjkmn", Name: "", Bio: "<b>", Country: "BE", Zone: "America/Kentucky/Monticello", Languages: []string{"fr", "eu"}, Tribes: []string{"foodtok"},
		ContentTypes: []string{"review"}, Prices: []creatorsview.PriceAnswer{{"video", "12x", "CHF"}, {"live", "", "EUR"}}, Catalogue: cat.VisibleTribes(),
		Seen:   []creators.TribeOf{{Tribe: creators.Tribe{Slug: "beautytok"}, Known: creators.TribeDerived}},
		Errors: map[string]string{"name": "Enter a name.", "price_video": "Enter an amount."},
	}
	for _, l := range i18n.Locales() {
		doc := render(t, l, creatorsview.ProfileForm(p))
		checked := map[string]bool{}
		doc.Find("input[checked]").Each(func(_ int, s *goquery.Selection) { checked[s.AttrOr("name", "")+"="+s.AttrOr("value", "")] = true })
		if len(checked) != 4 || !checked["languages=fr"] || !checked["languages=eu"] || !checked["tribes=foodtok"] || !checked["content_types=review"] {
			t.Errorf("%s: ticked are %v", l, checked)
		}
		for _, want := range []string{"#f-price_video[value='12x'][aria-invalid]", "#f-price_video_currency option[value=CHF][selected]", "#f-country option[value=BE][selected]",
			"#f-zone option[selected][value='America/Kentucky/Monticello']", "#error-summary a[href='#f-name']", "#error-summary a[href='#f-price_video']", "form[method=post] input[name=_csrf]"} {
			if doc.Find(want).Length() != 1 {
				t.Errorf("%s: no %s", l, want)
			}
		}
		ids := map[string]bool{}
		doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
			if id := s.AttrOr("id", ""); ids[id] {
				t.Errorf("%s: two elements are called %s", l, id)
			} else {
				ids[id] = true
			}
		})
	}
	if got := words(render(t, i18n.EN, creatorsview.ProfileForm(p)).Find("#f-tribes").Parent()); !strings.Contains(got, "seen in your hashtags") {
		t.Errorf("the first tribe says %s", got)
	}
}

package search_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
)

// asked is the page after a text is sent in the search field of another page.
func asked(p *apptest.Page, b *apptest.Browser, said string) *apptest.Page {
	sent := filledFrom(p, "search")
	sent.Set("say", said)
	return b.Get("/creators?" + sent.Encode())
}

func TestASentenceBecomesFilters(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 30)
	for language, said := range map[string]string{
		"en": "food creators in France under 50k, engagement over 1.5 %, video below 300 euros, vegan",
		"fr": "créateurs cuisine en France de moins de 50k abonnés, plus de 1,5 % d’engagement, vidéo à moins de 300 €, vegan",
		"nl": "foodcreators in Frankrijk onder 50k volgers, betrokkenheid boven 1,5%, video onder 300 euro, vegan",
	} {
		b := a.NewBrowser(t)
		b.Language = language
		page := asked(b.Get("/creators"), b, said)
		address, _ := url.Parse(page.Address())
		q := address.Query()
		if q.Get("asked") != said || q.Has("say") {
			t.Errorf("%s: the address is %s", language, page.Address())
		}
		q.Del("asked")
		if got := q.Encode(); got != "country=FR&engagement_min=1.5&followers_max=50000&price_max=300&tribe=foodtok" {
			t.Errorf("%s: the filters are %s", language, got)
		}
		if got := page.Find("#f-say").AttrOr("value", ""); got != said {
			t.Errorf("%s: the field holds %q", language, got)
		}
		if n := page.Find("#applied a.applied").Length(); n != 5 || page.Find("#applied > li.soft").Length() != 1 {
			t.Errorf("%s: %d chips: %s", language, n, page.Find("#applied").Text())
		}
		if got := page.Find(".unheard b").Text(); got != "vegan" {
			t.Errorf("%s: not understood is %q", language, got)
		}
	}
}

// Each chip takes its part out of the sentence, and a later sentence replaces the former,
// but not what was chosen besides.
func TestASentenceIsCorrected(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 30)
	b := a.NewBrowser(t)
	page := asked(b.Get("/creators?platform=tiktok"), b, "food creators in France over 10k, vegan")
	page = b.Get(chips(page)["France"])
	if got := page.Find("#f-say").AttrOr("value", ""); got != "food creators over 10k, vegan" {
		t.Errorf("without France the sentence is %q", got)
	}
	page = asked(page, b, "food creators in the Netherlands")
	if got := strings.TrimPrefix(page.Address(), "/creators?"); got != "asked=food+creators+in+the+Netherlands&country=NL&platform=tiktok&tribe=foodtok" {
		t.Errorf("the next sentence leads to %s", got)
	}
	if got := asked(page, b, "").Address(); got != "/creators?platform=tiktok" {
		t.Errorf("no sentence leads to %s", got)
	}
	again := filledFrom(page, "search")
	if sent := b.Get("/creators?" + again.Encode()); sent.Find("h1").Text() != page.Find("h1").Text() || sent.Find("#f-say").AttrOr("value", "") != "food creators in the Netherlands" {
		t.Errorf("sent as it is, the form finds %q", sent.Find("h1").Text())
	}
}

func TestWordsNotUnderstoodAreLookedFor(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 30)
	b := a.NewBrowser(t)
	page := asked(b.Get("/creators"), b, "food creators, maker000")
	look := page.Find(".unheard a").First()
	found := b.Get(look.AttrOr("href", ""))
	if got := found.Find("h1").Text(); got != "1 FoodTok creator fits" || found.Find(".unheard b").Length() != 0 {
		t.Errorf("%s finds %q", look.AttrOr("href", ""), got)
	}
	if _, ok := chips(found)["“maker000”"]; !ok {
		t.Errorf("the chips are %v", chips(found))
	}
	words := b.Get(page.Find(".unheard a").Last().AttrOr("href", ""))
	if words.Address() != "/creators?q=food+creators%2C+maker000" || words.Find("#f-say").AttrOr("value", "") != "food creators, maker000" {
		t.Errorf("the sentence as words is %s", words.Address())
	}
}

// A name is looked for as it is, also where a part of it could be a filter; a page of
// words offers the filters, also a tribe by its name.
func TestANameStaysAName(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 30)
	b := a.NewBrowser(t)
	for said, want := range map[string]string{
		"Maker 001": "/creators?q=Maker+001", "Paris Martin": "/creators?q=Paris+Martin", "@maker001": "/creators?q=%40maker001", "France Gall": "/creators?q=France+Gall",
		"books": "/creators?q=books", "https://www.tiktok.com/@maker001": "/creators?q=https%3A%2F%2Fwww.tiktok.com%2F%40maker001",
	} {
		if page := asked(b.Get("/creators"), b, said); page.Address() != want || page.Status != http.StatusOK {
			t.Errorf("%s leads to %s", said, page.Address())
		}
	}
	page := asked(b.Get("/creators?platform=tiktok"), b, "Boeken")
	offer := page.Find("#offered")
	if offer.Text() != "Filter by BookTok instead" {
		t.Fatalf("the name of a tribe offers %q", offer.Text())
	}
	if got := b.Get(offer.AttrOr("href", "")); got.Address() != "/creators?platform=tiktok&tribe=booktok" || got.Find("h1").Text() != "15 BookTok creators fit" {
		t.Errorf("it leads to %s: %s", got.Address(), got.Find("h1").Text())
	}
	// Words that were chosen stay words while filters change.
	sent := filledFrom(page, "search")
	sent.Set("country", "FR")
	if got := b.Get("/creators?" + sent.Encode()); !strings.Contains(spaced(got.Find("#applied")), "“Boeken”") {
		t.Errorf("with a country the words are %s", spaced(got.Find("#applied")))
	}
}

func TestNoSentenceBreaksTheSearch(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 3)
	b := a.NewBrowser(t)
	for _, said := range []string{"\x00", "\xff\xfe in France", strings.Repeat("in France ", 500), "<script>alert(1)</script> in France", "9999999999999999999k followers", "in France\r\nSet-Cookie: a=b", "🇫🇷", "video under 5000000000000 euros"} {
		for _, address := range []string{"/creators?say=", "/creators?asked=", "/creators?country=FR&asked="} {
			page := b.Get(address + url.QueryEscape(said))
			if page.Status != http.StatusOK || page.Find("script:not([src])").Length() != 0 {
				t.Errorf("%s%.60q gives %d", address, said, page.Status)
			}
		}
	}
	if page := b.Get("/creators?asked=creators+in+France"); page.Find("#f-say").AttrOr("value", "") != "" {
		t.Error("a sentence whose filters are not set is shown")
	}
}

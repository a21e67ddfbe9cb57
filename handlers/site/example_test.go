package site_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tribemarket/internal/testkit/apptest"
)

// The examples can be clicked through without an account, say what they are, and lead
// nowhere that does not exist.
func TestExamplesCanBeClickedThrough(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	for _, language := range []string{"en", "fr", "nl"} {
		b := a.NewBrowser(t)
		b.Language = language
		for path, says := range map[string][]string{
			"/example/creator": {"Nour Kerères", "Ferme Anselle"}, "/example/deal": {"Petit Savon", "Nour Kerères"},
		} {
			p := b.Get(path)
			if p.Status != 200 || !p.HasTexts(says...) || p.Find(".notice a[href^='/example/']").Length() != 2 || p.Find("meta[name=robots][content=noindex]").Length() != 1 {
				t.Fatalf("%s in %s: %d %s", path, language, p.Status, p.Find("main").Text())
			}
			if path == "/example/creator" && language == "en" && !p.HasTexts("2 deals completed here", "within 5.0% to 8.0%", "By country", "264") {
				t.Errorf("the kit has holes: %s", p.Find("main").Text())
			}
			if turn := p.Find(".turn-card").Text(); path == "/example/deal" && language == "en" && (!strings.Contains(turn, "Waiting for you") || !strings.Contains(turn, "by Tue 24 Nov")) {
				t.Errorf("in turn: %s", turn)
			}
			if history := p.Find("#history li").Length(); path == "/example/deal" && history != 10 { // one is still to come
				t.Errorf("%s: the history has %d steps", language, history)
			}
			if path == "/example/deal" && language == "en" && !p.HasTexts("sent a proposal", "accepted the proposal", "published it", "accepted the publication", "Show the wrapper") {
				t.Errorf("the history: %s", p.Find("#history").Text())
			}
			if n := p.Find("main form, main button").Length(); n != 0 {
				t.Errorf("%s: %d forms and buttons", path, n)
			}
			p.Find("main a[href^='/']").Each(func(_ int, link *goquery.Selection) {
				href, _, _ := strings.Cut(link.AttrOr("href", ""), "#")
				if language == "en" && b.Get(href).Status != 200 {
					t.Errorf("%s leads to %s", path, href)
				}
			})
			p.Find("main a[href^='http']").Each(func(_ int, link *goquery.Selection) {
				if href := link.AttrOr("href", ""); !strings.HasPrefix(href, "https://video.example/") {
					t.Errorf("%s leads to %s", path, href)
				}
			})
			if n := p.Find("main img[src^='/static/art/']").Length(); path == "/example/creator" && n < 10 {
				t.Errorf("%d pictures", n)
			}
		}
	}
	if sitemap := a.NewBrowser(t).Get("/sitemaps/pages.xml"); strings.Contains(sitemap.Text(), "/example/") {
		t.Error("search engines are led to examples")
	}
	if n := apptest.Count(t, a, "SELECT (SELECT count(*) FROM creators) + (SELECT count(*) FROM deals) + (SELECT count(*) FROM pictures)"); n != 0 {
		t.Errorf("%d rows are stored", n)
	}
}

func TestTheFirstPageShowsARowAndACardInTurn(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	if p := a.NewBrowser(t).Get("/"); p.Status != 200 || p.Find("#row").Length() != 0 || p.Find("#in-turn .turn-card").Length() != 1 {
		t.Errorf("without creators: %d %s", p.Status, p.Find("main").Text())
	}
	_, id := a.JoinCreator(t, "penne.sandbox")
	p := a.NewBrowser(t).Get("/")
	if p.Find("#row .stall a[href='/c/"+id+"']").Length() == 0 || p.Find("#row input, #row button").Length() != 0 {
		t.Errorf("the row: %s", p.Find("#row").Text())
	}
	apptest.Must(t, a.Rankings.ComputeTribePages(t.Context()))
	p = a.NewBrowser(t).Get("/")
	if tribe := p.Find(".tribe-stalls li").First(); p.Find(".tribe-stalls li").Length() != 8 || !strings.Contains(tribe.Text(), "1 creator") || tribe.Find(".faces .avatar").Length() != 1 || p.Find(".tribe-stalls .faces").Length() > 2 {
		t.Errorf("the largest tribe: %s, with %d faces", tribe.Text(), tribe.Find(".faces > *").Length())
	}
	for _, href := range []string{"/example/creator", "/example/deal", "/tribes"} {
		if p.Find("main a[href='"+href+"']").Length() != 1 {
			t.Errorf("nothing leads to %s", href)
		}
	}
	if found := a.NewBrowser(t).Get("/").Submit("main form[role=search]", nil); found.Path != "/creators" {
		t.Errorf("the search field leads to %s", found.Path)
	}
	if n := apptest.CountQueries(t, a, a.NewBrowser(t), "/"); n > 11 {
		t.Errorf("%d queries", n)
	}
}

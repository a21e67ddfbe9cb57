package site_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/models/search"
	"tribemarket/views/layouts"
	"tribemarket/views/site"
)

// page renders a body in its frame; a text that is missing fails the test.
func page(t *testing.T, l i18n.Locale, body templ.Component) *goquery.Document {
	t.Helper()
	ctx := i18n.WithMissingText(i18n.WithLocale(t.Context(), l, nil), func(l i18n.Locale, key string) { t.Errorf("%s has no text %s", l, key) })
	ctx = layouts.WithShell(ctx, layouts.Shell{CSRF: "token", Path: "/creators?q=x", InstanceName: "Market"})
	var b strings.Builder
	if err := layouts.Page("Page").Render(templ.WithChildren(ctx, body), &b); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func all() map[string]templ.Component {
	return map[string]templ.Component{
		"home":          site.Home(homeProps(tribes(12))),
		"figures":       site.Figures(site.FiguresProps{Floor: 10_000, Weights: []search.RelevanceWeight{{Part: "trust", Weight: 250}}}),
		"rules":         site.Rules(site.RulesProps{Negotiations: []site.Rule{{"Open", "the creator", "7 days", "It expires."}, {State: "Declined"}}}),
		"accessibility": site.Accessibility(),
		"missing":       site.ErrorPage(site.ErrorPageProps{Status: 404, Message: "No."}),
		"broken":        site.ErrorPage(site.ErrorPageProps{Status: 500, Message: "No.", RequestID: "r-1"}),
		"no mails":      site.DemoMails(site.DemoMailsProps{}),
		"mails":         site.DemoMails(site.DemoMailsProps{Mails: []site.DemoMail{{Name: "m1", To: "ada@example.com", Subject: "Hello", Text: "Hello", At: time.Unix(1_790_000_000, 0)}}}),
	}
}

func TestEveryPageIsWiredUp(t *testing.T) {
	t.Parallel()
	for name, body := range all() {
		for _, l := range i18n.Locales() {
			doc := page(t, l, body)
			ids := map[string]int{}
			doc.Find("[id]").Each(func(_ int, s *goquery.Selection) { ids[s.AttrOr("id", "")]++ })
			for id, n := range ids {
				if n > 1 {
					t.Errorf("%s: the id %s stands %d times", name, id, n)
				}
			}
			doc.Find("main [aria-labelledby]").Each(func(_ int, s *goquery.Selection) {
				if ids[s.AttrOr("aria-labelledby", "")] != 1 {
					t.Errorf("%s: nothing has the id %s", name, s.AttrOr("aria-labelledby", ""))
				}
			})
			doc.Find("main input").Each(func(_ int, s *goquery.Selection) {
				if doc.Find("label[for='"+s.AttrOr("id", "")+"']").Length() != 1 {
					t.Errorf("%s: %s has no label", name, s.AttrOr("name", ""))
				}
			})
			if n := doc.Find("h1").Length(); n != 1 {
				t.Errorf("%s has %d headlines", name, n)
			}
			if doc.Find("main [style], main style, main script").Length() > 0 {
				t.Errorf("%s has a style or script of its own", name)
			}
		}
	}
}

// tribes are so many, the last the largest.
func tribes(n int) site.HomeContent {
	c := site.HomeContent{Floor: 10_000, Sizes: map[string]int64{}}
	for i, slug := range []string{"foodtok", "beautytok", "skintok", "techtok", "gametok", "booktok", "planttok", "fashiontok", "fittok", "pettok", "hometok", "crafttok"}[:n] {
		c.Tribes = append(c.Tribes, creators.Tribe{Slug: slug, Display: slug, Mark: "bowl", Hue: i})
		c.Sizes[slug] = int64(i + 1)
	}
	return c
}

func homeProps(c site.HomeContent) site.HomeProps {
	return site.PresentHome(context.Background(), c)
}

// The page shows what a market sells: works, the largest tribes, and no picture twice.
func TestTheFirstPageShowsEachPictureOnce(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 3, 12} {
		doc := page(t, i18n.EN, site.Home(homeProps(tribes(n))))
		seen := map[string]bool{}
		doc.Find("main img").Each(func(_ int, s *goquery.Selection) {
			name, _, _ := strings.Cut(strings.TrimPrefix(s.AttrOr("src", ""), "/static/art/"), "-")
			if seen[name] {
				t.Errorf("%d tribes: %s twice", n, name)
			}
			seen[name] = true
			if s.AttrOr("width", "") == "" || s.AttrOr("height", "") == "" || s.AttrOr("alt", "none") != "" {
				t.Errorf("%s: %v", name, s.Nodes[0].Attr)
			}
		})
		if shown := min(n, 8); len(seen) != 8+shown || doc.Find(".tribe-stalls li").Length() != shown {
			t.Errorf("%d tribes: %d pictures", n, len(seen))
		}
	}
	doc := page(t, i18n.EN, site.Home(homeProps(tribes(12))))
	if first := doc.Find(".tribe-stalls li").First(); !strings.Contains(first.Text(), "crafttok") || !strings.Contains(first.Text(), "12 creators") {
		t.Errorf("the largest tribe comes first: %s", first.Text())
	}
	if doc.Find("main a[href='/tribes']").Length() != 1 || doc.Find("main a[href='/creators?tribe=foodtok']").Length() != 0 {
		t.Error("the other tribes are behind one link")
	}
}

func TestTheFirstPageLeadsToSearchAndTribes(t *testing.T) {
	t.Parallel()
	doc := page(t, i18n.EN, site.Home(homeProps(tribes(1))))
	form := doc.Find("main form[role=search]")
	if form.AttrOr("action", "") != "/creators" || form.AttrOr("method", "") != "get" || form.Find("input[name=say]").Length() != 1 {
		t.Error("the search does not lead to the creators")
	}
	if doc.Find("main a[href='/creators?tribe=foodtok']").Text() == "" {
		t.Error("a tribe does not lead to its creators")
	}
	if text := doc.Find("main .steps").Text(); !strings.Contains(text, "10,000") {
		t.Errorf("the floor is not named: %s", text)
	}
}

func TestAProblemOffersAnotherTryOnlyWhereItMayHelp(t *testing.T) {
	t.Parallel()
	rows := []struct {
		status int
		again  bool
	}{{400, false}, {403, false}, {404, false}, {405, false}, {409, false}, {413, false}, {418, false}, {422, false}, {429, false}, {500, true}, {502, true}, {503, true}}
	for _, r := range rows {
		doc := page(t, i18n.NL, site.ErrorPage(site.ErrorPageProps{Status: r.status, Message: "Nee.", RequestID: "r-1"}))
		if !i18n.HasText(site.ErrorTitle(r.status)) {
			t.Errorf("%d has no title", r.status)
		}
		if again := doc.Find("main a[href='/creators?q=x']").Length() == 1; again != r.again {
			t.Errorf("%d can be tried again: %v", r.status, again)
		}
		if number := strings.Contains(doc.Find("main").Text(), "r-1"); number != r.again {
			t.Errorf("%d shows its number: %v", r.status, number)
		}
		if doc.Find("main .lead").Text() != "Nee." {
			t.Errorf("%d does not say what happened", r.status)
		}
	}
}

func TestTheLinkOfAMailCanBeFollowed(t *testing.T) {
	t.Parallel()
	const text = "Hello <b>Ada</b>,\n\nConfirm: https://x.example/confirm/a-b_c?d=1&e=2\n\nSee (https://x.example/rules).\njavascript:alert(1)\n"
	mail := site.DemoMail{Name: "m1", To: "ada@example.com", Subject: "Confirm", Text: text, At: time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)}
	doc := page(t, i18n.EN, site.DemoMails(site.DemoMailsProps{Mails: []site.DemoMail{mail}}))
	if got := doc.Find("main .mail-text").Text(); got != text {
		t.Errorf("%q, was %q", got, text)
	}
	var links []string
	doc.Find("main .mail-text a").Each(func(_ int, s *goquery.Selection) { links = append(links, s.AttrOr("href", "")) })
	if len(links) != 1 || links[0] != "https://x.example/confirm/a-b_c?d=1&e=2" {
		t.Errorf("the links are %v", links)
	}
	if doc.Find("main time").AttrOr("datetime", "") != "2026-11-20T14:00:00Z" || !strings.Contains(doc.Find("main").Text(), "ada@example.com") {
		t.Error("the mail says neither when nor to whom")
	}
}

func TestARuleThatWaitsForNobodySaysSo(t *testing.T) {
	t.Parallel()
	doc := page(t, i18n.EN, all()["rules"])
	rows := doc.Find("main #proposals tbody tr")
	if n := rows.First().Find("td").Length(); n != 3 {
		t.Errorf("a state that waits has %d cells", n)
	}
	if got := rows.Last().Find("td").Text(); got != "Waiting for nobody" {
		t.Errorf("a final state says %q", got)
	}
}

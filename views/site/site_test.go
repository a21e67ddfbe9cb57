package site_test

import (
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"tribemarket/internal/i18n"
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
		"home":          site.Home(site.HomeProps{Floor: 10_000, Tribes: []site.HomeTribe{{Slug: "foodtok", Name: "FoodTok", Line: "Recipes", Mark: "bowl", Hue: 4}}}),
		"figures":       site.Figures(site.FiguresProps{Floor: 10_000, Weights: []search.RelevanceWeight{{Part: "trust", Weight: 250}}}),
		"rules":         site.Rules(site.RulesProps{Proposals: []site.Rule{{"Open", "the creator", "7 days", "It expires."}, {State: "Declined"}}}),
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

func TestTheFirstPageLeadsToSearchAndTribes(t *testing.T) {
	t.Parallel()
	doc := page(t, i18n.EN, all()["home"])
	form := doc.Find("main form[role=search]")
	if form.AttrOr("action", "") != "/creators" || form.AttrOr("method", "") != "get" || form.Find("input[name=q]").Length() != 1 {
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
	if got := rows.Last().Find("td").Text(); got != "Waits for nobody" {
		t.Errorf("a final state says %q", got)
	}
}

package emails_test

import (
	"context"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/discovery"
	"tribemarket/views/emails"
)

var site = emails.Site{Name: "Tribemarket", BaseURL: "https://market.example"}

func sample() emails.Props {
	return emails.Props{
		Site: site, Name: "Ada <b>", Headline: "Brumelle sent you a proposal.",
		Lines: []string{"2 videos on TikTok, €900.00."}, Waits: "Say yes or no.",
		Until: "Tue 24 Nov, 17:00", Otherwise: "Otherwise it expires.",
		Button: emails.Button{Text: "Read the proposal", URL: "https://market.example/negotiations/x?a=1&b=2"},
	}
}

// strict is a context of a language in which a missing text fails the test.
func strict(t *testing.T, l i18n.Locale) context.Context {
	return i18n.WithMissingText(i18n.WithLocale(t.Context(), l, nil), func(_ i18n.Locale, key string) { t.Errorf("%s has no %s", l, key) })
}

func page(t *testing.T, html string) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(html))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestAMailSaysTheSameAsHTMLAndAsText(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Locales() {
		ctx, p := strict(t, l), sample()
		html, err := emails.Render(ctx, emails.Announcement(p))
		if err != nil {
			t.Fatal(err)
		}
		doc, text := page(t, html), p.Text(ctx)
		if lang, _ := doc.Find("html").Attr("lang"); lang != string(l) {
			t.Errorf("the language of the %s mail is %q", l, lang)
		}
		said := strings.Join(strings.Fields(doc.Find("body").Text()), " ")
		for _, s := range []string{p.Name, p.Headline, p.Lines[0], p.Waits, p.Until, p.Otherwise, p.Button.Text, p.Button.URL, site.BaseURL} {
			if !strings.Contains(said, s) {
				t.Errorf("%s HTML lacks %q: %s", l, s, said)
			}
			if !strings.Contains(text, s) {
				t.Errorf("%s text lacks %q: %s", l, s, text)
			}
		}
		if href, _ := doc.Find("a").First().Attr("href"); href != p.Button.URL {
			t.Errorf("the button leads to %s", href)
		}
	}
}

func TestWithNothingToDoThereIsNoWaitAndNoButton(t *testing.T) {
	t.Parallel()
	p := emails.Props{Site: site, Headline: "The deal is completed."}
	html, err := emails.Render(strict(t, i18n.EN), emails.Announcement(p))
	if err != nil {
		t.Fatal(err)
	}
	if doc := page(t, html); doc.Find(".wait, a").Length() != 0 {
		t.Errorf("something waits: %s", html)
	}
	want := "Hello,\n\nThe deal is completed.\n\n-- \nYou are receiving this e-mail because you have an account on Tribemarket, https://market.example. You can change the e-mail address in your settings.\n"
	if got := p.Text(strict(t, i18n.EN)); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTheConfirmationLeadsToItsLink(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Locales() {
		ctx := strict(t, l)
		p := emails.EmailConfirmation(ctx, emails.Site{Name: "Market", BaseURL: "https://market.example/"}, "Ada", "ada@example.com", "s-1_x")
		html, err := p.HTML(ctx)
		if err != nil {
			t.Fatal(err)
		}
		const link = "https://market.example/confirm/s-1_x"
		if href, _ := page(t, html).Find("a").First().Attr("href"); href != link {
			t.Errorf("the button leads to %s", href)
		}
		if text := p.Text(ctx); !strings.Contains(text, link) || !strings.Contains(text, "ada@example.com") || !strings.Contains(text, "3") {
			t.Errorf("%s: %s", l, text)
		}
		if p.Subject == "" {
			t.Error("no subject")
		}
	}
}

func TestAnAlertNamesTheNewCreatorsAndHowToStop(t *testing.T) {
	t.Parallel()
	m := discovery.AlertMail{To: accounts.Contact{Name: "Ada"}, Brand: "Brumelle & Fils", CreatorCount: 12, Search: discovery.SavedSearch{PublicID: "s3rch", Name: "Pasta <in> Gent"}}
	rate := int64(45_000)
	m.FirstCreators = []creators.CreatorSummary{
		{Creator: creators.Creator{PublicID: "l3na", Name: "Lena"}, Account: creators.Account{Platform: "tiktok", Handle: "lena", Followers: 64_000, Figures: creators.Figures{EngagementPPM: &rate}}, Tribes: []creators.TribeOf{{Tribe: creators.Tribe{Display: "FoodTok"}}}},
		{Creator: creators.Creator{PublicID: "m4x", Name: "Max"}, Account: creators.Account{Platform: "youtube", Handle: "max", Followers: 12_000}},
	}
	for _, l := range i18n.Locales() {
		for _, alert := range []discovery.AlertFrequency{discovery.AlertInstant, discovery.AlertDaily, discovery.AlertWeekly} {
			ctx := strict(t, l)
			m.Search.Alert = alert
			p := emails.SearchAlert(ctx, site, m).Stopped(ctx, "s3cret")
			html, err := p.HTML(ctx)
			if err != nil {
				t.Fatal(err)
			}
			doc, text := page(t, html), p.Text(ctx)
			said := strings.Join(strings.Fields(doc.Find("body").Text()), " ")
			for _, s := range []string{"12", m.Search.Name, m.Brand, "Lena", "@lena, TikTok · FoodTok · 64", "@max, YouTube · 12", "10", p.Footer, p.Stop.Text} {
				s = strings.Join(strings.Fields(s), " ")
				if !strings.Contains(said, s) || !strings.Contains(strings.Join(strings.Fields(text), " "), s) {
					t.Errorf("%s, %s: %q is missing: %s", l, alert, s, text)
				}
			}
			for _, link := range []string{"/c/l3na", "/c/m4x", "/searches/s3rch", "/notifications/unsubscribe/s3cret"} {
				if doc.Find("a[href='"+site.BaseURL+link+"']").Length() == 0 || !strings.Contains(text, site.BaseURL+link) {
					t.Errorf("%s, %s: nothing leads to %s", l, alert, link)
				}
			}
		}
	}
}

package accounts_test

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"tribemarket/internal/i18n"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/layouts"
)

// page renders a body in its frame; a text that is missing fails the test.
func page(t *testing.T, l i18n.Locale, body templ.Component) *goquery.Document {
	t.Helper()
	ctx := i18n.WithMissingText(i18n.WithLocale(t.Context(), l, nil), func(l i18n.Locale, key string) { t.Errorf("%s has no text %s", l, key) })
	ctx = layouts.WithShell(ctx, layouts.Shell{CSRF: "token"})
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

// wrong is every field of a form in error, and one that it does not ask.
func wrong(fields ...string) map[string]string {
	errs := map[string]string{"elsewhere": "Something else."}
	for _, f := range fields {
		errs[f] = "Not so: " + f
	}
	return errs
}

var forms = []struct {
	name   string
	fields []string
	kept   map[string]string // answers by field
	form   func(errs map[string]string) templ.Component
}{
	{"sign in", []string{"email", "password"}, map[string]string{"email": "ada@example.com", "next": "/deals?x=1"},
		func(errs map[string]string) templ.Component {
			return accountsview.SignIn(accountsview.SignInProps{Next: "/deals?x=1", Email: "ada@example.com", Platforms: []string{"tiktok"}, Errors: errs})
		}},
	{"sign up", []string{"brand", "site", "country", "sells", "name", "email", "password"},
		map[string]string{"brand": `Bru"melle`, "site": "x.example", "country": "BE", "sells": "<b>pans", "name": "Ada", "email": "ada@", "next": "/c/x"},
		func(errs map[string]string) templ.Component {
			return accountsview.SignUp(accountsview.SignUpProps{Next: "/c/x", Brand: `Bru"melle`, Site: "x.example", Country: "BE", Sells: "<b>pans", Name: "Ada", Email: "ada@", Errors: errs})
		}},
	{"welcome", []string{"email", "locale", "zone"}, map[string]string{"email": "ada@", "locale": "nl", "zone": "Asia/Calcutta", "next": "/deals"},
		func(errs map[string]string) templ.Component {
			return accountsview.Welcome(accountsview.WelcomeProps{Name: "Ada", Email: "ada@", Next: "/deals", Locale: "nl", Zone: "Asia/Calcutta", Followers: 9_412, Floor: 10_000, Errors: errs})
		}},
	{"settings", []string{"name", "locale", "zone", "email"}, map[string]string{"name": "Ada", "locale": "fr", "zone": "Europe/Paris", "email": "new@example.com"},
		func(errs map[string]string) templ.Component {
			return accountsview.Settings(accountsview.SettingsProps{Name: "Ada", Email: "new@example.com", Locale: "fr", Zone: "Europe/Paris", Current: "ada@example.com", Pending: "new@example.com", Kind: "creator", Errors: errs})
		}},
	{"brand", []string{"name", "site", "country", "sells"}, map[string]string{"name": "Brumelle", "site": "x", "country": "FR", "sells": "Pans"},
		func(errs map[string]string) templ.Component {
			return accountsview.BrandForm(accountsview.BrandFormProps{PublicID: "b1", Name: "Brumelle", Site: "x", Country: "FR", Sells: "Pans", Errors: errs})
		}},
}

func TestAFormKeepsItsAnswersAndSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for _, f := range forms {
		for _, l := range i18n.Locales() {
			doc := page(t, l, f.form(wrong(f.fields...)))
			for _, name := range f.fields {
				field := doc.Find("main [name='" + name + "']")
				if field.Length() != 1 || field.AttrOr("aria-invalid", "") != "true" {
					t.Fatalf("%s: %s is not marked as wrong", f.name, name)
				}
				said := ""
				for _, id := range strings.Fields(field.AttrOr("aria-describedby", "")) {
					said += doc.Find("#" + id).Text()
				}
				if !strings.Contains(said, "Not so: "+name) {
					t.Errorf("%s: %s is described by %q", f.name, name, said)
				}
				if link := doc.Find("#error-summary a[href='#" + field.AttrOr("id", "") + "']"); !strings.Contains(link.Text(), "Not so: "+name) {
					t.Errorf("%s: the summary does not lead to %s", f.name, name)
				}
			}
			if n := doc.Find("#error-summary li").Length(); n != len(f.fields)+1 {
				t.Errorf("%s: the summary has %d lines", f.name, n)
			}
			for name, want := range f.kept {
				if got := answer(doc, name); got != want {
					t.Errorf("%s: %s is %q, was %q", f.name, name, got, want)
				}
			}
		}
	}
}

func answer(doc *goquery.Document, name string) string {
	field := doc.Find("main form:not([action^='/auth/']) [name='" + name + "']")
	switch goquery.NodeName(field) {
	case "select":
		return field.Find("option[selected]").AttrOr("value", "")
	case "textarea":
		return field.Text()
	}
	return field.AttrOr("value", "")
}

func TestWithoutErrorsThereIsNoSummary(t *testing.T) {
	t.Parallel()
	for _, f := range forms {
		doc := page(t, i18n.EN, f.form(nil))
		if doc.Find("#error-summary, [aria-invalid]").Length() != 0 {
			t.Errorf("%s: something is wrong in a form without errors", f.name)
		}
	}
}

// all is every page of this folder, in its forms.
func all() map[string]templ.Component {
	pages := map[string]templ.Component{
		"confirmation":   accountsview.EmailConfirmation(accountsview.EmailConfirmationProps{Email: "ada@example.com", Token: "s3"}),
		"confirmed":      accountsview.EmailConfirmation(accountsview.EmailConfirmationProps{Email: "ada@example.com", Done: true}),
		"brand page":     accountsview.Brand(accountsview.BrandProps{Name: "Brumelle", Site: "https://x.example/", Country: "BE", Sells: "Pans", Since: time.Unix(1_790_000_000, 0), Own: true}),
		"bare brand":     accountsview.Brand(accountsview.BrandProps{Name: "Brumelle"}),
		"nobody's keys":  accountsview.SignIn(accountsview.SignInProps{}),
		"listed":         accountsview.Welcome(accountsview.WelcomeProps{Name: "Ada", Followers: 10_000, Floor: 10_000, Locale: "en", Zone: "UTC"}),
		"no address":     accountsview.Settings(accountsview.SettingsProps{Locale: "en", Zone: "UTC", Kind: "brand"}),
		"settled":        accountsview.Settings(accountsview.SettingsProps{Locale: "en", Zone: "UTC", Current: "a@example.com", Confirmed: true}),
		"unconfirmed":    accountsview.Settings(accountsview.SettingsProps{Locale: "en", Zone: "UTC", Current: "a@example.com"}),
		"zone of before": accountsview.Welcome(accountsview.WelcomeProps{Name: "Ada", Floor: 10_000, Locale: "en", Zone: "Nowhere/Else"}),
	}
	for _, kind := range kinds {
		pages["problem "+kind] = accountsview.SignInProblem(accountsview.SignInProblemProps{Kind: kind, Platform: "tiktok", Next: "/deals"})
	}
	for _, f := range forms {
		pages[f.name] = f.form(nil)
		pages[f.name+", wrong"] = f.form(wrong(f.fields...))
	}
	return pages
}

var kinds = []string{"refused", "scope", "no_account", "hidden", "personal", "again", "setup", "state", "busy"}

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
			doc.Find("main").Find("input:not([type=hidden]), select, textarea").Each(func(_ int, s *goquery.Selection) {
				if doc.Find("label[for='"+s.AttrOr("id", "")+"']").Length() != 1 {
					t.Errorf("%s: %s has no label", name, s.AttrOr("name", ""))
				}
			})
			doc.Find("form[method=post]").Each(func(_ int, s *goquery.Selection) {
				if s.Find("input[name=_csrf][value=token]").Length() != 1 {
					t.Errorf("%s: a form to %s has no token", name, s.AttrOr("action", ""))
				}
			})
			if n := doc.Find("h1").Length(); n != 1 {
				t.Errorf("%s has %d headlines", name, n)
			}
			if n := doc.Find("main .btn.primary").Length(); n > 1 {
				t.Errorf("%s has %d primary buttons", name, n)
			}
			if html, _ := doc.Find("main").Html(); strings.Contains(html, "style=") || strings.Contains(html, " on") && doc.Find("main [onclick], main [onchange], main [onsubmit]").Length() > 0 {
				t.Errorf("%s has a style or script of its own", name)
			}
		}
	}
}

func TestSigningInLeadsBackWhicheverWay(t *testing.T) {
	t.Parallel()
	doc := page(t, i18n.EN, accountsview.SignIn(accountsview.SignInProps{Next: "/negotiations/x?a=1&b=2", Platforms: []string{"tiktok"}}))
	for _, form := range []string{"/auth/tiktok", "/signin"} {
		if got := doc.Find("main form[action='"+form+"'] input[name=next]").AttrOr("value", ""); got != "/negotiations/x?a=1&b=2" {
			t.Errorf("%s leads back to %q", form, got)
		}
	}
	if doc.Find("main a[href='/signup?next=%2Fnegotiations%2Fx%3Fa%3D1%26b%3D2']").Length() != 1 {
		t.Error("signing up forgets where to go")
	}
	for name, token := range map[string]string{"email": "email", "password": "current-password"} {
		if got := doc.Find("main [name="+name+"]").AttrOr("autocomplete", ""); got != token {
			t.Errorf("%s is completed as %q", name, got)
		}
	}
}

func TestWelcomeSaysHowFarItIsToTheFloor(t *testing.T) {
	t.Parallel()
	rows := []struct {
		followers int64
		headline  string
		bar       string
	}{
		{9_412, "Ada, 588 followers to go", "94"},
		{9_999, "Ada, 1 follower to go", "99"},
		{0, "Ada, 10,000 followers to go", "0"},
		{10_000, "Ada, brands can find you", ""},
		{1_200_000, "Ada, brands can find you", ""},
	}
	for _, r := range rows {
		doc := page(t, i18n.EN, accountsview.Welcome(accountsview.WelcomeProps{Name: "Ada", Followers: r.followers, Floor: 10_000, Locale: "en", Zone: "UTC"}))
		if got := doc.Find("h1").Text(); got != r.headline {
			t.Errorf("%d followers: %q, want %q", r.followers, got, r.headline)
		}
		if got := doc.Find(".to-floor .val").AttrOr("width", ""); got != r.bar {
			t.Errorf("%d followers: the bar is %q per cent", r.followers, got)
		}
	}
}

func TestAProblemAtThePlatformCanBeTriedAgain(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		doc := page(t, i18n.EN, accountsview.SignInProblem(accountsview.SignInProblemProps{Kind: kind, Platform: "tiktok", Next: "/deals"}))
		again := doc.Find("main form[action='/auth/tiktok'] input[name=next][value='/deals']").Length() == 1
		if again == (kind == "setup") {
			t.Errorf("%s: can be tried again: %v", kind, again)
		}
		if lead := doc.Find("main .lead").Text(); kind != "state" && !strings.Contains(lead, "TikTok") {
			t.Errorf("%s does not name the platform: %s", kind, lead)
		}
	}
}

func TestALinkIsOfferedAgainOnlyWhileOneWaits(t *testing.T) {
	t.Parallel()
	rows := []struct {
		p    accountsview.SettingsProps
		want int
	}{
		{accountsview.SettingsProps{}, 0},
		{accountsview.SettingsProps{Current: "a@example.com", Confirmed: true}, 0},
		{accountsview.SettingsProps{Current: "a@example.com"}, 1},
		{accountsview.SettingsProps{Current: "a@example.com", Confirmed: true, Pending: "b@example.com"}, 1},
		{accountsview.SettingsProps{Pending: "b@example.com"}, 1},
	}
	for _, r := range rows {
		if got := page(t, i18n.EN, accountsview.Settings(r.p)).Find("main button[name=again]").Length(); got != r.want {
			t.Errorf("%+v: %d buttons", r.p, got)
		}
	}
}

func TestABrandsAddressIsALinkThatCannotRun(t *testing.T) {
	t.Parallel()
	link := func(site string) *goquery.Selection {
		return page(t, i18n.EN, accountsview.Brand(accountsview.BrandProps{Name: "B", Site: site})).Find("main dd a")
	}
	if a := link("https://brumelle.example/"); a.AttrOr("href", "") != "https://brumelle.example/" || a.Text() != "brumelle.example" || !strings.Contains(a.AttrOr("rel", ""), "nofollow") {
		t.Errorf("the link is %q to %s", a.Text(), a.AttrOr("href", ""))
	}
	if a := link("javascript:alert(1)"); strings.HasPrefix(a.AttrOr("href", ""), "javascript") {
		t.Errorf("the link runs: %s", a.AttrOr("href", ""))
	}
}

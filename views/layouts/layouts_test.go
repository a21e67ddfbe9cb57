package layouts_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"tribemarket/internal/i18n"
	"tribemarket/views/layouts"
)

func page(t *testing.T, l i18n.Locale, s layouts.Shell, h layouts.Head) *goquery.Document {
	t.Helper()
	ctx := layouts.WithShell(i18n.WithLocale(t.Context(), l, nil), s)
	var b strings.Builder
	if err := layouts.PageWith(h).Render(templ.WithChildren(ctx, templ.Raw("<p id=body>body</p>")), &b); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func hrefs(s *goquery.Selection) string {
	return strings.Join(s.Map(func(_ int, a *goquery.Selection) string { return a.AttrOr("href", "") }), " ")
}

func TestTheFrameSpeaksTheReadersLanguage(t *testing.T) {
	t.Parallel()
	for l, sign := range map[i18n.Locale]string{i18n.EN: "Sign in", i18n.FR: "Se connecter", i18n.NL: "Inloggen"} {
		doc := page(t, l, layouts.Shell{Path: "/creators?q=a&b=c", CSRF: "t"}, layouts.Head{Title: "T"})
		if doc.Find("html").AttrOr("lang", "") != string(l) || !strings.Contains(doc.Find(".sign").Text(), sign) {
			t.Errorf("%s: %s", l, doc.Find(".sign").Text())
		}
		if doc.Find("title").Text() != "T · Tribemarket" || doc.Find("main#main #body").Length() != 1 {
			t.Errorf("%s: title or body", l)
		}
		if got := hrefs(doc.Find(".tools .sign a").First()); got != "/signin?next=%2Fcreators%3Fq%3Da%26b%3Dc" {
			t.Errorf("%s: signing in leads to %s", l, got)
		}
		form := doc.Find("form[action='/language']")
		if doc.Find(".tools button[form=set-language], .menu-tools form[action='/language'] button").Length() != 6 || form.Find("input[name=next][value='/creators?q=a&b=c']").Length() != form.Length() {
			t.Errorf("%s: the language menu does not come back", l)
		}
		for _, place := range []string{".tools", ".menu-tools"} {
			if doc.Find(place+" button[name=language][aria-current=true]").AttrOr("value", "") != string(l) {
				t.Errorf("%s: the language is not marked in %s", l, place)
			}
		}
	}
}

func TestEachViewerHasTheirWay(t *testing.T) {
	t.Parallel()
	out := page(t, i18n.EN, layouts.Shell{}, layouts.Head{})
	for _, place := range []string{".tools", ".menu-tools"} {
		if got := hrefs(out.Find(place + " .sign a")); got != "/signin /signup" {
			t.Errorf("signed out, in %s: %s", place, got)
		}
	}
	if out.Find("header .waiting").Length() != 0 {
		t.Error("something waits for nobody")
	}
	if got := hrefs(out.Find("nav a")); got != "/creators" {
		t.Errorf("signed out: %s", got)
	}
	if out.Find("form[action='/signout']").Length() != 0 {
		t.Error("somebody signed out can sign out")
	}
	ways := map[string]string{layouts.KindBrand: "/dashboard /creators /negotiations /deals", layouts.KindCreator: "/dashboard /creators /negotiations /deals"}
	for kind, settings := range map[string]string{layouts.KindBrand: "/settings/brand", layouts.KindCreator: "/settings/profile"} {
		doc := page(t, i18n.EN, layouts.Shell{Viewer: layouts.Viewer{Name: "N", Kind: kind, Waiting: 3}, Nav: layouts.NavDeals}, layouts.Head{})
		if got := hrefs(doc.Find("nav a")); got != ways[kind] {
			t.Errorf("%s: %s", kind, got)
		}
		if doc.Find("nav a[aria-current=page]").AttrOr("href", "") != "/deals" {
			t.Errorf("%s: here is not marked", kind)
		}
		if got := doc.Find("nav .vh").Text(); got != "3 things are waiting for you" {
			t.Errorf("%s: %q", kind, got)
		}
		if got := strings.Join(strings.Fields(doc.Find("header > .waiting").Text()), " "); got != "3 wait for you" {
			t.Errorf("%s: beside the name stands %q", kind, got)
		}
		for _, place := range []string{".account", ".menu-tools"} {
			if doc.Find(place+" a[href='"+settings+"']").Length() != 1 || doc.Find(place+" form[method=post][action='/signout'] input[name=_csrf]").Length() != 1 {
				t.Errorf("%s: the account's pages in %s", kind, place)
			}
		}
		if doc.Find(".sign").Length() != 0 {
			t.Errorf("%s: is asked to sign in", kind)
		}
	}
}

// An administrator has the most entries: still one row, with the current page marked.
func TestNoRoleHasMoreThanSixEntries(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"", layouts.KindBrand, layouts.KindCreator, layouts.KindPerson} {
		for _, admin := range []bool{false, true} {
			doc := page(t, i18n.EN, layouts.Shell{Demo: true, Viewer: layouts.Viewer{Name: "N", Kind: kind, Admin: admin}, Nav: layouts.NavAdmin, Path: "/settings?a=b"}, layouts.Head{})
			if n := doc.Find("header nav a").Length(); n > 6 {
				t.Errorf("%q has %d entries", kind, n)
			}
			if marked := doc.Find("nav a[aria-current=page]").AttrOr("href", "none"); kind != "" && admin && marked != "/admin" {
				t.Errorf("%q: %s is marked", kind, marked)
			}
			if n := doc.Find("header a[href='/settings'][aria-current=page]").Length(); kind != "" && n != 2 {
				t.Errorf("%q: the settings are marked %d times", kind, n)
			}
			if doc.Find("header a[href='/shortlists'], header a[href='/searches']").Length() != 0 {
				t.Errorf("%q: the header has lists or saved searches, which are tabs of the search", kind)
			}
			if doc.Find("footer a[href^='/dev']").Length() != 0 {
				t.Errorf("%q: the developer's page is in the footer", kind)
			}
		}
	}
}

// Without a script the menu is a popover that its button opens.
func TestTheMenuNeedsNoScript(t *testing.T) {
	t.Parallel()
	doc := page(t, i18n.EN, layouts.Shell{Viewer: layouts.Viewer{Name: "N", Kind: layouts.KindBrand}}, layouts.Head{})
	menu := doc.Find("header [popover]")
	id := menu.AttrOr("id", "")
	if menu.Find("nav").Length() != 1 || doc.Find("header > button[popovertarget='"+id+"']").Length() != 1 || menu.Find("button[popovertarget='"+id+"'][popovertargetaction=hide]").Length() != 1 {
		t.Error("the menu cannot be opened and closed")
	}
}

func TestThemeAndRobots(t *testing.T) {
	t.Parallel()
	rows := []struct {
		theme, attr, scheme string
	}{{"", "none", "light dark"}, {"dark", "dark", "dark"}, {"light", "light", "light"}}
	for _, r := range rows {
		doc := page(t, i18n.EN, layouts.Shell{Theme: r.theme}, layouts.Head{})
		if doc.Find("html").AttrOr("data-theme", "none") != r.attr || doc.Find("meta[name=color-scheme]").AttrOr("content", "") != r.scheme {
			t.Errorf("theme %q", r.theme)
		}
		if doc.Find("meta[name=robots]").Length() != 0 {
			t.Error("a public page is hidden")
		}
	}
	doc := page(t, i18n.EN, layouts.Shell{Demo: true, Flash: layouts.Flash{Kind: "good", Text: "Saved."}}, layouts.Head{Canonical: "https://example.org/c/1", Description: "D"})
	if doc.Find("meta[name=robots][content=noindex]").Length() != 1 || doc.Find("a[href='/demo/mails']").Length() != 1 {
		t.Error("a demo is not said to be one")
	}
	if doc.Find("link[rel=canonical]").AttrOr("href", "") != "https://example.org/c/1" || doc.Find("meta[name=description]").AttrOr("content", "") != "D" {
		t.Error("head")
	}
	if strings.TrimSpace(doc.Find("main [role=status]").Text()) != "Saved." {
		t.Error("what was done is not said")
	}
}

func TestAnInvalidFormSaysSoInTheTitle(t *testing.T) {
	t.Parallel()
	ctx := i18n.WithLocale(t.Context(), i18n.NL, nil)
	if got := layouts.Title(ctx, "Voorstel", true); got != "Fout: Voorstel" {
		t.Error(got)
	}
	if got := layouts.Title(ctx, "Voorstel", false); got != "Voorstel" {
		t.Error(got)
	}
}

// A piece brings its title, since htmx gives it to the document.
func TestAFragmentIsThePieceWithItsTitle(t *testing.T) {
	t.Parallel()
	ctx := layouts.WithShell(t.Context(), layouts.Shell{InstanceName: "Here"})
	var b strings.Builder
	if err := layouts.Fragment("T", templ.Raw("<p>x</p>")).Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	if got := b.String(); got != "<title>T · Here</title><p>x</p>" {
		t.Error(got)
	}
}

package dev_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"tribemarket/internal/i18n"
	"tribemarket/views/dev"
	"tribemarket/views/layouts"
)

func page(t *testing.T, l i18n.Locale, s layouts.Shell) *goquery.Document {
	t.Helper()
	ctx := i18n.WithMissingText(i18n.WithLocale(t.Context(), l, nil), func(l i18n.Locale, key string) { t.Errorf("%s has no text %s", l, key) })
	ctx = layouts.WithShell(ctx, s)
	var b strings.Builder
	if err := layouts.Page("Components").Render(templ.WithChildren(ctx, dev.Components()), &b); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// What holds for every page is checked on the one that has every part.
func TestEveryPartIsWiredUp(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Locales() {
		for _, kind := range []string{"", layouts.KindBrand, layouts.KindCreator} {
			doc := page(t, l, layouts.Shell{Viewer: layouts.Viewer{Name: "Somebody", Kind: kind, Waiting: 2}, Demo: true, CSRF: "t"})
			ids := map[string]int{}
			doc.Find("[id]").Each(func(_ int, s *goquery.Selection) { ids[s.AttrOr("id", "")]++ })
			for id, n := range ids {
				if n > 1 {
					t.Errorf("%s: the id %s stands %d times", l, id, n)
				}
			}
			for _, attr := range []string{"for", "aria-describedby", "aria-labelledby", "popovertarget"} {
				doc.Find("[" + attr + "]").Each(func(_ int, s *goquery.Selection) {
					for _, id := range strings.Fields(s.AttrOr(attr, "")) {
						if ids[id] == 0 {
							t.Errorf("%s: %s leads to %s, which is not there", l, attr, id)
						}
					}
				})
			}
			doc.Find("form[method=post]").Each(func(_ int, s *goquery.Selection) {
				if s.Find("input[name=_csrf][value=t]").Length() != 1 {
					t.Errorf("%s: a form to %s has no token", l, s.AttrOr("action", ""))
				}
			})
			doc.Find("input:not([type=hidden]), select, textarea").Each(func(_ int, s *goquery.Selection) {
				id := s.AttrOr("id", "")
				if doc.Find("label[for='"+id+"']").Length() == 0 && s.Closest("label").Length() == 0 {
					t.Errorf("%s: %s has no label", l, s.AttrOr("name", ""))
				}
			})
			doc.Find("[style], style, script:not([src]), [onclick]").Each(func(_ int, s *goquery.Selection) {
				t.Errorf("%s: %s has a style or script of its own", l, goquery.NodeName(s))
			})
		}
	}
}

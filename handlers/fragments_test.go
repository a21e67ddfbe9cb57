package handlers_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/PuerkitoBio/goquery"

	"tribemarket/internal/testkit/apptest"
)

// checkControlNames checks that what a control shows is part of the name that it is given
// (WCAG 2.5.3): who says what they see presses it. Axe leaves summaries out.
func checkControlNames(t *testing.T, p *apptest.Page) {
	t.Helper()
	p.Find("summary[aria-label], a[aria-label], button[aria-label]").Each(func(_ int, s *goquery.Selection) {
		seen := s.Clone()
		seen.Find(".vh, [aria-hidden=true], svg").Remove()
		shown, name := wholeWords(seen.Text()), wholeWords(s.AttrOr("aria-label", ""))
		if !strings.Contains(name, shown) {
			t.Errorf("%s: a control shows %q and is named %q", p.Path, shown, name)
		}
	})
}

// wholeWords are the words of a text between spaces, so that none is found within another.
func wholeWords(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return " " + strings.Join(words, " ") + " "
}

// A link to a part of a page leads somewhere without a script too: every fragment is the
// id of something on the page that the link opens.
func TestFragmentsExist(t *testing.T) {
	t.Parallel()
	g := newGrid(t)
	type page struct{ who, path string }
	ids, links := map[page]map[string]bool{}, map[page][]string{}
	idsOf := func(p *apptest.Page) map[string]bool {
		all := map[string]bool{"top": true}
		p.Find("[id]").Each(func(_ int, s *goquery.Selection) { all[s.AttrOr("id", "")] = true })
		return all
	}
	for _, r := range readMatrix(t) {
		if r.method != http.MethodGet {
			continue
		}
		for _, who := range []string{"visitor", "owner", "viewer", "creator", "administrator"} {
			if own, _ := r.expect(who); own != "ok" {
				continue
			}
			_, p := g.ask(g.App, who, r, g.kinds[r.kind].own[who])
			if p.Status != http.StatusOK || !strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
				continue
			}
			here := page{who, p.Path}
			ids[here] = idsOf(p)
			checkControlNames(t, p)
			p.Find("a[href*='#']").Each(func(_ int, s *goquery.Selection) { links[here] = append(links[here], s.AttrOr("href", "")) })
		}
	}
	seen := 0
	for here, all := range links {
		slices.Sort(all)
		for _, link := range slices.Compact(all) {
			u, err := url.Parse(link)
			if err != nil || u.Host != "" || u.Fragment == "" {
				continue
			}
			to := here
			if u.Path != "" {
				to.path = u.Path
			}
			have, read := ids[to]
			if u.RawQuery != "" { // another state of the page
				to.path += "?" + u.RawQuery
				if have, read = ids[to]; !read {
					have, read = idsOf(g.browsers[here.who].Get(to.path)), true
					ids[to] = have
				}
			}
			if read && !have[u.Fragment] {
				t.Errorf("%s, %s: nothing has the id of %s", here.who, here.path, link)
			}
			seen++
		}
	}
	if seen < 100 {
		t.Errorf("only %d links were looked at", seen)
	}
}

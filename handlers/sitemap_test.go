package handlers_test

import (
	"encoding/xml"
	"net/http"
	"slices"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/db"
)

// locations are the addresses of a sitemap's file.
func locations(t *testing.T, p *apptest.Page) []string {
	t.Helper()
	var x struct {
		XMLName xml.Name
		Entries []struct {
			Loc string `xml:"loc"`
		} `xml:",any"`
	}
	if err := xml.Unmarshal([]byte(p.Body), &x); err != nil || p.Status != http.StatusOK || x.XMLName.Space != "http://www.sitemaps.org/schemas/sitemap/0.9" {
		t.Fatalf("%d, %v, %s: %s", p.Status, err, x.XMLName, p.Body)
	}
	var all []string
	for _, e := range x.Entries {
		all = append(all, e.Loc)
	}
	return all
}

func TestTheSitemapNamesWhatSearchEnginesMayShow(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, live)
	_, penne := a.Creator(t, "penne.sandbox")
	_, shy := a.Creator(t, "chapter.sandbox")
	_, small := a.Creator(t, "almost.sandbox")
	_, unclaimed := a.Creator(t, "solder.sandbox")
	must(t, a.DB.Tx(t.Context(), func(tx *db.Tx) error {
		if err := tx.Exec("UPDATE creators SET noindex = TRUE WHERE public_id = ?", shy).Error; err != nil {
			return err
		}
		return tx.Exec("UPDATE creators SET person_id = NULL WHERE public_id = ?", unclaimed).Error
	}))
	b := a.Browser(t)
	robots := b.Get("/robots.txt")
	if robots.Status != http.StatusOK || !strings.Contains(robots.Body, "\nSitemap: "+a.URL+"/sitemap.xml\n") || strings.Contains(robots.Body, "Disallow: /\n") {
		t.Errorf("robots.txt: %d %s", robots.Status, robots.Body)
	}
	files := locations(t, b.Get("/sitemap.xml"))
	if want := []string{a.URL + "/sitemaps/pages.xml", a.URL + "/sitemaps/creators-1.xml"}; !slices.Equal(files, want) {
		t.Errorf("the files are %v", files)
	}
	pages := locations(t, b.Get("/sitemaps/pages.xml"))
	for _, path := range []string{"/", "/tribes", "/tribes/foodtok", "/rankings", "/rankings?by=growth&period=month&tribe=foodtok"} {
		if !slices.Contains(pages, a.URL+path) {
			t.Errorf("%s is not in the sitemap", path)
		}
	}
	people := b.Get("/sitemaps/creators-1.xml")
	if got := locations(t, people); !slices.Equal(got, []string{a.URL + "/c/" + penne}) || !strings.Contains(people.Body, "<lastmod>2026-11-20</lastmod>") {
		t.Errorf("creators are %v, not %s, %s, %s: %s", got, shy, small, unclaimed, people.Body)
	}
	for _, name := range []string{"creators-0.xml", "creators-01.xml", "creators-2.xml", "creators--1.xml", "creators-1", "other.xml", ".xml"} {
		if p := b.Get("/sitemaps/" + name); p.Status != http.StatusNotFound {
			t.Errorf("%s: %d", name, p.Status)
		}
	}
	demo := apptest.New(t)
	if p := demo.Browser(t).Get("/robots.txt"); p.Body != "User-agent: *\nDisallow: /\n" {
		t.Errorf("a demo lets them in: %s", p.Body)
	}
}

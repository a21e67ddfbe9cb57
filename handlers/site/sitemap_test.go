package site_test

import (
	"encoding/xml"
	"io"
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
	a := apptest.New(t, apptest.Live)
	_, penne := a.JoinCreator(t, "penne.sandbox")
	_, shy := a.JoinCreator(t, "chapter.sandbox")
	_, small := a.JoinCreator(t, "almost.sandbox")
	_, unclaimed := a.JoinCreator(t, "solder.sandbox")
	apptest.Must(t, a.DB.Tx(t.Context(), func(tx *db.Tx) error {
		if err := tx.Exec("UPDATE creators SET noindex = TRUE WHERE public_id = ?", shy).Error; err != nil {
			return err
		}
		return tx.Exec("UPDATE creators SET person_id = NULL WHERE public_id = ?", unclaimed).Error
	}))
	b := a.NewBrowser(t)
	robots := b.Get("/robots.txt")
	if robots.Status != http.StatusOK || !strings.Contains(robots.Body, "\nSitemap: "+a.URL+"/sitemap.xml\n") || strings.Contains(robots.Body, "Disallow: /\n") {
		t.Errorf("robots.txt: %d %s", robots.Status, robots.Body)
	}
	files := locations(t, b.Get("/sitemap.xml"))
	if want := []string{a.URL + "/sitemaps/pages.xml", a.URL + "/sitemaps/creators-1.xml"}; !slices.Equal(files, want) {
		t.Errorf("the files are %v", files)
	}
	pages := locations(t, b.Get("/sitemaps/pages.xml"))
	for _, path := range []string{"/", "/tribes", "/tribes/foodtok"} {
		if !slices.Contains(pages, a.URL+path) {
			t.Errorf("%s is not in the sitemap", path)
		}
	}
	ranked := func() (all []string) {
		for _, l := range locations(t, b.Get("/sitemaps/pages.xml")) {
			if path := strings.TrimPrefix(l, a.URL); strings.HasPrefix(path, "/rankings") {
				all = append(all, path)
				if p := b.Get(path); p.Status != http.StatusOK || apptest.MetaOf(p, "robots") != "" {
					t.Errorf("%s is in the sitemap and answers %d, %q", path, p.Status, apptest.MetaOf(p, "robots"))
				}
			}
		}
		return all
	}
	if got := ranked(); len(got) != 0 {
		t.Errorf("empty rankings are named: %v", got)
	}
	apptest.GrowFollowers(t, a, penne)
	apptest.Must(t, a.Rankings.ComputeRankings(t.Context()))
	got := ranked()
	for path, want := range map[string]bool{"/rankings": true, "/rankings?by=growth&tribe=foodtok": true, "/rankings?by=growth&tribe=booktok": false} {
		if slices.Contains(got, path) != want {
			t.Errorf("%s in the sitemap is not %v: %v", path, want, got)
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
	if p := demo.NewBrowser(t).Get("/robots.txt"); p.Body != "User-agent: *\nDisallow: /\n" {
		t.Errorf("a demo lets them in: %s", p.Body)
	}
}

// Half a file never looks like a whole one, and what fails at once is a page.
func TestASitemapThatFailsIsNoFile(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, apptest.Live)
	_, penne := a.JoinCreator(t, "penne.sandbox")
	spoil := func(publicID string) {
		t.Helper()
		apptest.Must(t, a.DB.Tx(t.Context(), func(tx *db.Tx) error {
			return tx.Exec("UPDATE creator_accounts SET as_of = 'never' WHERE creator_id = (SELECT id FROM creators WHERE public_id = ?)", publicID).Error
		}))
	}
	_, far := a.JoinCreator(t, "solder.sandbox")
	apptest.Must(t, a.DB.Tx(t.Context(), func(tx *db.Tx) error { // of another batch
		for _, q := range []string{
			"INSERT INTO creators (id, public_id, name, person_id, listed, created_at, updated_at) SELECT 9000, 'faraway', name, NULL, TRUE, created_at, updated_at FROM creators WHERE public_id = ?",
			"UPDATE creator_accounts SET creator_id = 9000 WHERE creator_id = (SELECT id FROM creators WHERE public_id = ?)",
			"UPDATE listings SET creator_id = 9000 WHERE creator_id = (SELECT id FROM creators WHERE public_id = ?)",
			"UPDATE creators SET person_id = NULL WHERE public_id = ?",
		} {
			if err := tx.Exec(q, far).Error; err != nil {
				return err
			}
		}
		return tx.Exec("UPDATE creators SET person_id = (SELECT min(id) FROM people WHERE id NOT IN (SELECT person_id FROM creators WHERE person_id IS NOT NULL)) WHERE id = 9000").Error
	}))
	ask := func() (*http.Response, string, error) {
		r, err := http.Get(a.URL + "/sitemaps/creators-1.xml")
		if err != nil {
			return nil, "", err
		}
		defer func() { _ = r.Body.Close() }()
		body, err := io.ReadAll(r.Body)
		return r, string(body), err
	}
	if _, body, err := ask(); err != nil || !strings.Contains(body, "/c/"+penne) || !strings.Contains(body, "/c/faraway") {
		t.Fatalf("%v: %s", err, body)
	}
	spoil("faraway")
	if _, body, err := ask(); err == nil {
		t.Errorf("half a file came as a whole one: %s", body)
	}
	spoil(penne)
	r, body, err := ask()
	if err != nil || r.StatusCode != http.StatusInternalServerError || !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
		t.Errorf("%v, %v: %s", err, r, body)
	}
}

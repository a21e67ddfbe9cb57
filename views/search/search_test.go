package search_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/models/discovery"
	"tribemarket/models/platform"
	"tribemarket/models/search"
	creatorsview "tribemarket/views/creators"
	searchview "tribemarket/views/search"
)

func page(t *testing.T, l i18n.Locale, p searchview.SearchProps) *goquery.Document {
	t.Helper()
	ctx := i18n.WithMissingText(i18n.WithLocale(context.Background(), l, nil), func(l i18n.Locale, key string) { t.Errorf("%s: no text for %s", l, key) })
	var b strings.Builder
	if err := searchview.Search(p).Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func found(total int64) searchview.SearchProps {
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	return searchview.SearchProps{
		Catalogue: &creators.TribeCatalogue{}, Now: now, SaveProps: creatorsview.SaveProps{CanKeep: true}, CanExport: true,
		Result: search.Result{Total: total, Hits: []search.Hit{{
			Creator: creators.Creator{PublicID: "bcdfghjkmn", Name: "Penne"},
			Account: creators.Account{Platform: platform.TikTok, Handle: "penne", Source: creators.SourceImported, AsOf: now},
		}}},
	}
}

func TestAnExportSaysWhereItEnds(t *testing.T) {
	t.Parallel()
	for l, want := range map[i18n.Locale]string{i18n.EN: "the first 100,000", i18n.FR: "les 100\u202f000 premiers", i18n.NL: "de eerste 100.000"} {
		if got := page(t, l, found(discovery.MaxExported+1)).Find(".keep").Text(); !strings.Contains(got, want) {
			t.Errorf("%s: more than an export has: %q", l, got)
		}
		if got := page(t, l, found(discovery.MaxExported)).Find(".keep").Text(); strings.Contains(got, want) || !strings.Contains(got, "XLSX") {
			t.Errorf("%s: an export with all: %q", l, got)
		}
	}
}

// What is said of a link begins with what is read of it (WCAG 2.5.3), and says of whom.
func TestTheLinksOfAHitAreNamedAsTheyRead(t *testing.T) {
	t.Parallel()
	links := page(t, i18n.EN, found(1)).Find(".stall .save, .stall .trust a")
	want := []string{"Save: Penne", "More like this: Penne"}
	if links.Length() != len(want) {
		t.Fatalf("%d links", links.Length())
	}
	links.Each(func(i int, link *goquery.Selection) {
		if name, replaced := link.Attr("aria-label"); replaced || link.Text() != want[i] || link.Find(".vh").Text() != ": Penne" {
			t.Errorf("%q, said as %q", link.Text(), name)
		}
	})
}

// Reasons are in words, and only those that at most half of the rows have.
func TestARowSaysWhatSetsItApart(t *testing.T) {
	t.Parallel()
	p := found(3)
	hit := p.Result.Hits[0]
	p.Result.Hits = nil
	for _, points := range [][3]int64{{90, 80, 10}, {20, 80, 10}, {20, 80, 10}} {
		h := hit
		h.Parts = []search.RelevancePart{{Key: "engagement", Points: points[0], Most: 100}, {Key: "tribe", Points: points[1], Most: 100}, {Key: "trust", Points: points[2], Most: 10}}
		p.Result.Hits = append(p.Result.Hits, h)
	}
	var rows []string
	page(t, i18n.EN, p).Find(".trust").Each(func(_ int, row *goquery.Selection) { rows = append(rows, row.Text()) })
	if len(rows) != 3 || !strings.Contains(rows[0], "Engagement near the top") || strings.Contains(rows[1]+rows[2], "near the top") {
		t.Errorf("the rows say %q", rows)
	}
	for _, row := range rows {
		if strings.Contains(row, "Focuses on this tribe") || strings.Contains(row, "of 100") {
			t.Errorf("what all have, or a score, is a reason: %q", row)
		}
	}
	if doc := page(t, i18n.EN, p); doc.Find(".keep a[href$='#relevance']").Length() != 1 {
		t.Error("how the order is made is not said")
	}
	p.Filter.Sort = search.ByFollowers
	if doc := page(t, i18n.EN, p); doc.Find(".keep a[href$='#relevance']").Length() != 0 {
		t.Error("the order by followers is said to be one by relevance")
	}
}

package imports_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models/imports"
)

// What the site exports comes in again as it was: dates, tribes, languages, and texts that
// the file protects from being formulas.
func TestOurOwnExportComesInAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.NewSQLite(t))
	got := w.outcomes("\ufeffname,handle,platform,country,languages,tribes,followers,engagement,median_views,mean_views,posts_counted,growth_30,price,price_currency,price_format,cpm,source,as_of,page\r\n"+
		"'=1+1,mina.flute,tiktok,FR,en fr,foodtok beautytok,250000,23.877,9224,9900,30,4.4483,350.00,EUR,video,37.94,verified,2026-05-29,https://market.example/c/4yj6wz465g\r\n", imports.Options{})
	if want := []string{"tiktok mina.flute =1+1 250000 FR"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for query, want := range map[string][]string{
		"SELECT language FROM creator_languages ORDER BY 1": {"en", "fr"},
		"SELECT tribe FROM creator_tribes ORDER BY 1":       {"beautytok", "foodtok"},
		"SELECT date(as_of) FROM creator_accounts":          {"2026-05-29"},
	} {
		var rows []string
		w.must(w.db.Read(context.Background()).Raw(query).Scan(&rows).Error)
		if !slices.Equal(rows, want) {
			t.Errorf("%s gives %q, want %q", query, rows, want)
		}
	}
}

// The files of the site have titles in the reader's language; all that an import can take
// from them is known by those.
func TestTheTitlesOfOurOwnExportsAreKnown(t *testing.T) {
	t.Parallel()
	want := map[string]imports.Field{
		"name": imports.FieldName, "handle": imports.FieldHandle, "platform": imports.FieldPlatform, "country": imports.FieldCountry,
		"languages": imports.FieldLanguage, "tribes": imports.FieldCategory, "followers": imports.FieldFollowers, "mean_views": imports.FieldViews, "as_of": imports.FieldAsOf,
	}
	for _, locale := range []string{"en", "fr", "nl"} {
		content, err := os.ReadFile(filepath.Join("..", "..", "internal", "i18n", "locales", "discovery."+locale+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var texts map[string]any
		if err := json.Unmarshal(content, &texts); err != nil {
			t.Fatal(err)
		}
		var titles []string
		fields := map[string]imports.Field{}
		for key, text := range texts {
			if column, ok := strings.CutPrefix(key, "discovery.exports.column."); ok {
				title, _ := text.(string)
				titles = append(titles, title)
				fields[title] = want[column]
			}
		}
		if len(titles) < 20 {
			t.Fatalf("%s has %q", locale, titles)
		}
		cells := make([]string, len(titles))
		for i, title := range titles {
			switch fields[title] {
			case imports.FieldName:
				cells[i] = "Mina Flute"
			case imports.FieldHandle:
				cells[i] = "mina.flute"
			}
		}
		p := preview(t, strings.Join(titles, ",")+"\n"+strings.Join(cells, ",")+"\n", imports.Options{})
		if p.Problem != nil {
			t.Errorf("%s: %+v", locale, p.Problem)
		}
		for _, c := range p.Columns {
			if c.Field != fields[c.Header] {
				t.Errorf("%s: %q is the %q, want %q", locale, c.Header, c.Field, fields[c.Header])
			}
		}
	}
}

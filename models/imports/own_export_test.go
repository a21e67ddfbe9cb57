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
	"tribemarket/internal/testkit/importtest"
	"tribemarket/models"
	"tribemarket/models/db"
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
		texts := exportTitles(t, locale)
		var titles []string
		fields := map[string]imports.Field{}
		for column, title := range texts {
			titles = append(titles, title)
			fields[title] = want[column]
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

// exportTitles are the titles of an export's columns in a language.
func exportTitles(t *testing.T, locale string) map[string]string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", "internal", "i18n", "locales", "discovery."+locale+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var texts map[string]any
	if err := json.Unmarshal(content, &texts); err != nil {
		t.Fatal(err)
	}
	titles := map[string]string{}
	for key, text := range texts {
		if column, ok := strings.CutPrefix(key, "discovery.exports.column."); ok {
			titles[column], _ = text.(string)
		}
	}
	return titles
}

// An export that comes back into the database that it is of changes nothing, in whatever
// language its titles are.
func TestOurOwnExportChangesNothingWhereItIsFrom(t *testing.T) {
	t.Parallel()
	names := []string{"name", "handle", "platform", "country", "languages", "tribes", "followers", "engagement", "median_views", "mean_views", "posts_counted", "growth_30", "price", "price_currency", "price_format", "cpm", "source", "as_of", "page"}
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		var posts strings.Builder
		posts.WriteString(importtest.VideoHeader)
		for i := range 40 {
			posts.WriteString(importtest.Video(100+i, 5+i, "mina.flute", "['FoodTok']", 1000+100*i, 48_120))
		}
		w.load("username,name,followers,country\nmina.flute,Mina Flute,40K,FR\nOak,oakster,30K,BE\n", imports.Options{AsOf: models.Date{Year: 2026, Month: 3, Day: 1}, Columns: imports.Mapping{"username": imports.FieldHandle}})
		w.load(posts.String(), imports.Options{})
		w.load("username,followers,category\nada.reed,20K,Beauty\n", imports.Options{AsOf: models.Date{Year: 2026, Month: 3, Day: 1}})
		if n := w.number("SELECT count(*) FROM creator_tribes WHERE known = 'derived'"); n != 1 {
			t.Fatalf("%d tribes are derived", n)
		}
		before := importtest.Content(t, w.db)
		rows := "Mina Flute,mina.flute,tiktok,FR,,foodtok,48120,10.5,2950,2950,30,,,,,,imported,2026-05-27,https://market.example/c/a\r\n" +
			"oakster,Oak,tiktok,BE,,,30000,,,,,,,,,,imported,2026-03-01,https://market.example/c/b\r\n" +
			"ada.reed,ada.reed,tiktok,,,beautytok,20000,,,,,,,,,,imported,2026-03-01,https://market.example/c/c\r\n"
		for _, locale := range []string{"", "en", "fr", "nl"} {
			titles := slices.Clone(names)
			if locale != "" {
				for i, column := range names {
					titles[i] = exportTitles(t, locale)[column]
				}
			}
			r, out := w.load("\ufeff"+strings.Join(titles, ",")+"\r\n"+rows, imports.Options{})
			if r.Created+r.Updated+r.Skipped != 0 || r.Unchanged != 3 {
				t.Errorf("%q: %+v, %v", locale, r, out)
			}
			importtest.SameContent(t, "an export with titles in "+locale, importtest.Content(t, w.db), before)
		}
		// A list of others that says the same does tell more.
		if r, _ := w.load("username,followers,category\nmina.flute,48120,FoodTok\n", imports.Options{AsOf: models.Date{Year: 2026, Month: 3, Day: 1}}); r.Updated != 1 {
			t.Errorf("a list of others: %+v", r)
		}
		// A newer export does change the figures.
		r, _ := w.load(strings.Join(names, ",")+"\n"+strings.ReplaceAll(strings.ReplaceAll(rows, "2026-05-27", "2026-05-30"), "48120", "48500"), imports.Options{})
		if r.Updated != 1 || w.account("tiktok", "mina.flute").Followers != 48_500 {
			t.Errorf("a newer export: %+v", r)
		}
	})
}

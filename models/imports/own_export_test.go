package imports_test

import (
	"context"
	"slices"
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

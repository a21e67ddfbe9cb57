package creators_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/places"
)

func TestRegionsAreNamedOnceInTheirCountry(t *testing.T) {
	t.Parallel()
	many := map[string]int{"FR": 18, "BE": 3, "NL": 12, "LU": 12, "DE": 16, "CH": 26, "AT": 9, "ES": 19, "IT": 20, "PT": 20, "GB": 4, "IE": 26, "US": 51, "CA": 13}
	codes := map[string]bool{}
	for _, c := range creators.Regions() {
		names := map[string]bool{}
		if !places.IsKnownCountry(c.Country) || len(c.Regions) != many[c.Country] {
			t.Errorf("%s has %d regions, want %d", c.Country, len(c.Regions), many[c.Country])
		}
		delete(many, c.Country)
		for _, r := range c.Regions {
			if !strings.HasPrefix(r.Code, c.Country+"-") || codes[r.Code] || names[r.Name] || r.Name == "" {
				t.Errorf("%+v in %s", r, c.Country)
			}
			codes[r.Code], names[r.Name] = true, true
			if got, country, ok := creators.RegionByCode(r.Code); got != r || country != c.Country || !ok {
				t.Errorf("%s is found as %+v in %s", r.Code, got, country)
			}
		}
	}
	if len(many) > 0 {
		t.Errorf("%v have none", many)
	}
	for _, none := range []string{"", "FR", "FR-", "FR-XX", "XX-IDF", "IDF"} {
		if _, _, ok := creators.RegionByCode(none); ok {
			t.Errorf("%q is a region", none)
		}
	}
}

// What a profile is given by an older name is stored by the one in use, once; what is no
// place is refused.
func TestAProfileIsStoredByTheNamesInUse(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		p := profile("u1", "lea", 20_000)
		p.Audience = []creators.AudiencePart{{Kind: creators.AudienceByCountry, Key: "FX", PPM: 400_000}, {Kind: creators.AudienceByCountry, Key: "EU", PPM: 300_000}}
		out := w.connect(p)
		var shares []string
		w.must(d.Read(context.Background()).Raw("SELECT key FROM audience_shares").Scan(&shares).Error)
		if !slices.Equal(shares, []string{"FR"}) {
			t.Errorf("the audience is in %q", shares)
		}
		w.must(w.EditProfile(context.Background(), out.Actor, creators.ProfileForm{Name: "Léa", Country: "BE", Zone: "US/Eastern", Languages: []string{"iw", "he", "no"}}))
		k := w.kit(out.Actor)
		if k.Creator.Zone != "America/New_York" || !slices.Equal(k.Languages, []string{"he", "nb"}) {
			t.Errorf("the zone is %q, the languages %q", k.Creator.Zone, k.Languages)
		}
		w.must(w.SetTimeZone(context.Background(), out.Actor, "Asia/Calcutta"))
		if k = w.kit(out.Actor); k.Creator.Zone != "Asia/Kolkata" {
			t.Errorf("the zone is %q", k.Creator.Zone)
		}
		for _, zone := range []string{"Etc/GMT+5", "Factory", "Local", "Europe/Atlantis"} {
			if err := w.EditProfile(context.Background(), out.Actor, creators.ProfileForm{Name: "Léa", Zone: zone}); models.CodeOf(err) != models.CodeInvalid {
				t.Errorf("%s is taken: %v", zone, err)
			}
		}
	})
}

// A region lies in the country; who moves to another country has left it.
func TestARegionLiesInTheCountry(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		out := w.connect(profile("u1", "lea", 20_000))
		for i, step := range []struct{ country, region, want, wrong string }{
			{"FR", "FR-IDF", "FR-IDF", ""},
			{"FR", "BE-WAL", "FR-IDF", "creators.error.region_country"},
			{"FR", "FR-XX", "FR-IDF", "creators.error.region"},
			{"", "BE-WAL", "FR-IDF", "creators.error.region_country"},
			{"BE", "FR-IDF", "", ""}, // the select still had the old one
			{"BE", "BE-WAL", "BE-WAL", ""},
			{"BE", "", "", ""},
		} {
			err := w.EditProfile(context.Background(), out.Actor, creators.ProfileForm{Name: "Léa", Country: step.country, Region: step.region})
			var wrong string
			var e *models.Error
			if errors.As(err, &e) && len(e.Fields) == 1 && e.Fields[0].Field == "region" {
				wrong = e.Fields[0].Key
			}
			if c := w.kit(out.Actor).Creator; c.Region != step.want || wrong != step.wrong {
				t.Errorf("%d: region %q, wrong %q", i, c.Region, wrong)
			}
		}
	})
}

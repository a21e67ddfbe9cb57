package places

import (
	"testing"
	"time"
	_ "time/tzdata"
)

func TestZones(t *testing.T) {
	t.Parallel()
	if len(countryTimeZones) < 245 {
		t.Errorf("%d countries", len(countryTimeZones))
	}
	for country, zone := range countryTimeZones {
		if _, err := time.LoadLocation(zone); err != nil {
			t.Errorf("%s: %v", country, err)
		}
		if name, ok := ParseCountry(country); !ok || name != country {
			t.Errorf("%s reads as %q", country, name)
		}
	}
	for country, want := range map[string]string{"FR": "Europe/Paris", "US": "America/New_York", "": "UTC", "ZZ": "UTC", "fr": "UTC"} {
		if got := TimeZoneOfCountry(country); got != want {
			t.Errorf("%q lives by %s, want %s", country, got, want)
		}
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"FR": "FR", "fr": "FR", "France": "FR", " south korea ": "KR", "Turkey": "TR", "Russia": "RU", "Pays-Bas": "NL",
		"België": "BE", "USA": "US", "United Arab Emirates": "AE", "Syria": "SY", "UK": "GB",
	} {
		if got, ok := ParseCountry(name); !ok || got != want {
			t.Errorf("country %q is %q, want %s", name, got, want)
		}
	}
	for name, want := range map[string]string{
		"English": "en", "en": "en", "en-US": "en", "pt_BR": "pt", "allemand": "de", "Frans": "fr", "SPANISH": "es",
	} {
		if got, ok := ParseLanguage(name); !ok || got != want {
			t.Errorf("language %q is %q, want %s", name, got, want)
		}
	}
	for _, name := range []string{"", "none", "xx", "Atlantis", "EU", "-"} {
		if got, ok := ParseCountry(name); ok {
			t.Errorf("country %q is %q", name, got)
		}
		if got, ok := ParseLanguage(name); ok && name != "EU" {
			t.Errorf("language %q is %q", name, got)
		}
	}
	if !IsKnownLanguage("fr") || IsKnownLanguage("french") || IsKnownLanguage("FR") || !IsKnownCountry("FR") || IsKnownCountry("fr") {
		t.Error("codes are known by their exact form")
	}
}

// Lists write countries in their own languages, behind cities, turned round, and as flags.
func TestFindCountry(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"España": "ES", "espana": "ES", "Deutschland": "DE", "Türkiye": "TR", "日本": "JP", "대한민국": "KR", "Россия": "RU", "Polska": "PL", "Ελλάδα": "GR",
		"Paris, France": "FR", "Lyon, Auvergne-Rhône-Alpes, France": "FR", "London, UK": "GB", "Korea, South": "KR", "Taiwan, Province of China": "TW",
		"Cote d'Ivoire": "CI", "Côte d’Ivoire": "CI", "🇧🇷": "BR", "FRA": "FR", "Dubai (UAE)": "AE",
		"Los Angeles, CA": "", "Atlanta, Georgia": "", "Indianapolis, IN": "", "LATAM": "", "Worldwide": "", "en-US": "", "Eurozone": "", "United Nations": "", "EU": "", "": "", ",": "", "🇪🇺": "",
	} {
		if got, ok := FindCountry(name); got != want || ok != (want != "") {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}

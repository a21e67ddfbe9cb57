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
		if current, ok := ParseTimeZone(zone); !ok || current != zone {
			t.Errorf("%s lives by %s, which is %q", country, zone, current)
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

// A time zone is that of a place, by one name; older names lead to it, and mean the same.
func TestParseTimeZone(t *testing.T) {
	t.Parallel()
	for name, current := range currentTimeZones() {
		now, err := time.LoadLocation(current)
		if err != nil {
			t.Errorf("%s: %v", current, err)
			continue
		}
		then, err := time.LoadLocation(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for month := range time.Month(12) {
			at := time.Date(2026, month+1, 10, 12, 0, 0, 0, time.UTC)
			_, was := at.In(then).Zone()
			if _, is := at.In(now).Zone(); is != was {
				t.Errorf("%s is %d from UTC, %s %d", name, was, current, is)
				break
			}
		}
		if again := currentTimeZones()[current]; again != current {
			t.Errorf("%s leads to %s, and that to %s", name, current, again)
		}
	}
	for name, want := range map[string]string{
		"Europe/Paris": "Europe/Paris", "UTC": "UTC", "GMT": "UTC", "Asia/Calcutta": "Asia/Kolkata", "Europe/Kiev": "Europe/Kyiv", "US/Eastern": "America/New_York",
		"EST5EDT": "America/New_York", "CET": "Europe/Brussels", "America/Buenos_Aires": "America/Argentina/Buenos_Aires", "Singapore": "Asia/Singapore",
		"Etc/GMT+5": "", "Factory": "", "Local": "", "posixrules": "", "Europe/Atlantis": "", "europe/paris": "", "../etc/passwd": "", "": "",
	} {
		if got, ok := ParseTimeZone(name); got != want || ok != (want != "") {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}

// Each language and country has one code, and older ones lead to it.
func TestCodesAreTheOnesInUse(t *testing.T) {
	t.Parallel()
	for _, code := range Languages() {
		if got, ok := ParseLanguage(code); !ok || got != code || !IsKnownLanguage(code) {
			t.Errorf("language %s is %q", code, got)
		}
	}
	for old, want := range map[string]string{"iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro", "no": "nb", "tw": "ak", "no-NO": "nb", "Norwegian": "nb", "fil": "tl", "Tagalog": "tl"} {
		if got, _ := ParseLanguage(old); got != want || IsKnownLanguage(old) {
			t.Errorf("language %s is %q, want %s", old, got, want)
		}
	}
	for _, code := range Countries() {
		if got, ok := ParseCountry(code); !ok || got != code {
			t.Errorf("country %s is %q", code, got)
		}
	}
	for old, want := range map[string]string{"ZR": "CD", "TP": "TL", "BU": "MM", "DD": "DE", "FX": "FR", "EZ": "", "UN": "", "EU": "", "AN": "", "QO": "", "ZZ": ""} {
		if got, _ := ParseCountry(old); got != want || IsKnownCountry(old) {
			t.Errorf("country %s is %q, want %q", old, got, want)
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
		"Santos (SP), Brazil": "BR", "Turin, TO, Italy": "IT", "Savannah, Georgia, USA": "US", "Austin, TX, US": "US", "CA, US": "US", "France, France": "FR",
		"India / UAE": "", "DE, NL": "", "France; Belgium": "", "FR|BE": "", "Paris, France / London, UK": "", "NL / Belgium": "", "Spain (Portugal)": "", "Germany, Austria, Switzerland": "", "de,uk": "",
		"Los Angeles, CA": "", "Atlanta, Georgia": "", "Indianapolis, IN": "", "LATAM": "", "Worldwide": "", "en-US": "", "Eurozone": "", "United Nations": "", "EU": "", "": "", ",": "", "🇪🇺": "",
	} {
		if got, ok := FindCountry(name); got != want || ok != (want != "") {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}

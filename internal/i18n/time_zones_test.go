package i18n_test

import (
	"testing"
	_ "time/tzdata"

	"tribemarket/internal/i18n"
	"tribemarket/models/places"
)

func TestZonesAreOfferedInTheReadersLanguage(t *testing.T) {
	t.Parallel()
	want := map[i18n.Locale]map[string]i18n.TimeZone{
		i18n.EN: {"Europe/Brussels": {"Europe/Brussels", "Europe", "Brussels"}, "America/Argentina/Buenos_Aires": {"America/Argentina/Buenos_Aires", "America", "Buenos Aires"}},
		i18n.FR: {"Europe/Brussels": {"Europe/Brussels", "Europe", "Bruxelles"}, "UTC": {"UTC", "", "Temps universel (UTC)"}},
		i18n.NL: {"Europe/Brussels": {"Europe/Brussels", "Europa", "Brussel"}, "Africa/Kinshasa": {"Africa/Kinshasa", "Afrika", "Kinshasa"}},
	}
	for l, some := range want {
		all := i18n.TimeZones(in(l))
		offered := map[string]i18n.TimeZone{}
		for _, z := range all {
			if current, ok := places.ParseTimeZone(z.Name); !ok || current != z.Name {
				t.Errorf("%s is %q", z.Name, current)
			}
			if _, twice := offered[z.Name]; twice || z.City == "" {
				t.Errorf("%s: %q is offered twice or has no name", l, z.Name)
			}
			offered[z.Name] = z
		}
		if all[0].Name != "UTC" || len(all) != len(i18n.TimeZones(in(i18n.EN))) {
			t.Errorf("%s offers %d zones, from %s", l, len(all), all[0].Name)
		}
		for name, z := range some {
			if offered[name] != z {
				t.Errorf("%s: %+v, want %+v", l, offered[name], z)
			}
		}
	}
	if got := i18n.TimeZoneCity(in(i18n.FR), "Europe/Kiev"); got != offeredCity(i18n.FR, "Europe/Kyiv") {
		t.Errorf("an older name is shown as %q", got)
	}
	if got := i18n.TimeZoneCity(in(i18n.FR), "America/North_Dakota/New_Salem"); got != "New Salem" {
		t.Errorf("a zone that is not offered is called %q", got)
	}
}

func offeredCity(l i18n.Locale, name string) string {
	for _, z := range i18n.TimeZones(in(l)) {
		if z.Name == name {
			return z.City
		}
	}
	return ""
}

package i18n

import (
	"context"
	"strings"
	"sync"

	"golang.org/x/text/collate"

	"tribemarket/models/places"
)

// TimeZone is a zone of the IANA database, for a select.
type TimeZone struct {
	Name   string // Europe/Brussels
	Region string // Europe, in the reader's language
	City   string // Brussels, in the reader's language
}

// TimeZones lists the offered time zones, UTC first, then by region, sorted for the
// reader's language. Others are valid too: the database also holds places that once kept
// their own time.
func TimeZones(ctx context.Context) []TimeZone { return timeZonesByLocale()[LocaleOf(ctx)] }

// TimeZoneCity is the name under which a zone is offered; for a zone that is not, the
// name derived from its own.
func TimeZoneCity(ctx context.Context, name string) string {
	if name == "UTC" {
		return T(ctx, "zones.utc")
	}
	if current, ok := places.ParseTimeZone(name); ok {
		name = current
	}
	if key := "zones.city." + name; HasText(key) {
		return T(ctx, key)
	}
	return strings.ReplaceAll(name[strings.LastIndexByte(name, '/')+1:], "_", " ")
}

var timeZonesByLocale = sync.OnceValue(func() map[Locale][]TimeZone {
	all := map[Locale][]TimeZone{}
	for _, l := range Locales() {
		ctx := WithLocale(context.Background(), l, nil)
		list := []TimeZone{{Name: "UTC", City: TimeZoneCity(ctx, "UTC")}}
		for _, r := range timeZoneRegions {
			var cities citiesByLocale
			for _, city := range strings.Fields(r.cities) {
				name := r.name + "/" + city
				cities = append(cities, TimeZone{name, T(ctx, "zones.region."+r.name), TimeZoneCity(ctx, name)})
			}
			collate.New(l.languageTag(), collate.IgnoreCase).Sort(cities)
			list = append(list, cities...)
		}
		all[l] = list
	}
	return all
})

type citiesByLocale []TimeZone

func (s citiesByLocale) Len() int           { return len(s) }
func (s citiesByLocale) Swap(i, j int)      { s[i], s[j] = s[j], s[i] }
func (s citiesByLocale) Bytes(i int) []byte { return []byte(s[i].City) }

// timeZoneRegions holds a zone for every country, and for every part of a large one.
var timeZoneRegions = []struct{ name, cities string }{
	{"Europe", `Amsterdam Andorra Athens Belgrade Berlin Bratislava Brussels Bucharest Budapest Chisinau Copenhagen Dublin
		Gibraltar Helsinki Istanbul Kaliningrad Kyiv Lisbon Ljubljana London Luxembourg Madrid Malta Minsk Monaco
		Moscow Oslo Paris Podgorica Prague Riga Rome Samara Sarajevo Skopje Sofia Stockholm Tallinn Tirane Vaduz
		Vienna Vilnius Warsaw Zagreb Zurich`},
	{"Africa", `Abidjan Accra Addis_Ababa Algiers Bamako Bangui Brazzaville Bujumbura Cairo Casablanca Conakry Dakar
		Dar_es_Salaam Djibouti Douala Freetown Gaborone Harare Johannesburg Kampala Khartoum Kigali Kinshasa Lagos
		Libreville Lome Luanda Lubumbashi Lusaka Maputo Mogadishu Monrovia Nairobi Ndjamena Niamey Nouakchott
		Ouagadougou Porto-Novo Tripoli Tunis Windhoek`},
	{"America", `Anchorage Argentina/Buenos_Aires Aruba Asuncion Barbados Bogota Cancun Caracas Cayenne Chicago Costa_Rica
		Curacao Denver Edmonton El_Salvador Fortaleza Guadeloupe Guatemala Guayaquil Guyana Halifax Havana Jamaica
		La_Paz Lima Los_Angeles Managua Manaus Martinique Mexico_City Miquelon Monterrey Montevideo New_York Nuuk
		Panama Paramaribo Phoenix Port-au-Prince Port_of_Spain Puerto_Rico Regina Santiago Santo_Domingo Sao_Paulo
		St_Johns Tegucigalpa Tijuana Toronto Vancouver Winnipeg`},
	{"Asia", `Almaty Amman Baghdad Bahrain Baku Bangkok Beirut Bishkek Colombo Damascus Dhaka Dubai Dushanbe Gaza
		Ho_Chi_Minh Hong_Kong Irkutsk Jakarta Jerusalem Kabul Karachi Kathmandu Kolkata Krasnoyarsk Kuala_Lumpur
		Kuwait Macau Makassar Manila Muscat Nicosia Novosibirsk Omsk Phnom_Penh Qatar Riyadh Seoul Shanghai Singapore
		Taipei Tashkent Tbilisi Tehran Tokyo Ulaanbaatar Vientiane Vladivostok Yangon Yekaterinburg Yerevan`},
	{"Australia", `Adelaide Brisbane Darwin Hobart Melbourne Perth Sydney`},
	{"Atlantic", `Azores Bermuda Canary Cape_Verde Faroe Madeira Reykjavik`},
	{"Indian", `Antananarivo Comoro Mahe Maldives Mauritius Mayotte Reunion`},
	{"Pacific", `Apia Auckland Fiji Guam Honolulu Marquesas Noumea Port_Moresby Tahiti Tongatapu Wallis`},
}

package places

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"tribemarket/models/text"
)

// placeNames are the names by which files call countries and languages, folded.
type placeNames struct{ countries, languages map[string]string }

// countryAliases are names that files use and the standard ones don't cover.
var countryAliases = map[string]string{
	"usa": "US", "u.s.a.": "US", "u.s.": "US", "united states of america": "US", "america": "US",
	"uk": "GB", "u.k.": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB",
	"turkey": "TR", "turkiye": "TR", "holland": "NL", "the netherlands": "NL", "czech republic": "CZ", "czechia": "CZ",
	"korea": "KR", "republic of korea": "KR", "korea, republic of": "KR", "uae": "AE", "u.a.e.": "AE",
	"russian federation": "RU", "viet nam": "VN", "ivory coast": "CI", "burma": "MM", "macedonia": "MK", "north macedonia": "MK",
	"swaziland": "SZ", "cape verde": "CV", "hong kong": "HK", "macau": "MO", "taiwan, china": "TW", "palestine": "PS",
	"iran, islamic republic of": "IR", "syrian arab republic": "SY", "bolivia, plurinational state of": "BO",
	"venezuela, bolivarian republic of": "VE", "moldova, republic of": "MD", "tanzania, united republic of": "TZ",
	"democratic republic of the congo": "CD", "republic of the congo": "CG", "trinidad and tobago": "TT",
	"bosnia and herzegovina": "BA", "bosnia": "BA", "antigua and barbuda": "AG",
}

var knownPlaceNames = sync.OnceValue(func() placeNames {
	p := placeNames{map[string]string{}, map[string]string{}}
	for _, in := range []language.Tag{language.English, language.French, language.Dutch} {
		countries, languages := display.Regions(in), display.Languages(in)
		for code := range countryTimeZones {
			p.countries[text.Fold(code)] = code
			if r, err := language.ParseRegion(code); err == nil {
				p.countries[text.Fold(countries.Name(r))] = code
			}
		}
		for _, code := range languageCodes() {
			p.languages[code] = code
			p.languages[text.Fold(languages.Name(language.MustParseBase(code)))] = code
		}
	}
	for name, code := range countryAliases {
		p.countries[name] = code
	}
	delete(p.countries, "")
	delete(p.languages, "")
	return p
})

// languageCodes are the two-letter codes of all languages that have one.
func languageCodes() []string {
	var all []string
	for a := 'a'; a <= 'z'; a++ {
		for b := 'a'; b <= 'z'; b++ {
			code := string([]rune{a, b})
			if base, err := language.ParseBase(code); err == nil && base.String() == code && display.English.Languages().Name(base) != "" {
				all = append(all, code)
			}
		}
	}
	return all
}

// ParseCountry reads a country's code or its name in English, French or Dutch.
func ParseCountry(s string) (string, bool) {
	code, ok := knownPlaceNames().countries[strings.TrimSpace(text.Fold(s))]
	return code, ok
}

// ParseLanguage reads a language's code, with or without a region, or its name.
func ParseLanguage(s string) (string, bool) {
	s = strings.TrimSpace(text.Fold(s))
	if code, ok := knownPlaceNames().languages[s]; ok {
		return code, true
	}
	if base, _, ok := strings.Cut(strings.ReplaceAll(s, "_", "-"), "-"); ok && len(base) == 2 {
		code, ok := knownPlaceNames().languages[base]
		return code, ok
	}
	return "", false
}

// IsKnownLanguage says whether the text is a two-letter code of a language.
func IsKnownLanguage(code string) bool {
	known, ok := knownPlaceNames().languages[code]
	return ok && known == code
}

package places

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"tribemarket/models/text"
)

// placeNames are the names that files use for countries and languages, folded.
type placeNames struct{ countries, languages map[string]string }

// countryAliases are names that files use and that the standard names do not cover.
var countryAliases = map[string]string{
	"usa": "US", "u.s.a.": "US", "u.s.": "US", "united states of america": "US", "america": "US",
	"uk": "GB", "u.k.": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB",
	"turkey": "TR", "turkiye": "TR", "holland": "NL", "the netherlands": "NL", "czech republic": "CZ", "czechia": "CZ",
	"korea": "KR", "republic of korea": "KR", "korea, republic of": "KR", "uae": "AE", "u.a.e.": "AE",
	"russian federation": "RU", "viet nam": "VN", "ivory coast": "CI", "burma": "MM", "macedonia": "MK", "north macedonia": "MK",
	"swaziland": "SZ", "eswatini": "SZ", "cape verde": "CV", "hong kong": "HK", "macau": "MO", "taiwan, china": "TW", "taiwan, province of china": "TW", "cote d'ivoire": "CI", "palestine": "PS",
	"iran, islamic republic of": "IR", "syrian arab republic": "SY", "bolivia, plurinational state of": "BO",
	"venezuela, bolivarian republic of": "VE", "moldova, republic of": "MD", "tanzania, united republic of": "TZ",
	"democratic republic of the congo": "CD", "republic of the congo": "CG", "trinidad and tobago": "TT",
	"bosnia and herzegovina": "BA", "bosnia": "BA", "antigua and barbuda": "AG",
	// Codes that ISO 3166 has given up for another one.
	"bu": "MM", "dd": "DE", "dy": "BJ", "fx": "FR", "hv": "BF", "nh": "VU", "rh": "ZW", "tp": "TL", "yd": "YE", "zr": "CD",
}

// namesIn are the languages in which files name countries and languages. Where two
// languages use one name for different things, the first one counts.
var namesIn = []language.Tag{
	language.English, language.French, language.Dutch, language.German, language.Spanish, language.Italian, language.Portuguese, language.Polish,
	language.Turkish, language.Indonesian, language.Japanese, language.Korean, language.SimplifiedChinese, language.TraditionalChinese, language.Russian,
	language.Arabic, language.Hindi, language.Swedish, language.Danish, language.Norwegian, language.Finnish, language.Greek, language.Czech, language.Hungarian,
	language.Romanian, language.Ukrainian, language.Thai, language.Vietnamese, language.Hebrew, language.Persian, language.Croatian, language.Serbian,
	language.Slovak, language.Slovenian, language.Bulgarian, language.Catalan, language.Lithuanian, language.Latvian, language.Estonian, language.Icelandic, language.Bengali, language.Malay, language.Filipino, language.Swahili,
}

var knownPlaceNames = sync.OnceValue(func() placeNames {
	p := placeNames{map[string]string{}, map[string]string{}}
	for _, in := range namesIn {
		countries, languages := display.Regions(in), display.Languages(in)
		if countries == nil || languages == nil {
			continue
		}
		for code := range countryTimeZones {
			addName(p.countries, code, code)
			if r, err := language.ParseRegion(code); err == nil {
				addName(p.countries, countries.Name(r), code)
			}
		}
		for _, code := range languageCodes() {
			addName(p.languages, code, code)
			addName(p.languages, languages.Name(language.MustParseBase(code)), code)
		}
	}
	maps.Copy(p.countries, countryAliases)
	maps.Copy(p.languages, languageNames)
	delete(p.countries, "")
	delete(p.languages, "")
	return p
})

// languageAliases are older codes, or those of a wider language, by the one in use. What
// is stored has been changed by migration 28; a new entry needs another one.
var languageAliases = map[string]string{"iw": "he", "in": "id", "jw": "jv", "ji": "yi", "no": "nb", "tw": "ak", "mo": "ro"}

// languageNames are names that files use and that the standard names do not cover.
var languageNames = map[string]string{"norwegian": "nb", "norsk": "nb", "tagalog": "tl", "fil": "tl", "mandarin": "zh", "cantonese": "zh", "farsi": "fa"}

// Languages lists the two-letter codes of all languages, each by the one in use.
func Languages() []string {
	return slices.DeleteFunc(languageCodes(), func(code string) bool { return languageAliases[code] != "" })
}

// Countries lists the codes of all countries.
func Countries() []string { return slices.Sorted(maps.Keys(countryTimeZones)) }

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

// addName adds a name with and without its accents, unless something else already has it.
func addName(names map[string]string, name, code string) {
	for _, n := range []string{text.Fold(name), text.RemoveAccents(text.Fold(name))} {
		if _, taken := names[n]; !taken {
			names[n] = code
		}
	}
}

// usStates are codes that mean a state after a city in the United States and a country
// elsewhere.
const usStates = " al ar az ca co de ga georgia id il in ky la ma md me mn mo ms mt nc ne pa sc sd tn va "

// flagCode is the code of the country whose flag emoji the text is.
func flagCode(s string) (string, bool) {
	var code []rune
	for _, r := range strings.TrimSpace(s) {
		if r < 0x1f1e6 || r > 0x1f1ff {
			return "", false
		}
		code = append(code, r-0x1f1e6+'A')
	}
	return string(code), len(code) == 2
}

// FindCountry reads a country in the ways in which lists write it: its code, or its name
// in many languages, also after a city ("Lyon, France") or inverted ("Korea, South"). Of several countries
// none is it.
func FindCountry(s string) (string, bool) {
	if code, ok := ParseCountry(s); ok {
		return code, true
	}
	if code, ok := flagCode(s); ok {
		return ParseCountry(code)
	}
	s = strings.Trim(text.RemoveAccents(text.Fold(text.SingleLine(strings.ReplaceAll(s, "'", "’")))), " .")
	if code, ok := ParseCountry(s); ok {
		return code, true
	}
	if r, err := language.ParseRegion(s); err == nil && len(s) == 3 && r.IsCountry() {
		return ParseCountry(r.String())
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",;/|(", r) })
	if len(parts) < 2 {
		return "", false
	}
	if code, ok := ParseCountry(strings.TrimSpace(parts[1]) + " " + strings.TrimSpace(parts[0])); ok && len(parts) == 2 {
		return code, true
	}
	last := strings.Trim(parts[len(parts)-1], " .)")
	if strings.Contains(usStates, " "+last+" ") {
		return "", false
	}
	code, ok := ParseCountry(last)
	for _, part := range parts[:len(parts)-1] {
		part = strings.Trim(part, " .)")
		other, isCountry := ParseCountry(part)
		inState := !strings.ContainsAny(s, ";/|") && len(part) == 2 && len(last) > 3 || code == "US" && strings.Contains(usStates, " "+part+" ")
		if isCountry && other != code && !inState {
			return "", false
		}
	}
	return code, ok
}

// ParseCountry reads a country's code or its name.
func ParseCountry(s string) (string, bool) {
	code, ok := knownPlaceNames().countries[strings.TrimSpace(text.Fold(s))]
	return code, ok
}

// ParseLanguage reads a language's code, with or without a region, or its name.
func ParseLanguage(s string) (string, bool) {
	s = strings.TrimSpace(text.Fold(s))
	if code, ok := knownPlaceNames().languages[s]; ok {
		return cmp.Or(languageAliases[code], code), true
	}
	if base, _, ok := strings.Cut(strings.ReplaceAll(s, "_", "-"), "-"); ok && len(base) == 2 {
		code, ok := knownPlaceNames().languages[base]
		return cmp.Or(languageAliases[code], code), ok
	}
	return "", false
}

// IsKnownLanguage says whether the text is a two-letter code of a language, and the one in
// use.
func IsKnownLanguage(code string) bool {
	known, ok := knownPlaceNames().languages[code]
	return ok && known == code && languageAliases[code] == ""
}

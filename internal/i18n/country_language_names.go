package i18n

import (
	"context"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"tribemarket/models/places"
)

// NamedCode is a code with its name, for a select.
type NamedCode struct{ Code, Name string }

// Country is the name of an ISO 3166 country in the reader's language, or the code itself
// if it is not one.
func Country(ctx context.Context, code string) string {
	r, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	if name := currentCountryNames[LocaleOf(ctx)][r.String()]; name != "" {
		return name
	}
	if name := display.Regions(LocaleOf(ctx).languageTag()).Name(r); name != "" {
		return name
	}
	return code
}

// currentCountryNames are those of countries that have changed theirs since the tables
// of the library were made.
var currentCountryNames = map[Locale]map[string]string{
	"en": {"CZ": "Czechia", "MK": "North Macedonia", "SZ": "Eswatini", "TR": "Türkiye"},
	"fr": {"CZ": "Tchéquie", "MK": "Macédoine du Nord", "SZ": "Eswatini"},
	"nl": {"MK": "Noord-Macedonië", "SZ": "Eswatini"},
}

// Language is the name of an ISO 639 language in the reader's language, as used within a
// sentence; the code itself if it is not one.
func Language(ctx context.Context, code string) string {
	b, err := language.ParseBase(code)
	if err != nil {
		return code
	}
	if name := display.Languages(LocaleOf(ctx).languageTag()).Name(b); name != "" {
		return name
	}
	return code
}

// Countries lists every ISO 3166 country, sorted for the reader's language.
func Countries(ctx context.Context) []NamedCode { return nameListsByLocale()[LocaleOf(ctx)].countries }

// Languages lists every language with a two-letter code, sorted for the reader's
// language.
func Languages(ctx context.Context) []NamedCode { return nameListsByLocale()[LocaleOf(ctx)].languages }

type nameLists struct{ countries, languages []NamedCode }

var nameListsByLocale = sync.OnceValue(func() map[Locale]nameLists {
	all := map[Locale]nameLists{}
	for _, l := range Locales() {
		ctx := WithLocale(context.Background(), l, nil)
		var n nameLists
		for _, code := range places.Countries() {
			n.countries = append(n.countries, NamedCode{code, capitalise(Country(ctx, code))})
		}
		for _, code := range places.Languages() {
			if name := Language(ctx, code); name != code {
				n.languages = append(n.languages, NamedCode{code, capitalise(name)})
			}
		}
		sortNames(l, n.countries)
		sortNames(l, n.languages)
		all[l] = n
	}
	return all
})

type namesByLocale []NamedCode

func (s namesByLocale) Len() int           { return len(s) }
func (s namesByLocale) Swap(i, j int)      { s[i], s[j] = s[j], s[i] }
func (s namesByLocale) Bytes(i int) []byte { return []byte(s[i].Name) }

func sortNames(l Locale, entries []NamedCode) {
	collate.New(l.languageTag(), collate.IgnoreCase).Sort(namesByLocale(entries))
}

func capitalise(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// JoinList joins names as in a sentence: a, b and c.
func JoinList(ctx context.Context, names []string) string {
	switch n := len(names); n {
	case 0:
		return ""
	case 1:
		return names[0]
	default:
		return T(ctx, "common.pair", "a", strings.Join(names[:n-1], ", "), "b", names[n-1])
	}
}

// JoinParts joins what has commas of its own: a, b; c, d.
func JoinParts(ctx context.Context, parts ...string) string {
	if len(parts) == 0 {
		return ""
	}
	joined := parts[0]
	for _, p := range parts[1:] {
		joined = T(ctx, "common.then", "a", joined, "b", p)
	}
	return joined
}

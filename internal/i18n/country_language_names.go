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
	if name := display.Regions(LocaleOf(ctx).languageTag()).Name(r); name != "" {
		return name
	}
	return code
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
		for _, code := range twoLetterCodes() {
			if r, err := language.ParseRegion(strings.ToUpper(code)); err == nil && isCountry(r, code) {
				if name := Country(ctx, r.String()); name != r.String() {
					n.countries = append(n.countries, NamedCode{r.String(), capitalise(name)})
				}
			}
			if b, err := language.ParseBase(code); err == nil && b.String() == code {
				if name := Language(ctx, code); name != code {
					n.languages = append(n.languages, NamedCode{code, capitalise(name)})
				}
			}
		}
		sortNames(l, n.countries)
		sortNames(l, n.languages)
		all[l] = n
	}
	return all
})

// isCountry excludes groups (EU, UN), codes that have changed (BU) and reserved ones;
// former countries (SU) are recognised by having no name.
func isCountry(r language.Region, code string) bool {
	return r.IsCountry() && r.Canonicalize() == r && !r.IsPrivateUse() && r.String() == strings.ToUpper(code)
}

func twoLetterCodes() []string {
	var all []string
	for a := 'a'; a <= 'z'; a++ {
		for b := 'a'; b <= 'z'; b++ {
			all = append(all, string([]rune{a, b}))
		}
	}
	return all
}

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

package sentence

import (
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"tribemarket/models/creators"
	"tribemarket/models/places"
	"tribemarket/models/platform"
)

// choice is a value of a filter.
type choice struct{ param, value string }

// lexicon knows the words for the values of filters.
type lexicon struct {
	catalogue *creators.TribeCatalogue // whose words these are
	choices   map[string]choice        // tribes, regions, platforms and content types, by phrase
}

// latestLexicon is that of the catalogue that was used last.
var latestLexicon atomic.Pointer[lexicon]

// lexiconOf returns the words of a catalogue. It takes much longer to collect them than to
// read a sentence, and they change only with the catalogue.
func lexiconOf(catalogue *creators.TribeCatalogue) *lexicon {
	l := latestLexicon.Load()
	if l == nil || l.catalogue != catalogue {
		l = newLexicon(catalogue)
		latestLexicon.Store(l)
	}
	return l
}

// contentWords are the words for content that creators offer.
var contentWords = map[string]string{
	"challenge": "challenge|challenges|defi|defis",
	"tutorial":  "tutorial|tutorials|how to|how tos|tutoriel|tutoriels|tuto|tutos",
	"unboxing":  "unboxing|unboxings|deballage|deballages",
	"review":    "review|reviews|product review|product reviews|test produit|tests produit|tests produits|recensie|recensies",
}

// platformWords are the words for platforms, besides their names.
var platformWords = map[string]string{platform.TikTok: "tiktok|tik tok", platform.YouTube: "youtube|you tube", platform.Instagram: "instagram|insta|ig", platform.Twitch: "twitch"}

// newLexicon collects the words of a catalogue. Words of the catalogue come before others.
func newLexicon(catalogue *creators.TribeCatalogue) *lexicon {
	l := &lexicon{catalogue, map[string]choice{}}
	tribes := catalogue.VisibleTribes()
	for _, t := range tribes {
		l.add("tribe", t.Slug, t.Slug, t.Display)
		for _, name := range t.Names {
			l.add("tribe", t.Slug, name)
		}
		l.add("tribe", t.Slug, t.Categories...)
	}
	for _, t := range tribes {
		l.add("tribe", t.Slug, strings.Split(tribeWords[t.Slug], "|")...)
		for _, name := range t.Names {
			l.add("tribe", t.Slug, partsOfName(name)...)
		}
	}
	for value, all := range platformWords {
		l.add("platform", value, strings.Split(all, "|")...)
	}
	for value, all := range contentWords {
		l.add("type", value, strings.Split(all, "|")...)
	}
	for _, country := range creators.Regions() {
		for _, r := range country.Regions {
			l.add("region", r.Code, strings.Split(r.Name, " / ")...)
		}
	}
	return l
}

// add adds the names of a value, unless they mean something already.
func (l *lexicon) add(param, value string, names ...string) {
	for _, name := range names {
		phrase := phraseOf(split(name))
		if _, taken := l.choices[phrase]; !taken && phrase != "" && !fillers[phrase] {
			l.choices[phrase] = choice{param, value}
		}
	}
}

// partsOfName returns the parts of a name that names two things: plants and garden.
func partsOfName(name string) []string {
	for _, and := range []string{" and ", " et ", " en "} {
		if a, b, ok := strings.Cut(name, and); ok {
			return []string{a, b}
		}
	}
	return nil
}

// splitCompounds splits words such as beautycreators, as Dutch writes them.
func (l *lexicon) splitCompounds(tokens []token) []token {
	var all []token
	for _, t := range tokens {
		for at := range t.typed {
			_, known := l.choices[fold(t.typed[:at])]
			if rest := fold(t.typed[at:]); t.kind == word && known && len(rest) >= shortest && people[rest] {
				all = append(all, token{word, fold(t.typed[:at]), t.typed[:at], t.from, t.from + at})
				t = token{word, rest, t.typed[at:], t.from + at, t.to}
				break
			}
		}
		all = append(all, t)
	}
	return all
}

// phraseOf joins tokens.
func phraseOf(tokens []token) string {
	var b strings.Builder
	for i, t := range tokens {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.text)
	}
	return b.String()
}

// shortest is the number of letters from which on a word can be the name of a country or
// language: shorter ones are codes, which are also common words.
const shortest = 4

// languageOf reads a language's name.
func languageOf(_, phrase string) (string, bool) {
	code, ok := languageNames()[phrase]
	return code, ok
}

// languageNames are the names of languages in those that sentences are read in. In others
// the name of a language can be that of a country here.
var languageNames = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for _, in := range []language.Tag{language.English, language.French, language.Dutch} {
		for _, code := range places.Languages() {
			name := phraseOf(split(display.Languages(in).Name(language.MustParseBase(code))))
			if _, taken := all[name]; !taken && len(name) >= shortest {
				all[name] = code
			}
		}
	}
	return all
})

// countryOf reads a country's name, as it was typed and by its words.
func countryOf(typed, phrase string) (string, bool) {
	if code, ok := nationalities[phrase]; ok {
		return code, true
	}
	if utf8.RuneCountInString(phrase) < shortest {
		return "", false
	}
	if code, ok := places.ParseCountry(strings.ReplaceAll(typed, "'", "’")); ok {
		return code, true
	}
	return places.ParseCountry(phrase)
}

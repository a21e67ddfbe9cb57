package words

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Split returns the words of a text as the search compares them, in the order of the text
// and as often as they occur. Words are compared in NFKC and without case; accents of
// Latin, Greek and Cyrillic letters, the vowel signs of Arabic and Hebrew and invisible
// characters are removed, and letters that are also spelled with plain ones are spelled
// so (ß as ss, ø as o). Marks of other scripts are part of their words. Everything that
// is not a letter, digit or mark separates words, including # @ . _ - and apostrophes.
//
// In scripts written without spaces (Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar)
// every pair of neighbouring characters is a word, and so is the last character alone, so
// that each character begins a word. A character is a letter with its marks.
func Split(text string) []string {
	if s, ok := splitASCII(text); ok {
		return s
	}
	var all []string
	eachRun(text, func(run []letter, k kind) {
		if k == plain {
			all = append(all, join(run))
			return
		}
		for _, pair := range pairs(run) {
			all = append(all, join(pair))
		}
	})
	return all
}

// splitASCII is a faster Split for ASCII texts, which are the most common.
func splitASCII(text string) ([]string, bool) {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return nil, false
		}
	}
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return kindOf(r) == between }), true
}

// Handle returns the words of a handle: those of Split and, if there are several, all of
// them joined, so that lea.cuisine is found by leacuisine.
func Handle(handle string) []string {
	all := Split(handle)
	if len(all) < 2 {
		return all
	}
	if one := Split(strings.Join(all, "")); len(one) == 1 && !spacelessWord(one[0]) {
		all = append(all, one[0])
	}
	return all
}

// spacelessWord says whether a word is in a script written without spaces.
func spacelessWord(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return kindOf(r) == dense
}

// mostLooked is the maximum number of words of a query.
const mostLooked = 10

// Query returns the words to look for, each once, at most ten. A row matches a query if
// for each of them some word of the row begins with it. A run in a script without spaces
// is looked up by its pairs, a single character by itself.
func Query(text string) []string {
	var all []string
	eachRun(text, func(run []letter, k kind) {
		found := [][]letter{run}
		if k == dense {
			if found = pairs(run); len(found) > 1 {
				found = found[:len(found)-1]
			}
		}
		for _, w := range found {
			if s := join(w); len(all) < mostLooked && !slices.Contains(all, s) {
				all = append(all, s)
			}
		}
	})
	return all
}

// Text is how a row's words are stored in one column: those of its names and handles, a
// lone | and the other words (bio, hashtags), each word once per side of the | and with a
// space before and after it:
//
//	" lea cuisine leacuisine | food from paris "
//
// The texts are given as people wrote them; a name without spaces is treated as a handle.
// A row matches a query if for every word w of Query
//
//	search_text LIKE '% ' || w || '%'
//
// No word holds %, _, \ or |, so none needs escaping.
func Text(names, rest []string) string {
	var b strings.Builder
	b.WriteByte(' ')
	writeWords(&b, names, func(s string) []string {
		if strings.IndexFunc(s, unicode.IsSpace) < 0 {
			return Handle(s)
		}
		return Split(s)
	})
	b.WriteString("| ")
	writeWords(&b, rest, Split)
	return b.String()
}

func writeWords(b *strings.Builder, texts []string, split func(string) []string) {
	had := map[string]bool{}
	for _, t := range texts {
		for _, w := range split(t) {
			if !had[w] {
				had[w] = true
				b.WriteString(w)
				b.WriteByte(' ')
			}
		}
	}
}

package search

import (
	"slices"
	"strings"

	"tribemarket/models/search/index"
	"tribemarket/models/text/words"
)

// SpellingCorrections returns the corrections of a filter's words, like
// Result.Corrected, without searching: it asks the index for neither facets nor a
// page, and does not query the database. Without an index nothing is corrected.
func (e *Engine) SpellingCorrections(f Filter) map[string][]string {
	x, asked := e.index.now.Load(), f.queryWords()
	if x == nil || len(asked) == 0 {
		return nil
	}
	return x.Search(index.Query{Words: asked}).Corrected
}

// ReplaceWord returns a filter with one of f's words replaced by another, both
// as in Result.Corrected. Its words are normalised.
func (f Filter) ReplaceWord(word, near string) Filter {
	all := words.Query(f.Words)
	if i := slices.Index(all, word); i >= 0 {
		all[i] = near
	}
	f.Words = strings.Join(all, " ")
	f.After, f.Before = nil, nil
	return f
}

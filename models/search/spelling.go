package search

import (
	"slices"
	"strings"

	"tribemarket/models/search/index"
	"tribemarket/models/text/words"
)

// SpellingCorrections are the words of a filter that a search reads as others, as
// Result.Corrected has them, without the search: it asks the index for neither
// facets nor a page, and the database for nothing. Without an index no word is
// read as another.
func (e *Engine) SpellingCorrections(f Filter) map[string][]string {
	x, asked := e.index.now.Load(), f.queryWords()
	if x == nil || len(asked) == 0 {
		return nil
	}
	return x.Search(index.Query{Words: asked}).Corrected
}

// ReplaceWord is a filter that looks for another word in place of one of f's, as
// Result.Corrected has both. Its words stand as they are compared.
func (f Filter) ReplaceWord(word, near string) Filter {
	all := words.Query(f.Words)
	if i := slices.Index(all, word); i >= 0 {
		all[i] = near
	}
	f.Words = strings.Join(all, " ")
	f.After, f.Before = nil, nil
	return f
}

package search

import (
	"cmp"
	"net/url"

	"tribemarket/models/search"
	"tribemarket/models/search/sentence"
	"tribemarket/views/paths"
	searchview "tribemarket/views/search"
)

// searchAskedFor returns the address of the search that the text in the search field asks
// for, if the text is another than the page had: a sentence becomes filters, in place of
// those of the sentence before it, and anything else the words to look for.
func (h *Handlers) searchAskedFor(query url.Values, f search.Filter) (string, bool) {
	catalogue := h.Creators.TribeCatalogue()
	said, before := sentence.Read(query.Get(searchview.Said), catalogue), sentence.Read(query.Get(searchview.Asked), catalogue)
	if !query.Has(searchview.Said) || said.Text == cmp.Or(before.Text, f.Words) {
		return "", false
	}
	f, asked := before.RemoveFrom(f).With("q", ""), ""
	if said.IsSentence() {
		f, asked = said.AddTo(f), said.Text
	} else {
		f.Words = said.Text
	}
	address := searchview.SearchURL(f, asked, searchview.ReadListState(query))
	return paths.WithQuery(address, url.Values{searchview.Opened: query[searchview.Opened], searchview.Whole: query[searchview.Whole]}), true
}

// readSentence reads the sentence whose filters a search has, without the parts that were
// taken away since; without a sentence, it reads the words as if they were one.
func (h *Handlers) readSentence(asked string, f search.Filter) (sentenceAsked, offered sentence.Reading) {
	catalogue := h.Creators.TribeCatalogue()
	read := sentence.Read(sentence.Read(asked, catalogue).KeptIn(f), catalogue)
	if read.HasFilters() && read.KeptIn(f) == read.Text {
		return read, sentence.Reading{}
	}
	return sentence.Reading{}, sentence.Read(f.Words, catalogue)
}

package search

import (
	"cmp"
	"context"
	"strings"

	"tribemarket/internal/i18n"
	"tribemarket/models/search"
)

// Parameters of this page that are not part of the search: what was typed into its field,
// and the sentence that the page shows, whose filters are in the address.
const (
	Said  = "say"
	Asked = "asked"
)

// fieldText is what the search field holds.
func (p SearchProps) fieldText() string { return cmp.Or(p.Asked.Text, p.Filter.Words) }

// lostWordsURL looks for what was not understood in names, handles and bios.
func (p SearchProps) lostWordsURL() string {
	return p.urlOf(p.Filter.With("q", strings.Join(p.Asked.NotUnderstood, " ")))
}

// wordsURL looks for the words of the sentence instead of its filters.
func (p SearchProps) wordsURL() string {
	return SearchURL(p.Asked.RemoveFrom(p.Filter).With("q", p.Asked.Text), "", p.ListState)
}

// offeredFilter replaces the words that can be read as filters.
func (p SearchProps) offeredFilter() search.Filter {
	return p.Offered.AddTo(p.Filter).With("q", strings.Join(p.Offered.NotUnderstood, " "))
}

func (p SearchProps) offeredURL() string { return p.urlOf(p.offeredFilter()) }

// offeredText names the filters that the words can be read as.
func (p SearchProps) offeredText(ctx context.Context) string {
	offered := SearchProps{Filter: p.Offered.AddTo(search.Filter{}), Catalogue: p.Catalogue}
	return i18n.JoinList(ctx, offered.Words(ctx))
}

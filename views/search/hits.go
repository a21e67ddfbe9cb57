package search

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"tribemarket/internal/i18n"
	"tribemarket/models/search"
	"tribemarket/models/text/words"
	"tribemarket/views/components"
	creatorsview "tribemarket/views/creators"
)

func placeText(ctx context.Context, h search.Hit) string {
	var parts []string
	if h.Creator.Country != "" {
		parts = append(parts, i18n.Country(ctx, h.Creator.Country))
	}
	if len(h.Languages) > 0 {
		parts = append(parts, creatorsview.Languages(ctx, h.Languages))
	}
	return strings.Join(parts, " · ")
}

// otherAccounts names the platform of the figures, and the number of further accounts.
func otherAccounts(ctx context.Context, h search.Hit) string {
	platform := components.PlatformName(h.Account.Platform)
	if h.Others == 0 {
		return platform
	}
	return i18n.T(ctx, "search.others", "platform", platform, "n", h.Others)
}

// piece is a part of a text, highlighted or not.
type piece struct {
	text   string
	marked bool
}

func markedPieces(text string, looked []string) []piece {
	if len(looked) == 0 {
		return []piece{{text: text}}
	}
	var all []piece
	at := 0
	for _, s := range words.Spans(text, looked) {
		if s.From > at {
			all = append(all, piece{text: text[at:s.From]})
		}
		all = append(all, piece{text[s.From:s.To], true})
		at = s.To
	}
	if at < len(text) {
		all = append(all, piece{text: text[at:]})
	}
	return all
}

// around is the number of bytes of a bio that are shown before and after the first match.
const around = 80

// bioSnippet is the part of a bio around the first word that was searched for.
func bioSnippet(bio string, looked []string) string {
	found := words.Spans(bio, looked)
	if len(found) == 0 {
		return cutAround(bio, 0, 2*around)
	}
	return cutAround(bio, found[0].From-around, found[0].To+around)
}

// cutAround is a part of a text, extended to whole words.
func cutAround(text string, from, to int) string {
	before, after := "", ""
	if from > 0 {
		for from < to && !utf8.RuneStart(text[from]) {
			from++
		}
		if i := strings.IndexByte(text[from:min(to, len(text))], ' '); i >= 0 && i < around {
			from += i + 1
		}
		before = "… "
	}
	if to < len(text) {
		for to > 0 && !utf8.RuneStart(text[to]) {
			to--
		}
		if i := strings.LastIndexByte(text[max(from, 0):to], ' '); i > 0 {
			to = max(from, 0) + i
		}
		after = " …"
	}
	return before + text[max(from, 0):min(to, len(text))] + after
}

// mostCompared is the maximum number of creators in a comparison.
const mostCompared = 5

// compareText says how many creators are ticked.
func compareText(ctx context.Context, n int) string {
	if n == 0 {
		return i18n.T(ctx, "search.compare_hint")
	}
	return i18n.T(ctx, "search.compared", "n", n)
}

// compareTexts are the texts for every number of ticked creators, from none.
func compareTexts(ctx context.Context) string {
	var texts []string
	for n := range mostCompared + 1 {
		texts = append(texts, compareText(ctx, n))
	}
	return strings.Join(texts, "|")
}

// tickForm is the form to which the ticks belong: with a search, they go wherever it goes.
func (p SearchProps) tickForm() string {
	if p.Live {
		return "search"
	}
	return "compare"
}

func (p SearchProps) isTicked(h search.Hit) bool {
	return slices.Contains(p.Ticked, h.Creator.PublicID)
}

// tickedElsewhere are the ticked creators who are not on this page.
func (p SearchProps) tickedElsewhere() []string {
	return slices.DeleteFunc(slices.Clone(p.Ticked), func(id string) bool {
		return slices.ContainsFunc(p.Result.Hits, func(h search.Hit) bool { return h.Creator.PublicID == id })
	})
}

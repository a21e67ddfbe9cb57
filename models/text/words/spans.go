package words

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Span is a part of a text, from byte From up to but not including byte To.
type Span struct{ From, To int }

// handleJoints are the separators within a handle, which is also found by its parts
// joined together.
const handleJoints = "._-"

// Spans returns the parts of a text to highlight: in every word that begins with one of
// the words looked for (from Query, or Near), the matching part. They are in order, not
// empty, separate from each other, and contain whole characters with their marks; a
// character that represents several letters is highlighted if one of them matches.
func Spans(text string, looked []string) []Span {
	var all []Span
	mark := func(word []letter) {
		if n := begins(word, looked); n > 0 {
			for n < len(word) && unicode.Is(unicode.M, word[n].r) {
				n++
			}
			all = append(all, Span{word[0].from, word[n-1].to})
		}
	}
	var handle []letter // the words so far of what may be a handle
	parts := 0
	end := func() {
		if parts > 1 {
			mark(handle)
		}
		handle, parts = nil, 0
	}
	eachRun(text, func(run []letter, k kind) {
		if k == dense {
			end()
			for _, pair := range pairs(run) {
				mark(pair)
			}
			return
		}
		mark(run)
		if parts > 0 && !joint(text, handle[len(handle)-1].to, run[0].from) {
			end()
		}
		handle, parts = append(handle, run...), parts+1
	})
	end()
	return merged(all)
}

// joint says whether the text between two words may occur within a handle. It may not if
// one character represents both words, as ½ does 1 and 2.
func joint(text string, from, to int) bool {
	return from < to && strings.Trim(text[from:to], handleJoints) == ""
}

// begins returns the length of the longest word looked for with which word begins.
func begins(word []letter, looked []string) int {
	longest := 0
	for _, l := range looked {
		n := 0
		for _, r := range l {
			if n == len(word) || word[n].r != r {
				n = 0
				break
			}
			n++
		}
		longest = max(longest, n)
	}
	return longest
}

// merged sorts the spans and joins those that touch.
func merged(all []Span) []Span {
	slices.SortFunc(all, func(a, b Span) int { return cmp.Compare(a.From, b.From) })
	kept := all[:0]
	for _, s := range all {
		if n := len(kept); n > 0 && s.From <= kept[n-1].To {
			kept[n-1].To = max(kept[n-1].To, s.To)
			continue
		}
		kept = append(kept, s)
	}
	return kept
}

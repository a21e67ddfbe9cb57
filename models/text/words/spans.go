package words

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Span is a part of a text, from byte From up to byte To.
type Span struct{ From, To int }

// handleJoints are what parts of a handle stand between, which is found by all
// of them together too.
const handleJoints = "._-"

// Spans are the parts of a text to mark: of every word that begins with one of
// those looked for (from Query, or Near) the part that does. They are in order,
// never empty, apart from each other, and hold whole characters with the marks
// on them; one that stands for several letters is marked if one of them is.
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

// joint says whether what stands between two words may stand so in a handle.
// Nothing does if one character stands for both, as ½ for 1 and 2.
func joint(text string, from, to int) bool {
	return from < to && strings.Trim(text[from:to], handleJoints) == ""
}

// begins is with how many letters word begins as the longest of those looked
// for that it begins with.
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

// merged is the spans in order, those that meet as one.
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

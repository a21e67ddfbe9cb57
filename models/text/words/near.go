package words

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// mostNear is the maximum number of near words.
const mostNear = 50

// errorsIn is the number of typing errors tolerated in a word of so many letters.
func errorsIn(letters int) int {
	switch {
	case letters < 4, letters > 64:
		return 0 // too short to tell, or no word at all
	case letters < 8:
		return 1
	}
	return 2
}

// Near returns the words, at most 50, that have a prefix differing from word by a small
// typing error, those with the fewest errors first, then alphabetically: one error in 4
// to 7 letters, two in 8 to 64. An error is a letter too many, a missing one, a wrong
// one, or two neighbours swapped (the restricted Damerau-Levenshtein distance, in which
// no letter is changed twice). Digits are never treated as errors, words of scripts
// without spaces have no near words, and words that begin with exactly word are not
// included.
//
// It walks the sorted words once. Words with a common prefix share their rows of the
// distance table, and those that cannot become near, or nearer, are skipped together.
func (t *Terms) Near(word string) []string {
	return t.nearWords(word, mostNear, func(int) bool { return true })
}

// mostWalked is the maximum number of near words that NearAmong looks at.
const mostWalked = 10_000

// NearAmong is Near with the words of some rows alone.
func (t *Terms) NearAmong(word string, rows *roaring.Bitmap) []string {
	if rows.IsEmpty() {
		return nil
	}
	return t.nearWords(word, mostWalked, func(i int) bool {
		return slices.ContainsFunc(t.postings(i, i+1), func(p uint32) bool { return rows.Contains(p >> 1) })
	})
}

// nearWords returns those of the first near words that are kept, at most mostNear.
func (t *Terms) nearWords(word string, most int, keep func(i int) bool) []string {
	letters := []rune(word)
	if errorsIn(len(letters)) == 0 {
		return nil
	}
	for _, r := range letters {
		if kindOf(r) == dense {
			return nil
		}
	}
	w := newWalk(letters, most)
	for i := 0; i < t.Len() && len(w.found[1]) < most; {
		i = w.step(t, i)
	}
	var all []string
	for _, found := range w.found[1:] {
		for _, i := range found {
			if len(all) < mostNear && keep(i) {
				all = append(all, string(t.word(i)))
			}
		}
	}
	return all
}

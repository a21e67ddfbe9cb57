package words

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
	letters := []rune(word)
	if errorsIn(len(letters)) == 0 {
		return nil
	}
	for _, r := range letters {
		if kindOf(r) == dense {
			return nil
		}
	}
	w := newWalk(letters)
	for i := 0; i < t.Len() && len(w.found[1]) < mostNear; {
		i = w.step(t, i)
	}
	var all []string
	for _, found := range w.found[1:] {
		for _, i := range found[:min(len(found), mostNear-len(all))] {
			all = append(all, string(t.word(i)))
		}
	}
	return all
}

package words

// mostNear is how many near words are found.
const mostNear = 50

// errorsIn is how many typing errors a word of so many letters may hold.
func errorsIn(letters int) int {
	switch {
	case letters < 4, letters > 64:
		return 0 // too short to tell, or no word at all
	case letters < 8:
		return 1
	}
	return 2
}

// Near are the words, at most 50, of which a beginning is word with a small
// typing error, those with the fewest errors first, then by the alphabet: one
// error in 4 to 7 letters, two in 8 to 64. An error is a letter too many, one
// missing, a wrong one, or two neighbours swapped (the distance of Damerau and
// Levenshtein in its restricted form, where no letter is changed twice). A digit
// is never an error, words of scripts without spaces have no near ones, and
// words that begin with word as it stands are not among them.
//
// It is one walk over the sorted words. Words that begin alike share their rows
// of the table of distances, and those that cannot come near, or no nearer, are
// left out together.
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

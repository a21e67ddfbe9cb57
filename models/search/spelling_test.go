package search_test

import (
	"testing"

	"tribemarket/models"
	"tribemarket/models/search"
)

func TestAnotherWordStandsInPlaceOfOne(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ words, word, want string }{
		{"pasra", "pasra", "pasta"},
		{"  Pasra, à Paris pasra", "pasra", "pasta a paris"},
		{"pizza", "pasra", "pizza"},
		{"", "pasra", ""},
	} {
		f := search.Filter{Words: c.words, Tribes: []string{"foodtok"}, After: &models.Cursor{}}.ReplaceWord(c.word, "pasta")
		if f.Words != c.want || len(f.Tribes) != 1 || f.After != nil {
			t.Errorf("%q gives %q: %+v", c.words, f.Words, f)
		}
	}
}

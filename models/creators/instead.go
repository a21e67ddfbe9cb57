package creators

import (
	"slices"
	"strings"

	"tribemarket/models/creators/words"
)

// Instead is a filter that looks for another word in place of one of f's, as
// Result.Corrected has both. Its words stand as they are compared.
func (f Filter) Instead(word, near string) Filter {
	all := words.Query(f.Words)
	if i := slices.Index(all, word); i >= 0 {
		all[i] = near
	}
	f.Words = strings.Join(all, " ")
	f.After, f.Before = nil, nil
	return f
}

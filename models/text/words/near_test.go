package words_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tribemarket/models/text/words"
)

func TestTypingErrorsAreForgiven(t *testing.T) {
	all := terms(" beautytok foodtok cuisine été éclairs iphone15 iphone16 lea 美容 美容師 photography привет " + strings.Repeat("x", 70) + " | ")
	for _, c := range []struct{ name, word, want string }{
		{"two swapped", "beuaty", "beautytok"},
		{"one missing", "fodtok", "foodtok"},
		{"one missing at the beginning", "uisine", "cuisine"},
		{"one too many", "cuiisine", "cuisine"},
		{"one too many at the beginning", "xfoodtok", "foodtok"},
		{"a wrong one", "fooftok", "foodtok"},
		{"a wrong one at the beginning", "goodtok", "foodtok"},
		{"a beginning", "beuat", "beautytok"},
		{"two errors in a long word", "phtoograhpy", "photography"},
		{"two errors in a long word's beginning", "phtoogarp", "photography"},
		{"two errors in a short one", "fdotko", ""},
		{"three errors in a long one", "phtoograhyp", ""},
		{"four errors in a long one", "hptoograhyp", ""},
		{"three letters", "lae", ""},
		{"another script", "пирвет", "привет"},
		{"an accent that no one folds", "éclars", "éclairs"},
		{"a digit is no error", "iphone14", ""},
		{"a letter beside a digit is", "ipohne15", "iphone15"},
		{"scripts without spaces have none", "美容室料理", ""},
		{"as it stands is no error", "cuisin", ""},
		{"64 letters", strings.Repeat("x", 63) + "y", strings.Repeat("x", 70)},
		{"65 letters, which are no word", strings.Repeat("x", 64) + "y", ""},
		{"nothing like it", "gaming", ""},
		{"nothing", "", ""},
	} {
		if got := strings.Join(all.Near(c.word), " "); got != c.want {
			t.Errorf("%s: near %q are %q, want %q", c.name, c.word, got, c.want)
		}
	}
}

// Near agrees with the full table of distances of every word.
func TestNearAgreesWithALoopOverTheWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[abcé1]{1,11}`)
		vocabulary := rapid.SliceOfNDistinct(word, 0, 150, rapid.ID).Draw(t, "vocabulary")
		looked := word.Draw(t, "looked")
		b := words.NewBuilder()
		b.Add(0, " "+strings.Join(vocabulary, " ")+" | ")
		got := b.Build().Near(looked)

		most := 2
		if n := len([]rune(looked)); n < 4 {
			most = 0
		} else if n < 8 {
			most = 1
		}
		type found struct {
			word   string
			errors int
		}
		var near []found
		for _, v := range vocabulary {
			if e := errorsOfABeginning(v, looked); 0 < e && e <= most {
				near = append(near, found{v, e})
			}
		}
		slices.SortFunc(near, func(a, b found) int {
			return cmp.Or(cmp.Compare(a.errors, b.errors), strings.Compare(a.word, b.word))
		})
		var want []string
		for _, f := range near[:min(50, len(near))] {
			want = append(want, f.word)
		}
		if !slices.Equal(got, want) {
			t.Errorf("near %q are %q, want %q", looked, got, want)
		}
	})
}

// errorsOfABeginning is the least distance of a beginning of word from looked,
// written down as it is defined.
func errorsOfABeginning(word, looked string) int {
	a, b := []rune(word), []rune(looked)
	isDigit := func(r rune) bool { return '0' <= r && r <= '9' }
	cost := func(rs ...rune) int {
		if slices.ContainsFunc(rs, isDigit) {
			return 1000
		}
		return 1
	}
	d := make([][]int, len(a)+1)
	least := 1000
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			if i == 0 && j == 0 {
				continue
			}
			d[i][j] = 1 << 20
			if i > 0 {
				d[i][j] = min(d[i][j], d[i-1][j]+cost(a[i-1]))
			}
			if j > 0 {
				d[i][j] = min(d[i][j], d[i][j-1]+cost(b[j-1]))
			}
			if i > 0 && j > 0 {
				swap := 0
				if a[i-1] != b[j-1] {
					swap = cost(a[i-1], b[j-1])
				}
				d[i][j] = min(d[i][j], d[i-1][j-1]+swap)
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+cost(a[i-1], a[i-2]))
			}
		}
		least = min(least, d[i][len(b)])
	}
	return least
}

package words

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letter is a letter as it is compared, and the bytes of the text it stands
// for: from is where they begin, to is behind the last.
type letter struct {
	r        rune
	from, to int
}

// mostMarks is how many marks and unseen characters on one letter are looked
// at; the rest are left out. No language stacks so many.
const mostMarks = 10

// fold is a text as it is compared: NFKC, without case, accents and what is
// not seen, digits as 0 to 9. What separates words is kept. Folded again,
// nothing changes.
func fold(text string) []letter {
	all := make([]letter, 0, len(text))
	var f folder
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf && (i+1 == len(text) || text[i+1] < utf8.RuneSelf) {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			all = append(all, letter{rune(c), i, i + 1})
			i++
			continue
		}
		end := cluster(text, i)
		all = f.fold(all, text, i, end)
		i = end
	}
	return all
}

// cluster is where the characters end that must be composed together with the
// one at i.
func cluster(text string, i int) int {
	_, n := utf8.DecodeRuneInString(text[i:])
	for i += n; i < len(text) && text[i] >= utf8.RuneSelf; i += n {
		var r rune
		if r, n = utf8.DecodeRuneInString(text[i:]); !unseen(r) && norm.NFKC.PropertiesString(text[i:]).BoundaryBefore() {
			break
		}
	}
	return i
}

// folder holds the space for one cluster at a time.
type folder struct{ raw, apart, folded []byte }

// fold appends the folded letters of the cluster from i to end.
func (f *folder) fold(all []letter, text string, i, end int) []letter {
	if r, n := utf8.DecodeRuneInString(text[i:end]); n == end-i && norm.NFKD.PropertiesString(text[i:end]).Decomposition() == nil {
		if !hidden(r) {
			f.folded = bare(f.folded[:0], r)
			all = f.letters(all, f.folded, i, end)
		}
		return all
	}
	f.raw = f.raw[:0]
	marks := 0
	for _, r := range text[i:end] {
		if unicode.Is(unicode.M, r) || unseen(r) {
			if marks++; marks > mostMarks {
				continue
			}
		}
		f.raw = utf8.AppendRune(f.raw, r)
	}
	f.apart = norm.NFKD.Append(f.apart[:0], f.raw...)
	f.folded, marks = f.folded[:0], 0
	for i := 0; i < len(f.apart); {
		r, n := utf8.DecodeRune(f.apart[i:])
		i += n
		if hidden(r) {
			continue
		}
		if unicode.Is(unicode.M, r) {
			if marks++; marks > mostMarks {
				continue
			}
		}
		f.folded = bare(f.folded, r)
	}
	return f.letters(all, norm.NFC.Append(f.apart[:0], f.folded...), i, end)
}

func (f *folder) letters(all []letter, folded []byte, from, to int) []letter {
	for i := 0; i < len(folded); {
		r, n := utf8.DecodeRune(folded[i:])
		all = append(all, letter{r, from, to})
		i += n
	}
	return all
}

// hidden says whether a search does without r.
func hidden(r rune) bool { return accent(r) || unseen(r) }

// bare appends r without case and as it is spelt with plain letters.
func bare(to []byte, r rune) []byte {
	r = digit(lower(r))
	if r >= utf8.RuneSelf {
		if s, ok := spelt[r]; ok {
			return append(to, s...)
		}
	}
	return utf8.AppendRune(to, r)
}

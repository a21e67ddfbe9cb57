package words

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letter is a letter in the form that is compared, and the bytes of the text that it
// represents: from is where they begin, to is just after the last.
type letter struct {
	r        rune
	from, to int
}

// mostMarks is how many marks and invisible characters of one letter are considered; the
// rest are ignored. No language stacks so many.
const mostMarks = 10

// fold returns a text in the form that is compared: NFKC, without case, accents and
// invisible characters, with digits as 0 to 9. What separates words is kept. Folding
// twice changes nothing.
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

// cluster returns the end of the characters that must be composed together with the one
// at i.
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

// folder holds the buffers for one cluster at a time.
type folder struct{ raw, apart, folded []byte }

// fold appends the folded letters of the cluster from i to end.
func (f *folder) fold(all []letter, text string, i, end int) []letter {
	f.decompose(text[i:end])
	f.folded = f.folded[:0]
	left, marks := 0, 0
	for i := 0; i < len(f.apart); {
		r, n := utf8.DecodeRune(f.apart[i:])
		i += n
		if accent(r) || unseen(r) {
			continue
		}
		if unicode.Is(unicode.M, r) {
			if marks++; marks > mostMarks {
				continue
			}
		}
		left++
		f.folded = bare(f.folded, r)
	}
	if left > 1 { // one alone is composed
		f.apart = norm.NFC.Append(f.apart[:0], f.folded...)
		f.apart, f.folded = f.folded, f.apart
	}
	for at := 0; at < len(f.folded); {
		r, n := utf8.DecodeRune(f.folded[at:])
		all = append(all, letter{r, i, end})
		at += n
	}
	return all
}

// decompose puts the NFKD of a cluster in apart; only Hangul syllables, which would be
// composed again, stay whole.
func (f *folder) decompose(cluster string) {
	r, n := utf8.DecodeRuneInString(cluster)
	if n == len(cluster) {
		f.apart = f.apart[:0]
		if d := norm.NFKD.PropertiesString(cluster).Decomposition(); d != nil {
			f.apart = append(f.apart, d...)
		} else {
			f.apart = utf8.AppendRune(f.apart, r)
		}
		return
	}
	f.raw = f.raw[:0]
	marks := 0
	for _, r := range cluster {
		if unicode.Is(unicode.M, r) || unseen(r) {
			if marks++; marks > mostMarks {
				continue
			}
		}
		f.raw = utf8.AppendRune(f.raw, r)
	}
	f.apart = norm.NFKD.Append(f.apart[:0], f.raw...)
}

// bare appends r without case, spelled with plain letters.
func bare(to []byte, r rune) []byte {
	r = digit(lower(r))
	if r >= utf8.RuneSelf {
		if s, ok := spelt[r]; ok {
			return append(to, s...)
		}
	}
	return utf8.AppendRune(to, r)
}

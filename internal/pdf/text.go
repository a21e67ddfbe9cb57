package pdf

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"
)

// UnprintableError says that no embedded font has a letter of a text.
type UnprintableError struct {
	Letter rune
	Text   string
}

func (e *UnprintableError) Error() string {
	return fmt.Sprintf("pdf: no font has %q (%s)", e.Letter, e.CodePoint())
}

// CodePoint is the letter's number as Unicode writes it, like U+0E01.
func (e *UnprintableError) CodePoint() string { return fmt.Sprintf("U+%04X", e.Letter) }

// CheckText returns an *UnprintableError for the first letter of the text that no font has.
// A form calls it for what will be printed, so that it is refused while it can be mended.
func CheckText(text string) error {
	_, err := splitByFont(text)
	return err
}

// run is a piece of text that one font prints.
type run struct {
	family *family
	text   string
}

// splitByFont cuts a text into pieces that one font prints each. Emoji of several code points
// become their parts, side by side.
func splitByFont(text string) ([]run, error) {
	var runs []run
	for clusters := uniseg.NewGraphemes(norm.NFC.String(text)); clusters.Next(); {
		cluster := clusters.Runes()
		f, missing := familyOf(cluster)
		if f == nil {
			return nil, &UnprintableError{missing, text}
		}
		last := len(runs) - 1
		if last >= 0 && isSpace(cluster) && runs[last].family.spaced {
			f = runs[last].family // so that the words of a script stay in one run
		}
		printed := printedText(f, cluster)
		if last >= 0 && (runs[last].family == f || printed == "") {
			runs[last].text += printed
		} else {
			runs = append(runs, run{f, printed})
		}
	}
	return runs, nil
}

// familyOf returns the first font that has the whole cluster, or a letter that is missing.
func familyOf(cluster []rune) (*family, rune) {
	if slices.Contains(cluster, emojiPresentation) && !sans.hasAll(cluster[:1]) && emoji.hasAll(cluster) {
		return emoji, 0
	}
	if sans.hasAll(cluster) {
		return sans, 0
	}
	for _, f := range fallbacks {
		if f.hasAll(cluster) {
			return f, 0
		}
	}
	for _, r := range cluster[:len(cluster)-1] {
		if f, _ := familyOf([]rune{r}); f == nil {
			return nil, r
		}
	}
	return nil, cluster[len(cluster)-1]
}

func (f *family) hasAll(cluster []rune) bool {
	for i, r := range cluster {
		if !isInvisible(r) && (i == 0 || !isEmojiModifier(r)) && !f.regular.has(r) {
			return false
		}
	}
	return true
}

const (
	emojiPresentation = '\uFE0F'
	nonJoiner         = '\u200C'
	joiner            = '\u200D'
)

// printedText is the cluster without what would show as a box; joiners shape letters.
func printedText(f *family, cluster []rune) string {
	var b strings.Builder
	for i, r := range cluster {
		switch {
		case i > 0 && isEmojiModifier(r):
		case !isInvisible(r), unicode.IsSpace(r), (r == joiner || r == nonJoiner) && f != emoji && f.regular.has(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isEmojiModifier says whether a code point colours or frames the one before it, which no
// font here does: it would stand beside it.
func isEmojiModifier(r rune) bool { return r == '\u20E3' || unicode.Is(unicode.Sk, r) && r > 0xFFFF }

// isSpace says whether a cluster is white space alone, without a mark on it.
func isSpace(cluster []rune) bool {
	return !slices.ContainsFunc(cluster, func(r rune) bool { return !unicode.IsSpace(r) })
}

// isInvisible says whether a code point has no shape of its own.
func isInvisible(r rune) bool {
	return unicode.IsControl(r) ||
		unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r) ||
		unicode.Is(unicode.Variation_Selector, r) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

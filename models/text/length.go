package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// longestCluster is how many code points one character may be made of; every
// further ones as many count as one more. A family of four with skin tones has
// eleven.
const longestCluster = 16

// Length is how many characters a text has, as people see them: grapheme
// clusters. A cluster without end is several, so that a limit in characters
// bounds the bytes too.
func Length(s string) int {
	n := 0
	for state := -1; s != ""; {
		var cluster string
		cluster, s, _, state = uniseg.FirstGraphemeClusterInString(s, state)
		n += weight(cluster)
	}
	return n
}

// Truncate is the beginning of a text that has so many characters at most.
func Truncate(s string, most int) string {
	if len(s) <= most {
		return s
	}
	n, rest := 0, s
	for state := -1; rest != ""; {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if n += weight(cluster); n > most {
			return strings.TrimRightFunc(s[:len(s)-len(rest)-len(cluster)], unicode.IsSpace)
		}
	}
	return s
}

// weight is as how many characters a cluster counts.
func weight(cluster string) int {
	if len(cluster) <= longestCluster {
		return 1
	}
	return (utf8.RuneCountInString(cluster) + longestCluster - 1) / longestCluster
}

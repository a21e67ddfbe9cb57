package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// longestCluster is how many code points one character may consist of; a longer cluster
// counts as several characters. A family of four with skin tones has eleven.
const longestCluster = 16

// Length is the number of characters of a text as people see them: grapheme clusters. An
// overlong cluster counts as several, so that a limit in characters limits the bytes too.
func Length(s string) int {
	n := 0
	for state := -1; s != ""; {
		var cluster string
		cluster, s, _, state = uniseg.FirstGraphemeClusterInString(s, state)
		n += weight(cluster)
	}
	return n
}

// Truncate returns the beginning of a text, at most so many characters.
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

// weight is the number of characters that a cluster counts as.
func weight(cluster string) int {
	if len(cluster) <= longestCluster {
		return 1
	}
	return (utf8.RuneCountInString(cluster) + longestCluster - 1) / longestCluster
}

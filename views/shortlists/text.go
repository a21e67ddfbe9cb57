package shortlists

import (
	"strconv"
	"strings"
)

func plain(n int) string { return strconv.Itoa(n) }

// joined are labels as they are typed.
func joined(labels []string) string { return strings.Join(labels, ", ") }

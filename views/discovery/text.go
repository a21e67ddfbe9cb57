package discovery

import (
	"strconv"
	"strings"
)

func plainNumber(n int) string { return strconv.Itoa(n) }

// joinedLabels are labels as they are typed.
func joinedLabels(labels []string) string { return strings.Join(labels, ", ") }

package discovery

import (
	"strconv"
	"strings"
)

func plainNumber(n int) string { return strconv.Itoa(n) }

// joinedLabels are labels as a person enters them.
func joinedLabels(labels []string) string { return strings.Join(labels, ", ") }

package main

import (
	"strings"
	"testing"
	"time"
)

func TestProgressInAPipeIsALineWithTheTimeLeft(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	now := time.Now()
	l := &progressLines{w: &out, what: "import", every: 5 * time.Second, began: now.Add(-time.Minute), shown: now.Add(-time.Minute)}
	l.show(0, 400)
	l.show(100, 400)
	l.show(200, 400) // too soon
	if got := out.String(); got != "import: 25 %, about 3m0s left\n" {
		t.Errorf("%q", got)
	}
}

package main

import (
	"errors"
	"log/slog"
	"strings"
	"testing"
)

func TestLogLinesStayShort(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", 60_000)
	var out strings.Builder
	log := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{ReplaceAttr: shortenAttr}))
	log.Error("request failed", "path", long, "error", errors.New(long), slog.Group("more", "name", long), "count", 7, "nothing", nil)
	if out.Len() > 3*maxLoggedText+500 || !strings.Contains(out.String(), "count=7") {
		t.Errorf("a line of %d bytes", out.Len())
	}
	out.Reset()
	if log.Error("panic", "stack", long); out.Len() < len(long) {
		t.Error("a stack is cut")
	}
}

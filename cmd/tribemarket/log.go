package main

import (
	"fmt"
	"log/slog"
	"strings"
)

// maxLoggedText is the longest text in a log line. Addresses, and what errors
// repeat of a request, are as long as whoever sent them likes.
const maxLoggedText = 4 << 10

// shortenAttr cuts long texts of log lines. The stack of a panic is ours.
func shortenAttr(_ []string, a slog.Attr) slog.Attr {
	text := ""
	switch v := a.Value.Any().(type) {
	case string:
		text = v
	case error:
		text = v.Error()
	case fmt.Stringer:
		text = v.String()
	}
	if len(text) <= maxLoggedText || a.Key == "stack" {
		return a
	}
	return slog.String(a.Key, strings.ToValidUTF8(text[:maxLoggedText], "")+"…")
}

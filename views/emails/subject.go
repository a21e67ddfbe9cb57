package emails

import (
	"context"
	"slices"

	"tribemarket/internal/i18n"
	"tribemarket/models/text"
)

// MaxSubject is the maximum length of a subject in characters; mail programs cut longer
// ones anywhere.
const MaxSubject = 120

// fewestOfName is the minimum number of characters of a name that a subject shows.
const fewestOfName = 12

// title is the name of a deal, and which of its deliverables is meant; only the name may
// be shortened.
type title struct {
	product string
	item    string // "" for the whole deal, or for its only deliverable
}

// String is the title within a sentence.
func (t title) String() string { return t.product + t.item }

// moment is a time as a sentence names it. A subject leaves its zone out where it would be
// too long; the mail itself never does.
type moment struct{ text, zoned string }

// String is the time with its zone.
func (m moment) String() string { return m.zoned }

// writeMail returns a mail whose subject and headline say what the key says: who did what
// to what.
func writeMail(ctx context.Context, p Props, key string, args ...any) Mail {
	p.Headline = i18n.T(ctx, key, args...)
	return Mail{subject(ctx, key, args...), p}
}

// subject is the text of a key in which the zone is left out and the longest names are
// shortened until it is short enough.
func subject(ctx context.Context, key string, args ...any) string {
	if s := i18n.T(ctx, key, args...); text.Length(s) <= MaxSubject {
		return s
	}
	args = withoutZones(args)
	for {
		s := i18n.T(ctx, key, args...)
		over := text.Length(s) - MaxSubject
		longest, most := -1, fewestOfName
		for i := 1; i < len(args); i += 2 {
			if n := nameLength(args[i]); n > most && args[i-1] != "until" {
				longest, most = i, n
			}
		}
		if over <= 0 || longest < 0 {
			return s
		}
		args[longest] = shortenName(args[longest], max(most-over, fewestOfName))
	}
}

func withoutZones(args []any) []any {
	args = slices.Clone(args)
	for i, arg := range args {
		if m, ok := arg.(moment); ok {
			args[i] = m.text
		}
	}
	return args
}

func nameLength(arg any) int {
	switch v := arg.(type) {
	case string:
		return text.Length(v)
	case title:
		return text.Length(v.product)
	}
	return 0
}

func shortenName(arg any, most int) any {
	if v, ok := arg.(title); ok {
		return title{text.Truncate(v.product, most-1) + "…", v.item}
	}
	s, _ := arg.(string)
	return text.Truncate(s, most-1) + "…"
}

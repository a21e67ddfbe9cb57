// Package logging keeps the log readable while something goes wrong again and again.
package logging

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"time"
)

// RepeatInterval is how often a warning or an error that repeats is logged.
const RepeatInterval = time.Minute

// maxRepeats is how many different messages are watched at once; others are all logged.
const maxRepeats = 1000

// FoldRepeats returns a handler that logs a warning or an error at once, and the same one
// again at most once a minute, with the number of its repeats. Two are the same when their
// level, message, error and kind of job are.
func FoldRepeats(h slog.Handler) slog.Handler {
	return &foldingHandler{Handler: h, repeats: &repeats{pending: map[string]*repeat{}}}
}

// repeats are the messages of the last minute.
type repeats struct {
	mu      sync.Mutex
	pending map[string]*repeat
}

// repeat is a message, and how often it came since it was logged.
type repeat struct {
	handler slog.Handler
	last    slog.Record
	count   int
}

type foldingHandler struct {
	slog.Handler
	repeats *repeats
	with    string // what the key takes from attributes that all records share
}

// Handle is part of slog.Handler.
func (h *foldingHandler) Handle(ctx context.Context, r slog.Record) error {
	if r.Level >= slog.LevelWarn && !h.repeats.isNew(h.key(r), h.Handler, r) {
		return nil
	}
	return h.Handler.Handle(ctx, r)
}

// WithAttrs is part of slog.Handler.
func (h *foldingHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	with := h.with
	for _, a := range attrs {
		with += keyPart(a)
	}
	return &foldingHandler{h.Handler.WithAttrs(attrs), h.repeats, with}
}

// WithGroup is part of slog.Handler.
func (h *foldingHandler) WithGroup(name string) slog.Handler {
	return &foldingHandler{h.Handler.WithGroup(name), h.repeats, h.with}
}

func (h *foldingHandler) key(r slog.Record) string {
	var b strings.Builder
	b.WriteString(r.Level.String() + "\x00" + r.Message + h.with)
	r.Attrs(func(a slog.Attr) bool { b.WriteString(keyPart(a)); return true })
	return b.String()
}

// keyPart is what an attribute adds to the key of a message: the names are ours and
// River's.
func keyPart(a slog.Attr) string {
	switch a.Key {
	case "error", "err", "kind", "job_kind":
		return "\x00" + a.Value.String()
	}
	return ""
}

// isNew says whether a message is to be logged now; otherwise it is counted.
func (s *repeats) isNew(key string, h slog.Handler, r slog.Record) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p, known := s.pending[key]; known {
		p.last, p.count = r.Clone(), p.count+1
		return false
	}
	if len(s.pending) < maxRepeats {
		s.pending[key] = &repeat{handler: h}
		time.AfterFunc(RepeatInterval, func() { s.logRepeats(key) })
	}
	return true
}

// logRepeats logs a message that came again, and forgets one that did not.
func (s *repeats) logRepeats(key string) {
	s.mu.Lock()
	p := s.pending[key]
	count, last := p.count, p.last
	if p.count = 0; count == 0 {
		delete(s.pending, key)
	} else {
		time.AfterFunc(RepeatInterval, func() { s.logRepeats(key) })
	}
	s.mu.Unlock()
	if count > 0 {
		last.AddAttrs(slog.Int("repeated", count), slog.Duration("within", RepeatInterval))
		_ = p.handler.Handle(context.Background(), last) // there is nowhere else to say so
	}
}

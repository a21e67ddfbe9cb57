package imports

import (
	"context"
	"encoding/json"
	"slices"
	"sync"

	"tribemarket/models"
	"tribemarket/models/db"
)

// NoteKind is what a note says of its row.
type NoteKind string

// The kinds of notes.
const (
	NoteSkipped      NoteKind = "skipped"      // the row was left out
	NoteUnread       NoteKind = "unread"       // a value was not understood
	NoteQuestionable NoteKind = "questionable" // something in it cannot be
)

// Note is what an import says of a row.
type Note struct {
	ImportID   int64 `gorm:"primaryKey;autoIncrement:false"`
	N          int64 `gorm:"primaryKey;autoIncrement:false"` // from 1
	Line       int64
	Kind       NoteKind
	MessageKey string
	Args       []string `gorm:"serializer:json"` // name and value in turn
}

// TableName is GORM's.
func (Note) TableName() string { return "import_notes" }

// Message is its text.
func (n Note) Message() Message { return Message{n.MessageKey, n.Args} }

// maxNotes bounds what is kept of one run; the report counts the others.
const maxNotes = 100_000

// noteCollector gathers the notes of a run.
type noteCollector struct {
	mu    sync.Mutex
	notes []Note
}

func (c *noteCollector) add(line int, kind NoteKind, key string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.notes) < maxNotes {
		c.notes = append(c.notes, Note{N: int64(len(c.notes) + 1), Line: int64(line), Kind: kind, MessageKey: key, Args: textArgs(args)})
	}
}

// listen has the options tell the collector.
func (c *noteCollector) listen(o *Options) {
	o.OnSkippedRow = func(r SkippedRow) { c.add(r.Line, NoteSkipped, r.MessageKey, r.Args...) }
	o.OnUnreadValue = func(v UnreadValue) {
		c.add(v.Line, NoteUnread, "imports.note.unread", "column", v.Header, "value", v.Value)
	}
	o.OnQuestionable = func(q Questionable) { c.add(q.Line, NoteQuestionable, q.MessageKey) }
}

// saveNotes replaces an import's notes, as long as the lease holds.
func (s *Store) saveNotes(ctx context.Context, i Import, notes []Note) error {
	deleted := func(tx *db.Tx) error { return tx.Where("import_id = ?", i.ID).Delete(&Note{}).Error }
	if err := s.withLease(ctx, i, deleted); err != nil {
		return err
	}
	for some := range slices.Chunk(notes, 2000) {
		rows := make([][]any, len(some))
		for k, n := range some {
			args, err := json.Marshal(n.Args)
			if err != nil {
				return err
			}
			rows[k] = []any{i.ID, n.N, n.Line, string(n.Kind), n.MessageKey, string(args)}
		}
		err := s.withLease(ctx, i, func(tx *db.Tx) error {
			return db.InsertRows(tx, "import_notes", "import_id, n, line, kind, message_key, args", rows)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// ListNotes gives an administrator the notes of an import after one of them, in their
// order; kind "" is all.
func (s *Store) ListNotes(ctx context.Context, actor models.Actor, i Import, kind NoteKind, after int64, most int) ([]Note, error) {
	if !CanImport(actor) {
		return nil, models.NotFound()
	}
	q := s.db.Read(ctx).Where("import_id = ? AND n > ?", i.ID, after)
	if kind != "" {
		q = q.Where("kind = ?", kind)
	}
	var all []Note
	if err := q.Order("n").Limit(most).Find(&all).Error; err != nil {
		return nil, models.Internal("read what an import says", err)
	}
	return all, nil
}

// CountNotes is how many notes a run had, and how many of them are kept.
func (r Report) CountNotes() (all, kept int64) {
	all = r.Skipped
	for _, f := range r.Files {
		all += f.Questionable
		for _, c := range f.Columns {
			all += c.Unread
		}
	}
	return all, min(all, maxNotes)
}

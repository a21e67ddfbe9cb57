package imports

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
)

// fileWriter writes the rows of one file.
type fileWriter struct {
	run            *importRun
	plan           filePlan
	window         []*creators.ImportedRow
	windowBytes    int
	windowRows     int                    // at which it is written
	readBytes      int                    // of the file, not counted in the progress yet
	bestRepeats    map[uint64]numberedRow // of the accounts that stand in the list twice
	droppedRepeats []droppedRow
	withPosts      map[int64]bool // accounts whose figures are to be computed anew; true where posts came or changed
}

// A window of rows is sorted before it is written, so that the rows of a transaction
// stand near each other in the indexes and change few of their pages. The first ones are
// small, so that something is written soon.
const (
	minWindowRows  = minBatchRows
	maxWindowRows  = 65_536
	maxWindowBytes = 48 << 20
)

// numberedRow is a row that waits, and its line.
type numberedRow struct {
	creators.ImportedRow
	line int
}

type droppedRow struct {
	line int
	key  uint64
}

// takePart takes some rows of the file.
func (w *fileWriter) takePart(ctx context.Context, part filePart) error {
	w.readBytes += part.bytes
	for i := range part.rows {
		row := &part.rows[i]
		w.run.fileReport.Rows++
		for _, u := range row.unread {
			w.run.unreadValue(row.line, u.position, u.value)
		}
		for _, key := range row.unsure {
			w.run.questionable(row.line, key)
		}
		if row.wrong != nil {
			w.run.skipRow(row.line, row.wrong)
			if err := ctx.Err(); err != nil {
				return err
			}
			continue
		}
		if err := w.takeRow(ctx, numberedRow{row.ImportedRow, row.line}); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// takeRow takes one row. Rows of an account that stands in a list twice wait
// until the file has ended; the best of them is taken.
func (w *fileWriter) takeRow(ctx context.Context, s numberedRow) error {
	if s.AsOf.IsZero() {
		s.AsOf = w.plan.asOf
	}
	if s.Means.Basis != "" {
		s.Means.FiguresAsOf = &s.AsOf
	}
	h := w.run.hashAccount(s.Platform, s.HandleKey)
	if !w.plan.repeatedAccounts[h] {
		return w.bufferRow(ctx, &s.ImportedRow)
	}
	best, ok := w.bestRepeats[h]
	switch {
	case !ok:
		w.bestRepeats[h] = s
	case cmp.Or(s.AsOf.Compare(best.AsOf), s.CompareTo(&best.ImportedRow)) > 0:
		w.bestRepeats[h] = s
		w.droppedRepeats = append(w.droppedRepeats, droppedRow{best.line, h})
	default:
		w.droppedRepeats = append(w.droppedRepeats, droppedRow{s.line, h})
	}
	return nil
}

func (w *fileWriter) bufferRow(ctx context.Context, r *creators.ImportedRow) error {
	w.window = append(w.window, r)
	w.windowBytes += sizeOf(r)
	if len(w.window) < w.windowRows && w.windowBytes < maxWindowBytes {
		return nil
	}
	return w.writeWindow(ctx)
}

// sizeOf is about how much memory a row takes.
func sizeOf(r *creators.ImportedRow) int {
	n := 512 + len(r.Handle) + len(r.HandleKey) + len(r.Name)
	if r.Post != nil {
		n += 256 + len(r.Post.Caption) + len(r.Post.Hashtags) + len(r.Post.URL)
	}
	return n
}

// writeWindow writes the rows that have gathered.
func (w *fileWriter) writeWindow(ctx context.Context) error {
	rows := w.window
	if len(rows) > w.run.batchSize {
		sortForWriting(rows)
	}
	for len(rows) > 0 {
		batch := rows[:min(w.run.batchSize, len(rows))]
		if err := w.writeBatch(ctx, batch); err != nil {
			return err
		}
		done := w.readBytes * len(batch) / len(rows)
		w.run.addProgress(done)
		w.readBytes -= done
		rows = rows[len(batch):]
	}
	clear(w.window)
	w.window, w.windowBytes, w.windowRows = w.window[:0], 0, min(2*w.windowRows, maxWindowRows)
	return ctx.Err()
}

// sortForWriting sorts rows by their place in the index of handles; those of one account
// stay as they stand in the file. New creators get their public ids in the same order.
func sortForWriting(rows []*creators.ImportedRow) {
	slices.SortStableFunc(rows, func(a, b *creators.ImportedRow) int {
		return cmp.Or(strings.Compare(a.Platform, b.Platform), strings.Compare(a.HandleKey, b.HandleKey))
	})
	ids := make([]string, len(rows))
	for i := range ids {
		ids[i] = models.NewPublicID()
	}
	slices.Sort(ids)
	for i, r := range rows {
		r.NewPublicID = ids[i]
	}
}

// finishFile writes what waited, and computes what follows from new posts.
func (w *fileWriter) finishFile(ctx context.Context) error {
	waited := make([]numberedRow, 0, len(w.bestRepeats))
	for _, s := range w.bestRepeats {
		waited = append(waited, s)
	}
	slices.SortFunc(waited, func(a, b numberedRow) int { return a.line - b.line })
	for _, s := range waited {
		if err := w.bufferRow(ctx, &s.ImportedRow); err != nil {
			return err
		}
	}
	if err := w.writeWindow(ctx); err != nil {
		return err
	}
	w.run.addProgress(w.readBytes)
	slices.SortFunc(w.droppedRepeats, func(a, b droppedRow) int { return a.line - b.line })
	for _, l := range w.droppedRepeats {
		w.run.skipRow(l.line, problemOf("same_handle", "line", w.bestRepeats[l.key].line))
	}
	if w.run.options.DryRun {
		return nil // the posts are not there to compute from
	}
	ids := make([]int64, 0, len(w.withPosts))
	for id := range w.withPosts {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for some := range slices.Chunk(ids, minBatchRows/8) {
		var changed []*creators.Account
		err := w.run.runBatch(ctx, func(tx *db.Tx) (err error) {
			changed, err = w.run.creators.RecomputeImportedFigures(tx, some, w.withPosts, w.plan.asOf, w.run.now)
			return err
		})
		if err != nil {
			return err
		}
		for _, a := range changed {
			w.run.recordOutcome(a.Platform, a.HandleKey, creators.AccountUpdated)
		}
	}
	return nil
}

// writeBatch writes some rows in one transaction. Where somebody else has written the
// same meanwhile, be it a public id, it is tried again.
func (w *fileWriter) writeBatch(ctx context.Context, rows []*creators.ImportedRow) error {
	tries := 0
	var saved []creators.ImportedAccount
	err := w.run.runBatch(ctx, func(tx *db.Tx) (err error) {
		if tries++; tries > 1 {
			for i := range rows {
				rows[i].NewPublicID = ""
			}
		}
		saved, err = w.run.creators.SaveImportedRows(tx, rows, w.run.now)
		return err
	})
	if err != nil {
		return err
	}
	for i, a := range saved { // what is committed counts
		w.run.recordOutcome(rows[i].Platform, rows[i].HandleKey, a.Outcome)
		if w.plan.columns.kind == KindVideos && !a.Verified {
			w.withPosts[a.ID] = w.withPosts[a.ID] || a.NewPosts
		}
	}
	return nil
}

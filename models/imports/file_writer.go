package imports

import (
	"cmp"
	"context"
	"slices"

	"tribemarket/models/creators"
	"tribemarket/models/db"
)

// fileWriter writes the rows of one file.
type fileWriter struct {
	run            *importRun
	plan           filePlan
	rows           []creators.ImportedRow
	bestRepeats    map[uint64]numberedRow // of the accounts that stand in the list twice
	droppedRepeats []droppedRow
	withPosts      map[int64]bool // accounts whose figures are to be computed anew; true where posts came or changed
}

// numberedRow is a row that waits, and its line.
type numberedRow struct {
	creators.ImportedRow
	line int
}

type droppedRow struct {
	line int
	key  uint64
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
		return w.bufferRow(ctx, s.ImportedRow)
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

func (w *fileWriter) bufferRow(ctx context.Context, r creators.ImportedRow) error {
	w.rows = append(w.rows, r)
	if len(w.rows) < w.run.batchSize {
		return nil
	}
	return w.flushRows(ctx)
}

func (w *fileWriter) flushRows(ctx context.Context) error {
	if len(w.rows) == 0 {
		return ctx.Err()
	}
	err := w.run.runBatch(ctx, func(tx *db.Tx) error { return w.writeBatch(tx) })
	w.rows = w.rows[:0]
	return err
}

// finishFile writes what waited, and computes what follows from new posts.
func (w *fileWriter) finishFile(ctx context.Context) error {
	waited := make([]numberedRow, 0, len(w.bestRepeats))
	for _, s := range w.bestRepeats {
		waited = append(waited, s)
	}
	slices.SortFunc(waited, func(a, b numberedRow) int { return a.line - b.line })
	for _, s := range waited {
		if err := w.bufferRow(ctx, s.ImportedRow); err != nil {
			return err
		}
	}
	if err := w.flushRows(ctx); err != nil {
		return err
	}
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
		err := w.run.runBatch(ctx, func(tx *db.Tx) error {
			changed, err := w.run.creators.RecomputeImportedFigures(tx, some, w.withPosts, w.plan.asOf, w.run.now)
			for _, a := range changed {
				w.run.recordOutcome(a.Platform, a.HandleKey, creators.AccountUpdated)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// writeBatch writes the rows that have gathered, in one transaction.
func (w *fileWriter) writeBatch(tx *db.Tx) error {
	saved, err := w.run.creators.SaveImportedRows(tx, w.rows, w.run.now)
	if err != nil {
		return err
	}
	for i, a := range saved {
		w.run.recordOutcome(w.rows[i].Platform, w.rows[i].HandleKey, a.Outcome)
		if w.plan.columns.kind == KindVideos && !a.Verified {
			w.withPosts[a.ID] = w.withPosts[a.ID] || a.NewPosts
		}
	}
	return nil
}

package creators

import (
	"context"
	"slices"

	"tribemarket/models/db"
)

// fileWriter writes the rows of one file.
type fileWriter struct {
	run            *importRun
	plan           filePlan
	rows           []importRow
	bestRepeats    map[uint64]importRow // of the accounts that occur twice in the list
	droppedRepeats []droppedRow
	withPosts      map[int64]bool // accounts whose figures are to be recomputed; true if posts were added or changed
}

type droppedRow struct {
	line int
	key  uint64
}

// takeRow takes one row. Rows of an account that occurs twice in a list wait
// until the end of the file; the best of them is taken.
func (w *fileWriter) takeRow(ctx context.Context, s importRow) error {
	s.asOf = w.plan.asOf
	if s.means.Basis != "" {
		s.means.FiguresAsOf = &s.asOf
	}
	h := w.run.hashAccount(s.platform, s.key)
	if !w.plan.repeatedAccounts[h] {
		return w.bufferRow(ctx, s)
	}
	best, ok := w.bestRepeats[h]
	switch {
	case !ok:
		w.bestRepeats[h] = s
	case s.compareTo(best) > 0:
		w.bestRepeats[h] = s
		w.droppedRepeats = append(w.droppedRepeats, droppedRow{best.line, h})
	default:
		w.droppedRepeats = append(w.droppedRepeats, droppedRow{s.line, h})
	}
	return nil
}

func (w *fileWriter) bufferRow(ctx context.Context, s importRow) error {
	w.rows = append(w.rows, s)
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

// finishFile writes the rows that waited, and recomputes figures from new posts.
func (w *fileWriter) finishFile(ctx context.Context) error {
	waited := make([]importRow, 0, len(w.bestRepeats))
	for _, s := range w.bestRepeats {
		waited = append(waited, s)
	}
	slices.SortFunc(waited, func(a, b importRow) int { return a.line - b.line })
	for _, s := range waited {
		if err := w.bufferRow(ctx, s); err != nil {
			return err
		}
	}
	if err := w.flushRows(ctx); err != nil {
		return err
	}
	slices.SortFunc(w.droppedRepeats, func(a, b droppedRow) int { return a.line - b.line })
	for _, l := range w.droppedRepeats {
		w.run.skipRow(l.line, "creators.import.same_handle", "line", w.bestRepeats[l.key].line)
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
			changed, err := w.run.store.recomputeFigures(tx, some, w.withPosts, w.plan.asOf, w.run.now)
			for _, a := range changed {
				w.run.recordOutcome(a, accountUpdated)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// writeBatch writes the collected rows in one transaction.
func (w *fileWriter) writeBatch(tx *db.Tx) error {
	b, err := loadImportBatch(tx, w.rows)
	if err != nil {
		return err
	}
	for _, s := range w.rows {
		b.mergeRow(s, w.run.now)
	}
	if err := b.saveBatch(w.run.store, tx, w.run.now); err != nil {
		return err
	}
	posted := map[int64]bool{}
	if w.plan.kind == ImportKindVideos {
		if posted, err = savePosts(tx, b.collectPosts(w.rows)); err != nil {
			return err
		}
	}
	for _, s := range w.rows {
		a := b.accounts[s.platform+"/"+s.key]
		switch {
		case b.newAccounts[a]:
			w.run.recordOutcome(a, accountCreated)
		case b.changedAccounts[a] || posted[a.ID]:
			w.run.recordOutcome(a, accountUpdated)
		default:
			w.run.recordOutcome(a, accountUnchanged)
		}
		if w.plan.kind == ImportKindVideos && a.Source != SourceVerified {
			w.withPosts[a.ID] = w.withPosts[a.ID] || posted[a.ID]
		}
	}
	return nil
}

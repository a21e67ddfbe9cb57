package creators

import (
	"context"
	"slices"

	"tribemarket/models/db"
)

// writer writes the rows of one file.
type writer struct {
	run     *importRun
	plan    plan
	rows    []said
	best    map[uint64]said // of the accounts that stand in the list twice
	losers  []loser
	posting map[int64]bool // accounts whose figures are to be computed anew; true where posts came or changed
}

type loser struct {
	line int
	key  uint64
}

// take takes one row. Rows of an account that stands in a list twice wait
// until the file has ended; the best of them is taken.
func (w *writer) take(ctx context.Context, s said) error {
	s.asOf = w.plan.asOf
	if s.means.Basis != "" {
		s.means.FiguresAsOf = &s.asOf
	}
	h := w.run.hash(s.platform, s.key)
	if !w.plan.twice[h] {
		return w.add(ctx, s)
	}
	best, ok := w.best[h]
	switch {
	case !ok:
		w.best[h] = s
	case s.compare(best) > 0:
		w.best[h] = s
		w.losers = append(w.losers, loser{best.line, h})
	default:
		w.losers = append(w.losers, loser{s.line, h})
	}
	return nil
}

func (w *writer) add(ctx context.Context, s said) error {
	w.rows = append(w.rows, s)
	if len(w.rows) < w.run.size {
		return nil
	}
	return w.flush(ctx)
}

func (w *writer) flush(ctx context.Context) error {
	if len(w.rows) == 0 {
		return ctx.Err()
	}
	err := w.run.tx(ctx, func(tx *db.Tx) error { return w.batch(tx) })
	w.rows = w.rows[:0]
	return err
}

// finish writes what waited, and computes what follows from new posts.
func (w *writer) finish(ctx context.Context) error {
	waited := make([]said, 0, len(w.best))
	for _, s := range w.best {
		waited = append(waited, s)
	}
	slices.SortFunc(waited, func(a, b said) int { return a.line - b.line })
	for _, s := range waited {
		if err := w.add(ctx, s); err != nil {
			return err
		}
	}
	if err := w.flush(ctx); err != nil {
		return err
	}
	slices.SortFunc(w.losers, func(a, b loser) int { return a.line - b.line })
	for _, l := range w.losers {
		w.run.leftOut(l.line, "creators.import.same_handle", "line", w.best[l.key].line)
	}
	if w.run.o.DryRun {
		return nil // the posts are not there to compute from
	}
	ids := make([]int64, 0, len(w.posting))
	for id := range w.posting {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for some := range slices.Chunk(ids, fewRows/8) {
		err := w.run.tx(ctx, func(tx *db.Tx) error {
			changed, err := w.run.store.recompute(tx, some, w.posting, w.plan.asOf, w.run.now)
			for _, a := range changed {
				w.run.note(a, updated)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// batch writes the rows that have gathered, in one transaction.
func (w *writer) batch(tx *db.Tx) error {
	b, err := loadBatch(tx, w.rows)
	if err != nil {
		return err
	}
	for _, s := range w.rows {
		b.hear(s, w.run.now)
	}
	if err := b.save(w.run.store, tx, w.run.now); err != nil {
		return err
	}
	posted := map[int64]bool{}
	if w.plan.kind == KindVideos {
		if posted, err = savePosts(tx, b.posts(w.rows)); err != nil {
			return err
		}
	}
	for _, s := range w.rows {
		a := b.accounts[s.platform+"/"+s.key]
		switch {
		case b.fresh[a]:
			w.run.note(a, created)
		case b.dirty[a] || posted[a.ID]:
			w.run.note(a, updated)
		default:
			w.run.note(a, unchanged)
		}
		if w.plan.kind == KindVideos && a.Source != Verified {
			w.posting[a.ID] = w.posting[a.ID] || posted[a.ID]
		}
	}
	return nil
}

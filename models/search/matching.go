package search

import (
	"context"

	"tribemarket/models"
)

// EachBatch is how many hits Each gives at once.
const EachBatch = 500

// Matching are all creators by id that fit a filter, ascending, whatever its
// order and place. A word that nobody has is not corrected here.
func (e *Engine) Matching(ctx context.Context, f Filter) ([]int64, error) {
	if x := e.index.now.Load(); x != nil {
		weights, err := e.freshWeights(ctx)
		if err != nil {
			return nil, err
		}
		return x.Matching(e.asked(f, weights)), nil
	}
	sql, args := e.where(f).of("l", "", false)
	var all []int64
	err := e.db.Read(ctx).Raw("SELECT DISTINCT l.creator_id FROM listings l WHERE 1 = 1"+sql+" ORDER BY l.creator_id", args...).Scan(&all).Error
	if err != nil {
		return nil, models.Internal("find the creators that fit", err)
	}
	return all, nil
}

// Each gives all that a search finds, in its order, in batches. What changes
// meanwhile leaves the order as it was, but who is not listed any more is left
// out. It ends with the first error of give.
func (e *Engine) Each(ctx context.Context, f Filter, give func([]Hit) error) error {
	f.After, f.Before = nil, nil
	next, err := e.pages(ctx, f)
	if err != nil {
		return models.Internal("search creators", err)
	}
	for {
		p, err := next()
		if err != nil {
			return models.Internal("search creators", err)
		}
		hits, _, err := e.readHits(ctx, f, p)
		if err != nil {
			return models.Internal("read what a search found", err)
		}
		if len(hits) > 0 {
			if err := give(hits); err != nil {
				return err
			}
		}
		if p.next == nil {
			return nil
		}
	}
}

// pages goes through the pages of a search, all of one state of the index.
func (e *Engine) pages(ctx context.Context, f Filter) (func() (found, error), error) {
	x := e.index.now.Load()
	if x == nil {
		w := e.where(f)
		return func() (p found, err error) {
			rows, err := e.pageBySQL(ctx, f, w, EachBatch)
			p.takeSQL(f, rows, EachBatch)
			f.After = p.next
			return p, err
		}, nil
	}
	weights, err := e.freshWeights(ctx)
	if err != nil {
		return nil, err
	}
	q := e.asked(f, weights)
	q.Size = EachBatch
	return func() (p found, err error) {
		p.take(x, q, x.Search(q))
		q.After = placeOf(p.next)
		return p, nil
	}, nil
}

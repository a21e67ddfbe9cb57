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
	x, err := e.current()
	if err != nil {
		return nil, err
	}
	weights, err := e.freshWeights(ctx)
	if err != nil {
		return nil, err
	}
	return x.Matching(e.asked(f, weights)), nil
}

// Each gives all that a search finds, in its order, in batches. What changes
// meanwhile leaves the order as it was, but who is not listed any more is left
// out. It ends with the first error of give.
func (e *Engine) Each(ctx context.Context, f Filter, give func([]Hit) error) error {
	f.After, f.Before = nil, nil
	next, err := e.pages(ctx, f)
	if err != nil {
		return err
	}
	for {
		p := next()
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
func (e *Engine) pages(ctx context.Context, f Filter) (func() found, error) {
	x, err := e.current()
	if err != nil {
		return nil, err
	}
	weights, err := e.freshWeights(ctx)
	if err != nil {
		return nil, err
	}
	q := e.asked(f, weights)
	q.Size = EachBatch
	return func() (p found) {
		p.take(x, q, x.Search(q))
		q.After = placeOf(p.next)
		return p
	}, nil
}

package search

import (
	"context"

	"tribemarket/models"
)

// EachBatch is how many hits EachHit passes at once.
const EachBatch = 500

// MatchingCreatorIDs returns the ids of all creators who fit a filter, ascending,
// ignoring its order and page. Spelling is not corrected here.
func (e *Engine) MatchingCreatorIDs(ctx context.Context, f Filter) ([]int64, error) {
	x, err := e.currentIndex()
	if err != nil {
		return nil, err
	}
	weights, err := e.freshWeights(ctx)
	if err != nil {
		return nil, err
	}
	return x.Matching(e.indexQuery(f, weights)), nil
}

// EachHit passes all hits of a search to give, in its order, in batches.
// Changes meanwhile don't affect the order, but creators who are no longer
// listed are left out. It stops at the first error of give.
func (e *Engine) EachHit(ctx context.Context, f Filter, give func([]Hit) error) error {
	f.After, f.Before = nil, nil
	next, err := e.pagesOf(ctx, f)
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

// pagesOf iterates over the pages of a search, all on one state of the index.
func (e *Engine) pagesOf(ctx context.Context, f Filter) (func() foundPage, error) {
	x, err := e.currentIndex()
	if err != nil {
		return nil, err
	}
	weights, err := e.freshWeights(ctx)
	if err != nil {
		return nil, err
	}
	q := e.indexQuery(f, weights)
	q.Size = EachBatch
	return func() (p foundPage) {
		p.take(x, q, x.Search(q))
		q.After = placeOf(p.next)
		return p
	}, nil
}

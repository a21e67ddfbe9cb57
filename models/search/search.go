package search

import (
	"context"
	"slices"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/search/index"
	"tribemarket/models/text/words"
)

// PageSize is the number of hits on a page.
const PageSize = 24

// Result is the answer to a search.
type Result struct {
	Total      int64 // creators
	Hits       []Hit
	Next, Prev *models.Cursor
	Facets     Facets
	Corrected  map[string][]string // words that nobody has, and close ones that were looked for instead
	Drop       []DropSuggestion    // only when nothing was found: what to leave out, the most promising first
}

// Hit is a creator that fits, with the account by which it does.
type Hit struct {
	Creator   creators.Creator // without bio and search text
	Account   creators.Account // the best by the sort among those that fit
	Others    int              // how many more accounts the creator has
	Tribes    []creators.TribeOf
	Languages []string
	Price     *models.Money   // starting price of the filter's format, nil where she names none
	CPM       *models.Money   // expected: Price ÷ median views × 1000
	Growth    *int64          // of followers over 30 days, in millionths
	Parts     []RelevancePart // of her relevance, where hits are sorted by it
	Looked    []string        // words to mark in her name, handle, bio and hashtags
	Bio       string          // where a word stands in it
	Hashtags  []string        // those in which a word stands
}

// RelevancePart is a part of a hit's relevance: Points of Most points.
type RelevancePart struct {
	Key          string // words, tribe, engagement, trust, price, response
	Points, Most int64
}

// Facets counts the creators behind each value of each filter, with the
// filter's own choice left out, by parameter. Of words the most frequent ones
// come first; one that was chosen is there even if nobody has it. Choices of
// one value (verified, posted, responds) stand among the lists by their value
// in an address.
type Facets struct {
	Lists  map[string][]ValueCount
	Ranges map[string][]RangeBand // from one limit to under the next: a histogram
}

// ValueCount is how many creators have a value.
type ValueCount struct {
	Value  string
	N      int64
	Chosen bool
}

// RangeBand is how many creators lie in a range.
type RangeBand struct {
	Range  Range
	N      int64
	Chosen bool // the filter's range is this one
}

// DropSuggestion says how many creators would fit without one applied filter, of
// which Value has all values.
type DropSuggestion struct {
	AppliedFilter
	Without Filter
	Total   int64
}

// Search finds creators in the index. Who is on the page is read from the
// database in a fixed number of statements. Whoever of the page turns out to be gone is subtracted, once, so
// that the page neither shows nor counts her; other counts may be up to two
// seconds old.
func (e *Engine) Search(ctx context.Context, f Filter) (Result, error) {
	r, gone, err := e.searchPage(ctx, f)
	if err == nil && len(gone) > 0 {
		f.Hidden = append(slices.Clip(f.Hidden), gone...)
		r, _, err = e.searchPage(ctx, f)
	}
	return r, err
}

// searchPage is one page, and who of it is gone.
func (e *Engine) searchPage(ctx context.Context, f Filter) (r Result, gone []int64, err error) {
	p, err := e.findPage(ctx, f, PageSize)
	if err != nil {
		return Result{}, nil, err
	}
	r = Result{Total: p.total, Next: p.next, Prev: p.prev, Facets: p.facets, Corrected: p.corrected, Drop: p.drop}
	if r.Hits, gone, err = e.readHits(ctx, f, p); err != nil {
		return Result{}, nil, models.Internal("read what a search found", err)
	}
	return r, gone, nil
}

// foundPage is a page of a search before its rows are read.
type foundPage struct {
	total      int64
	hits       []index.Hit // in their order; parts where by relevance
	next, prev *models.Cursor
	facets     Facets
	corrected  map[string][]string
	drop       []DropSuggestion
	weights    *index.Weights // where hits have parts
	looked     []string
}

// findPage asks the index.
func (e *Engine) findPage(ctx context.Context, f Filter, size int) (foundPage, error) {
	x, err := e.currentIndex()
	if err != nil {
		return foundPage{}, err
	}
	weights, err := e.freshWeights(ctx)
	if err != nil {
		return foundPage{}, err
	}
	q := e.indexQuery(f, weights)
	q.Size, q.Facets, q.Posted, q.Near = size, true, e.postedDays(), map[string][]string{}
	a := x.Search(q)
	p := foundPage{total: a.Total, corrected: a.Corrected, facets: e.facetsOf(x, f, q, a)}
	if a.Total == 0 {
		p.drop = e.suggestDrops(ctx, x, f, q)
	}
	p.take(x, q, a)
	return p, nil
}

// take takes the page of an answer. A place beyond the list's end, or before
// its beginning, gives the page that is there.
func (p *foundPage) take(x *index.Index, q index.Query, a index.Answer) {
	if len(a.Hits) == 0 && a.Total > 0 {
		end := index.Place{Null: true, Creator: -1}
		if !q.Descending {
			end.Creator = 1<<63 - 1
		}
		if q.After == nil {
			q.Before = nil
		} else {
			q.After, q.Before = nil, &end
		}
		q.Facets = false
		again := x.Search(q)
		a.Hits, a.More, a.Less = again.Hits, again.More, again.Less
	}
	p.hits = a.Hits
	if n := len(a.Hits); n > 0 {
		if a.More {
			p.next = cursorOf(a.Hits[n-1].Place)
		}
		if a.Less {
			p.prev = cursorOf(a.Hits[0].Place)
		}
	}
	if q.Sort == index.ByRelevance {
		p.weights = &q.Weights
	}
	p.looked = q.Words
	for _, near := range a.Corrected {
		p.looked = append(p.looked[:len(p.looked):len(p.looked)], near...)
	}
}

func cursorOf(at index.Place) *models.Cursor {
	return &models.Cursor{Value: at.Value, Null: at.Null, ID: at.Creator}
}

func placeOf(c *models.Cursor) *index.Place {
	if c == nil {
		return nil
	}
	return &index.Place{Value: c.Value, Null: c.Null, Creator: c.ID}
}

// queryWords are the words of a filter as a search compares them.
func (f Filter) queryWords() []string { return words.Query(f.Words) }

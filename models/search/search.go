package search

import (
	"context"
	"slices"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/files"
	"tribemarket/models/search/index"
	"tribemarket/models/text/words"
)

// PageSize is the number of hits on a page.
const PageSize = 20

// Result is the answer to a search.
type Result struct {
	Total      int64 // creators
	Hits       []Hit
	Next, Prev *models.Cursor
	Facets     Facets
	Corrected  map[string][]string // words that nobody has, and similar ones that were searched instead
	Drop       []DropSuggestion    // only if nothing was found: what to leave out, most promising first
}

// CreatorIDs are the ids of the hits' creators.
func (r Result) CreatorIDs() []int64 { return creatorIDsOf(r.Hits) }

func creatorIDsOf(hits []Hit) []int64 {
	ids := make([]int64, len(hits))
	for i, h := range hits {
		ids[i] = h.Creator.ID
	}
	return ids
}

// Hit is a creator who fits, with the account that fits.
type Hit struct {
	Creator                      creators.Creator // without bio and search text
	Account                      creators.Account // of those that fit: by relevance the one with the most followers, otherwise the first in the order
	Others                       int              // how many more accounts the creator has
	Tribes                       []creators.TribeOf
	Languages                    []string
	Price                        *models.Money              // starting price of the filter's format, nil if the creator names none
	CPM                          *models.Money              // expected: Price ÷ median views × 1000
	Growth                       *int64                     // of followers over 30 days, in millionths
	Bands                        []creators.EngagementBand  // of the account's platform and tier, one of each tribe that has one
	Snapshots                    []creators.AccountSnapshot // of the 30 days of Growth, oldest first
	ResponseMinutes, ResponsePPM *int64                     // see creators.DealActivity
	Parts                        []RelevancePart            // of the relevance, if hits are sorted by it
	Looked                       []string                   // words to highlight in name, handle, bio and hashtags
	Bio                          string                     // if it contains a word
	Hashtags                     []string                   // those that contain a word
	Pictures                     files.CreatorPictures
}

// Face is the creator's face.
func (h Hit) Face() creators.Face {
	return creators.Face{Tribes: h.Tribes, Portrait: h.Pictures.Portrait}
}

// RelevancePart is a part of a hit's relevance: Points of Most points.
type RelevancePart struct {
	Key          string // words, tribe, engagement, trust, price, response
	Points, Most int64
}

// Facets counts, of the filters that were asked for, the creators behind each value of each filter, with the
// filter's own choice left out, by parameter. Words come in order of frequency;
// chosen ones are included even if nobody has them. Choices with one value
// (verified, posted, responds) are among the lists, by their value in a URL.
type Facets struct {
	Lists  map[string][]ValueCount
	Ranges map[string][]RangeBand // from one limit to below the next: a histogram
}

// ValueCount is the number of creators who have a value.
type ValueCount struct {
	Value  string
	N      int64
	Chosen bool
}

// RangeBand is the number of creators in a range.
type RangeBand struct {
	Range  Range
	N      int64
	Chosen bool // it is the filter's range
}

// DropSuggestion says how many creators would fit without one applied filter;
// Value has all of its values.
type DropSuggestion struct {
	AppliedFilter
	Without Filter
	Total   int64
}

// Search finds creators in the index, and counts the values of the filters with the given
// parameters. The creators on the page are read from the database
// in a fixed number of statements. Those who turn out to be gone are subtracted, so that
// the page neither shows nor counts them; other counts may be up to two seconds old.
func (e *Engine) Search(ctx context.Context, f Filter, counted ...string) (Result, error) {
	r, gone, err := e.searchPage(ctx, f, counted)
	if err == nil && len(gone) > 0 {
		f.Hidden = append(slices.Clip(f.Hidden), gone...)
		r, _, err = e.searchPage(ctx, f, counted)
	}
	return r, err
}

// searchPage returns one page, and which of its creators are gone.
func (e *Engine) searchPage(ctx context.Context, f Filter, counted []string) (r Result, gone []int64, err error) {
	p, err := e.findPage(ctx, f, PageSize, counted)
	if err != nil {
		return Result{}, nil, err
	}
	r = Result{Total: p.total, Next: p.next, Prev: p.prev, Facets: p.facets, Corrected: p.corrected, Drop: p.drop}
	if r.Hits, gone, err = e.readRows(ctx, f, p); err != nil {
		return Result{}, nil, models.Internal("read what a search found", err)
	}
	return r, gone, nil
}

// worksPerHit is how many works a row shows.
const worksPerHit = 5

// foundPage is a page of a search before its rows are read.
type foundPage struct {
	total      int64
	hits       []index.Hit // in order; with parts if sorted by relevance
	next, prev *models.Cursor
	facets     Facets
	corrected  map[string][]string
	drop       []DropSuggestion
	weights    *index.Weights // if hits have parts
	looked     []string
}

// findPage queries the index.
func (e *Engine) findPage(ctx context.Context, f Filter, size int, counted []string) (foundPage, error) {
	x, err := e.currentIndex()
	if err != nil {
		return foundPage{}, err
	}
	weights, err := e.freshWeights(ctx)
	if err != nil {
		return foundPage{}, err
	}
	q := e.indexQuery(f, weights)
	q.Size, q.Posted, q.Near = size, e.postedDays(), map[string][]string{}
	for _, param := range counted {
		q.Facets |= FilterDefinitionOf(param).facet()
	}
	a := x.Search(q)
	p := foundPage{total: a.Total, corrected: a.Corrected, facets: e.facetsOf(x, f, q, a)}
	if a.Total == 0 {
		p.drop = e.suggestDrops(ctx, x, f, q)
	}
	p.take(x, q, a)
	return p, nil
}

// take copies the page of an answer. A place beyond the end of the list, or
// before its beginning, gives the last or first page.
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
		q.Facets = 0
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

// queryWords returns the words of a filter, normalised for comparing.
// Words without a letter or digit are one that nobody has.
func (f Filter) queryWords() []string {
	if f.HasNoWords() {
		return []string{""}
	}
	return words.Query(f.Words)
}

// HasNoWords says whether the filter's words have no letter or digit to look for.
func (f Filter) HasNoWords() bool { return f.Words != "" && len(words.Query(f.Words)) == 0 }

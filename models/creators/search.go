package creators

import (
	"context"
	"errors"

	"tribemarket/models"
)

// PageSize is the number of hits on a page.
const PageSize = 24

// Result is the answer to a search.
type Result struct {
	Total      int64 // creators
	Hits       []Hit
	Next, Prev *models.Cursor
	Facets     Facets
	Drop       []Suggestion // only when nothing was found
}

// Hit is a creator that fits, with the account by which it does.
type Hit struct {
	Creator   Creator // without bio and search text
	Account   Account // the best by the sort among those that fit
	Others    int     // how many more accounts the creator has
	Tribes    []TribeOf
	Languages []string
}

// TribeOf is a tribe of a creator and how it is known.
type TribeOf struct {
	Tribe Tribe
	Known Known
}

// Facets counts the creators behind each value of each filter, with the
// filter's own choice left out.
type Facets struct {
	Tribes, Platforms, Countries, Languages []Count

	Followers, Engagement, Views []Band
}

// Count is how many creators have a value.
type Count struct {
	Value  string
	N      int64
	Chosen bool
}

// Band is how many creators lie in a range.
type Band struct {
	Range  Range
	N      int64
	Chosen bool // the filter's range is this one
}

// Suggestion says how many creators would fit without one applied filter.
type Suggestion struct {
	Applied
	Without Filter
	Total   int64
}

// Search finds creators. It takes the same few statements whatever the filter.
func (s *Store) Search(ctx context.Context, f Filter) (Result, error) {
	return Result{}, errors.ErrUnsupported
}

package creators

import (
	"context"
	"slices"

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
	Corrected  map[string][]string // words that nobody has, and close ones that were looked for instead
	Drop       []Suggestion        // only when nothing was found: what to leave out, the most promising first
}

// Hit is a creator that fits, with the account by which it does.
type Hit struct {
	Creator   Creator // without bio and search text
	Account   Account // the best by the sort among those that fit
	Others    int     // how many more accounts the creator has
	Tribes    []TribeOf
	Languages []string
	Price     *models.Money // starting price of the filter's format, nil where she names none
	CPM       *models.Money // expected: Price ÷ median views × 1000
	Growth    *int64        // of followers over 30 days, in millionths
	Parts     []Part        // of her relevance, where hits are sorted by it
	Looked    []string      // words to mark in her name, handle, bio and hashtags
	Bio       string        // where a word stands in it
	Hashtags  []string      // those in which a word stands
}

// Part is a part of a hit's relevance: Points of Most points.
type Part struct {
	Key          string // words, tribe, engagement, trust, price, response
	Points, Most int64
}

// TribeOf is a tribe of a creator and how it is known.
type TribeOf struct {
	Tribe Tribe
	Known Known
}

// Facets counts the creators behind each value of each filter, with the
// filter's own choice left out, by parameter. Of words the most frequent ones
// come first; one that was chosen is there even if nobody has it. Choices of
// one value (verified, posted, responds) stand among the lists by their value
// in an address. While the index is being made nothing is counted.
type Facets struct {
	Counted bool
	Lists   map[string][]Count
	Ranges  map[string][]Band // from one limit to under the next: a histogram
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

// Suggestion says how many creators would fit without one applied filter, of
// which Value has all values.
type Suggestion struct {
	Applied
	Without Filter
	Total   int64
}

// Search finds creators. It takes at most five statements, whatever the
// filter: the counts, the page, the tribes and the languages of its creators,
// and, when nothing was found, what to leave out instead of the last two.
func (s *Store) Search(ctx context.Context, f Filter) (Result, error) {
	r, err := s.search(ctx, f)
	if err != nil {
		return Result{}, models.Internal("search creators", err)
	}
	return r, nil
}

func (s *Store) search(ctx context.Context, f Filter) (r Result, err error) {
	q := newQuery(f, s.Floor())
	if r.Total, r.Facets, err = s.countFacets(ctx, q); err != nil {
		return r, err
	}
	c := s.Catalogue()
	r.Facets.Lists["tribe"] = slices.DeleteFunc(r.Facets.Lists["tribe"], func(x Count) bool { _, ok := c.Tribe(x.Value); return !ok })
	if r.Total == 0 {
		r.Drop, err = s.suggest(ctx, q)
		return r, err
	}
	if err = s.readPage(ctx, q, &r); err != nil {
		return r, err
	}
	return r, s.readNiches(ctx, r.Hits)
}

// readNiches adds the tribes and languages of the hits.
func (s *Store) readNiches(ctx context.Context, hits []Hit) error {
	ids := make([]int64, len(hits))
	at := make(map[int64]*Hit, len(hits))
	for i := range hits {
		ids[i], at[hits[i].Creator.ID] = hits[i].Creator.ID, &hits[i]
	}
	if len(ids) == 0 {
		return nil
	}
	var rows []struct {
		Membership
		Language string // of a row that is one, in place of the tribe
	}
	err := s.db.Read(ctx).Raw(`SELECT creator_id, tribe, known, '' AS language FROM creator_tribes WHERE creator_id IN @ids
		UNION ALL SELECT creator_id, '', '', language FROM creator_languages WHERE creator_id IN @ids ORDER BY 4`, map[string]any{"ids": ids}).Scan(&rows).Error
	if err != nil {
		return err
	}
	tribes := map[int64][]Membership{}
	for _, r := range rows {
		if r.Language == "" {
			tribes[r.CreatorID] = append(tribes[r.CreatorID], r.Membership)
		} else {
			at[r.CreatorID].Languages = append(at[r.CreatorID].Languages, r.Language)
		}
	}
	for id, some := range tribes {
		at[id].Tribes = s.Catalogue().of(some)
	}
	return nil
}

package index

import "slices"

// ranking says how a query sorts the hits of a part.
type ranking struct {
	*found
	descending  bool
	byFollowers bool                   // of a creator's hits the one with the most followers counts
	value       func(row uint32) int64 // Null if it has none
	parts       func(row uint32) [Parts]int16
	order       *order // presorted; nil if there is none; for prices, of rows with a price only
	begin       int    // where in the order hits can begin
	lift        int64  // the most that a query can add to a row's static score; 0 if unknown
	list        *priced
	prices      []int64 // the values to sort by, in the order of the list
}

func (x *Index) newRanking(f *found, words []asked) *ranking {
	r := &ranking{found: f, descending: f.q.Descending}
	switch by := f.q.Sort; by {
	case ByRelevance:
		rel := x.newRelevance(f, words)
		r.byFollowers, r.value, r.parts = true, rel.score, rel.parts
		if !rel.changesOrder() {
			r.order = &f.byStatic
		} else if rel.weights == f.weights {
			r.lift = rel.mostLift()
		}
	case ByPrice, ByCPM:
		r.list = f.pricesOf(f.q)
		r.prices, r.order = r.list.minor, &r.list.byMinor
		if by == ByCPM {
			r.prices, r.order = r.list.cpm, &r.list.byCPM
		}
		r.value = func(row uint32) int64 {
			if i, ok := slices.BinarySearch(r.list.rows, row); ok {
				return r.prices[i]
			}
			return Null
		}
	default:
		figure := figureOf(by)
		r.value, r.order = f.figures[figure].at, &f.orders[figure]
		r.begin = r.order.begin(&f.figures[figure], f.q.Ranges[figure], r.descending)
	}
	return r
}

// figureOf returns the figure to sort by, for orders other than relevance and
// prices.
func figureOf(by Sort) RangeFacet {
	switch by {
	case ByFollowers:
		return Followers
	case ByEngagement:
		return Engagement
	case ByMedianViews:
		return MedianViews
	default:
		return Growth30
	}
}

// medianCPM is the median expected CPM of all rows with a price in the query's
// format and currency, the lower of two; 0 if there is none.
func (x *Index) medianCPM(q *Query) int64 {
	at := market{q.Format, q.Currency}
	if m, ok := x.median.Load(at); ok {
		return m.(int64)
	}
	var all []int64
	for _, p := range x.parts {
		list := p.pricesOf(q)
		for i, row := range list.rows {
			if v := list.cpm[i]; v != Null && p.live.has(row) {
				all = append(all, v)
			}
		}
	}
	slices.Sort(all)
	m := int64(0)
	if len(all) > 0 {
		m = all[(len(all)-1)/2]
		x.median.Store(at, m)
	}
	return m
}

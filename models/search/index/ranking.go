package index

import "slices"

// ranking is how a query orders the hits of a part.
type ranking struct {
	*found
	descending bool
	value      func(row uint32) int64 // Null where it has none
	parts      func(row uint32) [Parts]int16
	order      *order // made beforehand; nil where there is none, and of those with a price alone
	lift       int64  // the most that a query adds to what comes with a row; 0 where that isn't known
	list       *priced
	prices     []int64 // by list, what is sorted by
}

func (x *Index) newRanking(f *found, words []asked) *ranking {
	r := &ranking{found: f, descending: f.q.Descending}
	switch by := f.q.Sort; by {
	case ByRelevance:
		rel := x.newRelevance(f, words)
		r.value, r.parts = rel.score, rel.parts
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
	}
	return r
}

// figureOf is the figure that an order goes by, which is neither of relevance
// nor of a price.
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

// medianCPM is the median of the expected CPMs of all rows on a query's market,
// the lower one of two; 0 where there is none.
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

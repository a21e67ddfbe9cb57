package index_test

import (
	"cmp"
	"slices"
	"strings"

	"tribemarket/models/search/index"
)

// naive answers as an index does, by plain loops over all rows.
type naive struct {
	rows      []index.Row
	corrected map[string][]string // what the index says of words that nobody has
}

// The facets in one line: values, ranges, shares.
const (
	ranges = int(index.ValueFacets)
	shares = ranges + int(index.RangeFacets)
	none   = -1
)

func (n *naive) price(r *index.Row, q *index.Query) int64 {
	if a := r.Prices[q.Format]; a.Currency != "" && a.Currency == q.Currency {
		return a.Minor
	}
	return index.Null
}

func (n *naive) cpm(r *index.Row, q *index.Query) int64 {
	views := r.Figures[index.MedianViews]
	if p := n.price(r, q); p != index.Null && views > 0 {
		return (p*1000 + views/2) / views
	}
	return index.Null
}

func inRange(v int64, r index.Range) bool {
	if r.Min == nil && r.Max == nil {
		return true
	}
	return v != index.Null && (r.Min == nil || v >= *r.Min) && (r.Max == nil || v <= *r.Max)
}

// fits says whether a row meets all filters but one.
func (n *naive) fits(r *index.Row, q *index.Query, but int) bool {
	for f, choice := range q.Values {
		if f == but || len(choice.Values) == 0 {
			continue
		}
		has := func(v string) bool { return slices.Contains(r.Values[f], v) }
		lacks := func(v string) bool { return !has(v) }
		if choice.All && slices.ContainsFunc(choice.Values, lacks) || !slices.ContainsFunc(choice.Values, has) {
			return false
		}
	}
	for f := range index.RangeFacets {
		v := r.Figures[f]
		if f == index.Price {
			v = n.price(r, q)
		}
		if ranges+int(f) != but && !inRange(v, q.Ranges[f]) {
			return false
		}
	}
	for f, t := range q.Shares {
		if shares+f != but && len(t.Keys) > 0 && !slices.ContainsFunc(r.Audience, func(s index.Share) bool {
			return int(s.Kind) == f && slices.Contains(t.Keys, s.Key) && s.PPM >= t.PPM
		}) {
			return false
		}
	}
	full := func(month int32) bool { return slices.Contains(r.Full, month) }
	if len(q.Months) > 0 && !slices.ContainsFunc(q.Months, func(m int32) bool { return !full(m) }) || q.Free != nil && slices.ContainsFunc(r.Away, func(s index.Span) bool { return s.From <= q.Free.To && s.To >= q.Free.From }) {
		return false
	}
	for _, w := range q.Words {
		if n.grade(r, w) == 0 {
			return false
		}
	}
	return !slices.Contains(q.Without, r.Creator)
}

func (n *naive) grade(r *index.Row, word string) (best int) {
	names, rest, _ := strings.Cut(r.Text, "|")
	grade := func(text string, whole, begins int) {
		for _, w := range strings.Fields(text) {
			switch {
			case w == word:
				best = max(best, whole)
			case strings.HasPrefix(w, word):
				best = max(best, begins)
			case slices.Contains(n.corrected[word], w):
				best = max(best, 200)
			}
		}
	}
	grade(names, 1000, 800)
	grade(rest, 600, 400)
	return best
}

func (n *naive) medianCPM(q *index.Query) int64 {
	var all []int64
	for i := range n.rows {
		if c := n.cpm(&n.rows[i], q); c != index.Null {
			all = append(all, c)
		}
	}
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[(len(all)-1)/2]
}

func (n *naive) parts(r *index.Row, q *index.Query, median int64) index.Row {
	p := index.Row{}
	p.Parts[index.EngagementFit], p.Parts[index.Trust], p.Parts[index.Response] = r.Parts[index.EngagementFit], r.Parts[index.Trust], r.Parts[index.Response]
	if len(q.Words) > 0 {
		sum := 0
		for _, w := range q.Words {
			sum += n.grade(r, w)
		}
		p.Parts[index.Words] = int16(sum / len(q.Words))
	}
	if own := r.Values[index.Tribe]; len(own) > 0 {
		sum := 0
		for i, t := range own {
			if slices.Contains(q.Values[index.Tribe].Values, t) {
				sum += map[byte]int{'d': 1000, 'i': 800, 'v': 600}[r.Known[i]]
			}
		}
		p.Parts[index.TribeFit] = int16(sum / len(own))
	}
	if x := q.Ranges[index.Price]; x.Min != nil || x.Max != nil {
		if c := n.cpm(r, q); c == 0 {
			p.Parts[index.PriceFit] = 1000
		} else if c != index.Null {
			p.Parts[index.PriceFit] = int16(1000 * median / (median + c))
		}
	}
	return p
}

// hits are all hits in order.
func (n *naive) hits(q *index.Query) []index.Hit {
	median := n.medianCPM(q)
	best, followers := map[int64]index.Hit{}, map[int64]int64{}
	var creators []int64
	for i := range n.rows {
		r := &n.rows[i]
		if !n.fits(r, q, none) {
			continue
		}
		h := index.Hit{Account: r.Account, Place: index.Place{Creator: r.Creator}}
		var v int64
		switch q.Sort {
		case index.ByRelevance:
			h.Parts = n.parts(r, q, median).Parts
			for p, w := range q.Weights {
				v += int64(w) * int64(h.Parts[p])
			}
		case index.ByPrice:
			v = n.price(r, q)
		case index.ByCPM:
			v = n.cpm(r, q)
		default:
			v = r.Figures[map[index.Sort]index.RangeFacet{
				index.ByFollowers: index.Followers, index.ByEngagement: index.Engagement,
				index.ByMedianViews: index.MedianViews, index.ByGrowth: index.Growth30,
			}[q.Sort]]
		}
		if h.Value = v; v == index.Null {
			h.Value, h.Null = 0, true
		}
		have, ok := best[r.Creator]
		if !ok {
			creators = append(creators, r.Creator)
		}
		c := compare(h.Place, have.Place, q.Descending)
		if q.Sort == index.ByRelevance {
			c = cmp.Or(cmp.Compare(followers[r.Creator], r.Figures[index.Followers]), c)
		}
		if !ok || c < 0 || c == 0 && q.Descending {
			best[r.Creator], followers[r.Creator] = h, r.Figures[index.Followers]
		}
	}
	all := make([]index.Hit, 0, len(creators))
	for _, c := range creators {
		all = append(all, best[c])
	}
	slices.SortFunc(all, func(a, b index.Hit) int { return compare(a.Place, b.Place, q.Descending) })
	return all
}

func compare(a, b index.Place, descending bool) int {
	if a.Null != b.Null {
		if a.Null {
			return 1
		}
		return -1
	}
	c := cmp.Compare(a.Creator, b.Creator)
	if !a.Null && a.Value != b.Value {
		c = cmp.Compare(a.Value, b.Value)
	}
	if descending {
		return -c
	}
	return c
}

// creators counts those of whom a row that fits says yes to something.
func (n *naive) creators(q *index.Query, but int, yes func(*index.Row) bool) int64 {
	seen := map[int64]bool{}
	for i := range n.rows {
		if r := &n.rows[i]; n.fits(r, q, but) && yes(r) {
			seen[r.Creator] = true
		}
	}
	return int64(len(seen))
}

func (n *naive) values(q *index.Query, f index.ValueFacet) []index.Count {
	but := int(f)
	if q.Values[f].All {
		but = none
	}
	names := slices.Clone(q.Values[f].Values)
	for i := range n.rows {
		names = append(names, n.rows[i].Values[f]...)
	}
	return listed(names, q.Values[f].Values, func(name string) int64 {
		return n.creators(q, but, func(r *index.Row) bool { return slices.Contains(r.Values[f], name) })
	})
}

func (n *naive) shares(q *index.Query, f index.ShareFacet) []index.Count {
	names := slices.Clone(q.Shares[f].Keys)
	for i := range n.rows {
		for _, s := range n.rows[i].Audience {
			if s.Kind == f {
				names = append(names, s.Key)
			}
		}
	}
	return listed(names, q.Shares[f].Keys, func(name string) int64 {
		return n.creators(q, shares+int(f), func(r *index.Row) bool {
			return slices.ContainsFunc(r.Audience, func(s index.Share) bool {
				return s.Kind == f && s.Key == name && s.PPM >= q.Shares[f].PPM
			})
		})
	})
}

func listed(names, chosen []string, count func(string) int64) []index.Count {
	slices.Sort(names)
	var all []index.Count
	for _, name := range slices.Compact(names) {
		if n := count(name); n > 0 || slices.Contains(chosen, name) {
			all = append(all, index.Count{Value: name, N: n})
		}
	}
	slices.SortStableFunc(all, func(a, b index.Count) int { return cmp.Compare(b.N, a.N) })
	return all
}

func (n *naive) bands(q *index.Query, f index.RangeFacet) []int64 {
	if f == index.LastPosted {
		return nil
	}
	limits := index.Limits(f)
	all := make([]int64, len(limits)+1)
	for i := range all {
		all[i] = n.creators(q, ranges+int(f), func(r *index.Row) bool {
			v := r.Figures[f]
			if f == index.Price {
				v = n.price(r, q)
			}
			return v != index.Null && (i == 0 || v >= limits[i-1]) && (i == len(limits) || v < limits[i])
		})
	}
	return all
}

func (n *naive) posted(q *index.Query) []int64 {
	all := make([]int64, len(q.Posted))
	for i, day := range q.Posted {
		all[i] = n.creators(q, ranges+int(index.LastPosted), func(r *index.Row) bool {
			return r.Figures[index.LastPosted] != index.Null && r.Figures[index.LastPosted] >= day
		})
	}
	return all
}

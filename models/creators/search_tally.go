package creators

import (
	"cmp"
	"slices"
	"strings"
)

// tally adds the rows up.
type tally struct {
	q      *query
	total  int64
	values map[string]map[string]int64 // by parameter
	digits map[string]*[10]int64
}

func newTally(q *query) *tally {
	t := &tally{q: q, values: map[string]map[string]int64{}, digits: map[string]*[10]int64{}}
	for _, l := range q.filter.lists() {
		t.values[l.param] = map[string]int64{}
	}
	for _, r := range q.filter.ranges() {
		t.digits[r.param] = new([10]int64)
	}
	return t
}

func (t *tally) take(r countRow) {
	if kind, ok := strings.CutPrefix(r.kind, "several "); ok {
		t.takeSeveral(kind, r)
		return
	}
	switch r.kind {
	case byTribe, byLanguage:
		t.takeWords(r.kind, r.platform, r.n)
		return
	case kindCells:
		t.total += r.n
	}
	for _, param := range []string{byPlatform, byCountry, byFollowers, byEngagement, byViews} {
		// The cells of all conditions speak for what is not narrowed, the others for themselves.
		if r.kind == param || r.kind == kindCells && !t.q.active(param) {
			t.takeCell(param, r)
		}
	}
}

func (t *tally) takeCell(param string, r countRow) {
	switch param {
	case byPlatform:
		t.values[param][r.platform] += r.n
	case byCountry:
		t.values[param][r.country] += r.n
	case byFollowers:
		t.digits[param][r.bands/100] += r.n
	case byEngagement:
		t.digits[param][r.bands/10%10] += r.n
	case byViews:
		t.digits[param][r.bands%10] += r.n
	}
}

func (t *tally) takeSeveral(kind string, r countRow) {
	switch kind {
	case kindTotal:
		t.total += r.n
	case byPlatform, byCountry:
		t.values[kind][r.platform] += r.n
	case byTribe, byLanguage:
		t.takeWords(kind, r.platform, r.n)
	default:
		t.digits[kind][r.bands] += r.n
	}
}

func (t *tally) takeWords(param, words string, n int64) {
	for w := range strings.SplitSeq(strings.Trim(words, ","), ",") {
		t.values[param][w] += n
	}
}

func (t *tally) facets() (int64, Facets) {
	f := t.q.filter
	return t.total, Facets{Counted: true,
		Lists: map[string][]Count{
			"tribe": t.counts(byTribe, f.Tribes), "platform": t.counts(byPlatform, f.Platforms),
			"country": t.counts(byCountry, f.Countries), "language": t.counts(byLanguage, f.Languages),
		},
		Ranges: map[string][]Band{
			"followers": bandsBetween(t.q.floor, followerBands, t.digits[byFollowers], f.Followers), "engagement": bandsFrom(engagementBands, t.digits[byEngagement], f.Engagement),
			"views": bandsFrom(viewBands, t.digits[byViews], f.Views),
		},
	}
}

func (t *tally) counts(param string, chosen []string) []Count {
	var all []Count
	for v, n := range t.values[param] {
		if v != "" {
			all = append(all, Count{v, n, slices.Contains(chosen, v)})
		}
	}
	for _, v := range chosen {
		if t.values[param][v] == 0 {
			all = append(all, Count{v, 0, true})
		}
	}
	slices.SortFunc(all, func(a, b Count) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Value, b.Value)) })
	return all
}

// bandsBetween are bands of which each ends where the next one begins, the
// first at the floor; those that end below it are not there.
func bandsBetween(floor int64, limits []int64, digits *[10]int64, chosen Range) []Band {
	var all []Band
	for i, from := range limits {
		if i+1 < len(limits) && limits[i+1] <= floor {
			continue
		}
		if i == 0 {
			from = 0
		}
		r := Range{Min: new(max(from, floor))}
		if i+1 < len(limits) {
			r.Max = new(limits[i+1] - 1)
		}
		all = append(all, Band{r, digits[i+1], chosen.same(r)})
	}
	return all
}

// bandsFrom are bands without an upper end: each has the next ones in it.
func bandsFrom(limits []int64, digits *[10]int64, chosen Range) []Band {
	all := make([]Band, len(limits))
	var n int64
	for i := len(limits) - 1; i >= 0; i-- {
		n += digits[i+1]
		r := Range{Min: new(limits[i])}
		all[i] = Band{r, n, chosen.same(r)}
	}
	return all
}

package index

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// Search answers a query. The answer doesn't depend on how the rows are divided
// into segments.
func (x *Index) Search(q Query) Answer {
	var a Answer
	words, cached := x.resolveWords(&q)
	all := x.findAll(&q, words)
	if !cached && !slices.ContainsFunc(all, func(f *found) bool { return f.n > 0 }) && x.resolveTogether(words) {
		release(all)
		all = x.findAll(&q, words)
	}
	defer release(all)
	a.Corrected = q.keepNear(words)
	if q.Facets != 0 {
		x.countAll(&q, all, &a)
	} else {
		for _, f := range all {
			a.Total += f.countCreators()
		}
	}
	if q.Size > 0 {
		x.findPage(&q, all, words, &a)
	}
	return a
}

// asked is a word of the query, with similar ones if nobody has it.
type asked struct {
	word string
	near []string
}

// hasWord says whether a live row has a word or one of those similar to it.
func (p *part) hasWord(word string, near []string) bool {
	if p.dead == 0 {
		return len(near) > 0 || p.terms.Has(word)
	}
	for rows := p.terms.Rows(word, near).Iterator(); rows.HasNext(); {
		if p.live.has(rows.Next()) {
			return true
		}
	}
	return false
}

// nearWords returns the words of live rows that are similar to a word.
func (p *part) nearWords(word string) []string {
	return slices.DeleteFunc(p.terms.Near(word), func(near string) bool { return !p.hasWord("", []string{near}) })
}

func (x *Index) findAll(q *Query, words []asked) []*found {
	all := make([]*found, len(x.parts))
	for i, p := range x.parts {
		all[i] = p.findHits(q, words)
	}
	return all
}

func release(all []*found) {
	for _, f := range all {
		f.release()
	}
}

// resolveWords finds similar words for those that nobody has, unless the query has cached
// them all.
func (x *Index) resolveWords(q *Query) (all []asked, cached bool) {
	all, cached = make([]asked, len(q.Words)), true
	for i, word := range q.Words {
		near, ok := q.Near[word]
		all[i], cached = asked{word, near}, cached && ok
	}
	if cached {
		return all, true
	}
	for i, w := range all {
		if !slices.ContainsFunc(x.parts, func(p *part) bool { return p.hasWord(w.word, nil) }) {
			all[i].near = x.near(func(p *part) []string { return p.nearWords(w.word) })
		}
	}
	return all, false
}

// keepNear caches the similar words that were looked for, and returns those that there are.
func (q *Query) keepNear(words []asked) (corrected map[string][]string) {
	for _, w := range words {
		if q.Near != nil {
			q.Near[w.word] = w.near
		}
		if len(w.near) > 0 {
			if corrected == nil {
				corrected = map[string][]string{}
			}
			corrected[w.word] = w.near
		}
	}
	return corrected
}

// near returns the similar words of all parts.
func (x *Index) near(of func(*part) []string) []string {
	var all []string
	for _, p := range x.parts {
		all = append(all, of(p)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// resolveTogether adds similar words to words that somebody has, if nobody has them all:
// those of rows that have the others. It says whether there are any.
func (x *Index) resolveTogether(all []asked) bool {
	if len(all) < 2 || slices.ContainsFunc(x.parts, func(p *part) bool { return !p.together(all, -1).IsEmpty() }) {
		return false
	}
	added, some := make([][]string, len(all)), false
	for i, w := range all {
		if len(w.near) == 0 {
			added[i] = x.near(func(p *part) []string { return p.terms.NearAmong(w.word, p.together(all, i)) })
			some = some || len(added[i]) > 0
		}
	}
	for i := range all {
		all[i].near = append(all[i].near, added[i]...)
	}
	return some
}

// together returns the live rows that have all words but one.
func (p *part) together(all []asked, but int) *roaring.Bitmap {
	rows := roaring.FromDense(p.live, true)
	for i, w := range all {
		if i != but {
			rows.And(p.terms.Rows(w.word, w.near))
		}
	}
	return rows
}

// countAll counts a query's facets in all parts.
func (x *Index) countAll(q *Query, all []*found, a *Answer) {
	var values [ValueFacets][]int64
	for f := range ValueFacets {
		if q.Facets.has(facet(f)) {
			values[f] = make([]int64, len(x.values[f].all))
		}
	}
	for f := range RangeFacets {
		if f != LastPosted && q.Facets.has(ofRange+facet(f)) {
			a.Bands[f] = make([]int64, len(limits[f])+1)
		}
	}
	a.Posted = make([]int64, len(q.Posted))
	shares := make([]int64, len(x.keys.all))
	for _, found := range all {
		c := found.countFacets()
		a.Total += c.total
		for f, into := range values {
			if into != nil {
				for v, n := range c.values[f] {
					into[found.numbers[f][v]] += n
				}
			}
		}
		for f, bands := range a.Bands {
			if bands != nil {
				for i, n := range c.bands[f] {
					bands[i] += n
				}
			}
		}
		if a.Bands[Price] != nil {
			found.countPrices(a.Bands[Price])
		}
		if q.Facets.has(ofRange + facet(LastPosted)) {
			found.countPosted(c, a.Posted)
		}
		if q.Facets&shareFacets != 0 {
			own := make([]int64, len(found.audience.keys))
			found.countShares(own)
			for key, n := range own {
				shares[found.keys[key]] += n
			}
		}
	}
	for f, counted := range values {
		if counted != nil {
			a.Values[f] = list(x.values[f].all, counted, q.Values[f].Values)
		}
	}
	var keys [ShareFacets][]string
	var counted [ShareFacets][]int64
	for i, key := range x.keys.all {
		keys[key.Kind], counted[key.Kind] = append(keys[key.Kind], key.Key), append(counted[key.Kind], shares[i])
	}
	for f := range ShareFacets {
		if q.Facets.has(ofShare + facet(f)) {
			a.Shares[f] = list(keys[f], counted[f], q.Shares[f].Keys)
		}
	}
}

// shareFacets are all dimensions of the audience.
const shareFacets = AllFacets &^ (1<<ofShare - 1)

// list returns the values that somebody has or that are chosen, see Answer.
func list(names []string, counted []int64, chosen []string) []Count {
	var all []Count
	for v, n := range counted {
		if n != 0 {
			all = append(all, Count{names[v], n})
		}
	}
	for i, name := range chosen {
		if !slices.Contains(chosen[:i], name) && !slices.ContainsFunc(all, func(c Count) bool { return c.Value == name }) {
			all = append(all, Count{Value: name})
		}
	}
	slices.SortFunc(all, func(a, b Count) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Value, b.Value)) })
	return all
}

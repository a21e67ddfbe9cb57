package index

import (
	"cmp"
	"slices"
)

// Search answers a query. The answer doesn't depend on how the rows are divided
// into segments.
func (x *Index) Search(q Query) Answer {
	var a Answer
	words := x.resolveWords(&q, &a)
	all := make([]*found, len(x.parts))
	for i, p := range x.parts {
		all[i] = p.findHits(&q, words)
		defer all[i].release()
	}
	if q.Facets {
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

func (x *Index) resolveWords(q *Query, a *Answer) []asked {
	var all []asked
	for _, word := range q.Words {
		w := asked{word: word}
		if near, ok := q.Near[word]; ok {
			w.near = near
		} else if !slices.ContainsFunc(x.parts, func(p *part) bool { return p.hasWord(word, nil) }) {
			for _, p := range x.parts {
				w.near = append(w.near, p.nearWords(word)...)
			}
			slices.Sort(w.near)
			w.near = slices.Compact(w.near)
		}
		if q.Near != nil {
			q.Near[word] = w.near
		}
		if len(w.near) > 0 {
			if a.Corrected == nil {
				a.Corrected = map[string][]string{}
			}
			a.Corrected[word] = w.near
		}
		all = append(all, w)
	}
	return all
}

// countAll counts all facets of a query in all parts.
func (x *Index) countAll(q *Query, all []*found, a *Answer) {
	var values [ValueFacets][]int64
	for f := range values {
		values[f] = make([]int64, len(x.values[f].all))
	}
	for f := range a.Bands {
		if f != int(LastPosted) {
			a.Bands[f] = make([]int64, len(limits[f])+1)
		}
	}
	a.Posted = make([]int64, len(q.Posted))
	shares := make([]int64, len(x.keys.all))
	for _, found := range all {
		c := found.countFacets()
		a.Total += c.total
		for f, counted := range c.values {
			for v, n := range counted {
				values[f][found.numbers[f][v]] += n
			}
		}
		for f, counted := range c.bands {
			for i, n := range counted {
				a.Bands[f][i] += n
			}
		}
		found.countPrices(a.Bands[Price])
		found.countPosted(c, a.Posted)
		own := make([]int64, len(found.audience.keys))
		found.countShares(own)
		for key, n := range own {
			shares[found.keys[key]] += n
		}
	}
	for f := range a.Values {
		a.Values[f] = list(x.values[f].all, values[f], q.Values[f].Values)
	}
	var keys [ShareFacets][]string
	var counted [ShareFacets][]int64
	for i, key := range x.keys.all {
		keys[key.Kind], counted[key.Kind] = append(keys[key.Kind], key.Key), append(counted[key.Kind], shares[i])
	}
	for f := range a.Shares {
		a.Shares[f] = list(keys[f], counted[f], q.Shares[f].Keys)
	}
}

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

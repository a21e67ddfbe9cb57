package index

import "slices"

// Matching returns all creators who fit a query, in order. Spelling is not
// corrected here, so nobody fits a word that nobody has.
func (x *Index) Matching(q Query) []int64 {
	q.Facets = 0
	words := make([]asked, len(q.Words))
	for i, word := range q.Words {
		words[i].word = word
	}
	var all []int64
	for _, p := range x.parts {
		f := p.findHits(&q, words)
		for row := range f.hits.all {
			all = append(all, p.creators[row])
		}
		f.release()
	}
	slices.Sort(all)
	return slices.Compact(all)
}

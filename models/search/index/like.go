package index

import (
	"cmp"
	"slices"
)

// likenessWeights are the weights of each likeness. A score is the sum of weight
// × likeness ÷ the sum of weights; SameAudience is left out of both if the
// audience of either is unknown.
var likenessWeights = [Likenesses]int32{SameTribes: 35, SameHashtags: 25, SameTier: 15, SameAudience: 15, SamePlace: 10}

// LikenessWeights returns the weight of each likeness, out of 100.
func LikenessWeights() [Likenesses]int32 { return likenessWeights }

// Like finds the n creators most like a given one who share a tribe or a
// hashtag with them, leaving some out; ties are ordered by id. If the given
// creator has several accounts, the most followed one is compared with every
// account of others.
//
//   - SameTribes: the weighted Jaccard index, 1000 × Σ min ÷ Σ max over the
//     tribes of both, each weighted by its evidence (declared 1000, imported 800,
//     derived 600).
//   - SameHashtags: 1000 × the number shared ÷ the smaller number of the two.
//   - SameTier: 1000 at equal followers, 0 at a factor of 100, logarithmic.
//   - SameAudience: the shares that both have in common (Σ min), in the
//     dimensions known for both.
//   - SamePlace: 500 for a common language, 500 for a common country.
func (x *Index) Like(creator int64, without []int64, n int) []Alike {
	m, ok := x.modelOf(creator)
	if !ok || n <= 0 {
		return nil
	}
	var found []Alike
	for _, p := range x.parts {
		rows := m.candidates(p, append(slices.Clone(without), creator))
		found = append(found, m.bestMatches(p, rows, n)...)
		p.giveBits(rows)
	}
	return nearestOf(found, n)
}

func nearestOf(all []Alike, n int) []Alike {
	slices.SortFunc(all, func(a, b Alike) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Creator, b.Creator)) })
	return all[:min(len(all), n)]
}

// model is the creator that others are compared with.
type model struct {
	tribes    []string
	worth     []int
	hashtags  []string
	languages []string
	countries []string
	followers int64
	audience  []Share
}

// modelOf builds the model from the creator's most followed account.
func (x *Index) modelOf(creator int64) (*model, bool) {
	for _, p := range x.parts {
		from, to := p.rowsOfCreator(creator)
		if from == to || !p.live.has(from) {
			continue
		}
		row := from
		for other := from + 1; other < to; other++ {
			if p.figures[Followers].at(other) > p.figures[Followers].at(row) {
				row = other
			}
		}
		m := &model{
			tribes: p.names(Tribe, row), languages: p.names(Language, row), countries: p.names(Country, row),
			followers: p.figures[Followers].at(row),
		}
		for i := range m.tribes {
			m.worth = append(m.worth, tribeWeight(p.knownAs(row)[i]))
		}
		for _, t := range p.hashtags.of(row) {
			m.hashtags = append(m.hashtags, p.hashtags.names[t])
		}
		if p.audience.has.rows.has(row) {
			for _, s := range p.audience.of(row) {
				key := p.audience.keys[s.key]
				key.PPM = s.ppm
				m.audience = append(m.audience, key)
			}
		}
		return m, true
	}
	return nil, false
}

// names returns the values of a row.
func (s *Segment) names(f ValueFacet, row uint32) (names []string) {
	for _, v := range s.values[f].set(s.setOf(f, row)) {
		names = append(names, s.values[f].names[v])
	}
	return names
}

// candidates returns the rows of a part that share a tribe or a hashtag with
// the model; the caller releases them.
func (m *model) candidates(p *part, without []int64) bits {
	rows := p.takeBits()
	clear(rows)
	for _, name := range m.tribes {
		if id, ok := p.Segment.values[Tribe].ids[name]; ok {
			p.Segment.values[Tribe].rows[id].addTo(rows)
		}
	}
	for _, name := range m.hashtags {
		if id, ok := p.hashtags.ids[name]; ok {
			for _, row := range p.hashtags.with(id) {
				rows.set(row)
			}
		}
	}
	rows.intersect(p.live)
	for _, creator := range without {
		for row, to := p.rowsOfCreator(creator); row < to; row++ {
			rows.clear(row)
		}
	}
	return rows
}

// bestMatches returns the n best creators of some rows, each by their best row.
func (m *model) bestMatches(p *part, rows bits, n int) (all []Alike) {
	c := m.comparison(p)
	worst := int32(-1) // of the n best so far: an equal one further on ranks behind them
	var next Alike
	add := func() {
		if next.Creator != Null && next.Score > worst {
			all = append(all, next)
		}
		if len(all) >= 4*n {
			all = nearestOf(all, n)
			worst = all[n-1].Score
		}
	}
	next.Creator = Null
	for row := range rows.all {
		score, likeness := c.score(row)
		if p.creators[row] != next.Creator {
			add()
		} else if score <= next.Score {
			continue
		}
		next = Alike{Account: p.accounts[row], Creator: p.creators[row], Score: score, Likeness: likeness}
	}
	add()
	all = nearestOf(all, n)
	for i := range all {
		all[i].Tribes, all[i].Hashtags = m.sharedWith(p, &all[i])
	}
	return all
}

// sharedWith returns the tribes and hashtags that the model shares with an account.
func (m *model) sharedWith(p *part, a *Alike) (tribes, hashtags []string) {
	row, to := p.rowsOfCreator(a.Creator)
	for row < to-1 && p.accounts[row] != a.Account {
		row++
	}
	for _, name := range p.names(Tribe, row) {
		if slices.Contains(m.tribes, name) {
			tribes = append(tribes, name)
		}
	}
	for _, tag := range p.hashtags.of(row) {
		if name := p.hashtags.names[tag]; slices.Contains(m.hashtags, name) {
			hashtags = append(hashtags, name)
		}
	}
	slices.Sort(hashtags)
	return tribes, hashtags
}

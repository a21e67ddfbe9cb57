package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"tribemarket/models/search/index"
)

// syntheticMarket makes rows skewed as a real market is: a few platforms, countries and
// tribes have most of the accounts, followers spread over five powers of ten,
// one creator in ten has a second account, one row in ten a price and an
// audience.
type syntheticMarket struct {
	*rand.Rand
	words []string
}

// weightedValues of a filter, the frequent ones first; value n is 1 ÷ n as frequent as
// the first.
type weightedValues struct {
	names []string
	upTo  []float64
}

func zipfValues(name string, n int) weightedValues {
	v, sum := weightedValues{}, 0.0
	for i := range n {
		sum += 1 / float64(i+1)
		v.names, v.upTo = append(v.names, fmt.Sprintf("%s%02d", name, i)), append(v.upTo, sum)
	}
	return v
}

func (v *weightedValues) drawValue(r *rand.Rand) string {
	n, _ := slices.BinarySearch(v.upTo, r.Float64()*v.upTo[len(v.upTo)-1])
	return v.names[n]
}

// marketDay is the day of the synthetic market.
const marketDay = 20_780

var facetValues = [index.ValueFacets]weightedValues{
	index.Platform: zipfValues("platform", 4), index.Country: zipfValues("country", 40), index.Region: zipfValues("region", 200), index.Language: zipfValues("language", 30),
	index.Tribe: zipfValues("tribe", 60), index.ContentType: zipfValues("content", 5), index.Category: zipfValues("category", 20), index.Flags: zipfValues("flag", 3),
}

var audiences = [index.ShareFacets]weightedValues{zipfValues("country", 10), zipfValues("age", 6), zipfValues("gender", 2)}

func newMarket() *syntheticMarket {
	m := &syntheticMarket{Rand: rand.New(rand.NewPCG(4, 2))}
	for i := range 20_000 {
		m.words = append(m.words, fmt.Sprintf("w%x", i*7919))
	}
	return m
}

// eachRow makes rows of so many accounts, the same ones each time.
func eachRow(rows int, do func(index.Row)) {
	m := newMarket()
	creator := int64(0)
	for i := range int64(rows) {
		if i == 0 || m.IntN(10) > 0 {
			creator += 1 + int64(m.IntN(3))
		}
		do(m.makeRow(i+1, creator))
	}
}

func (m *syntheticMarket) makeRow(account, creator int64) index.Row {
	r := index.Row{Account: account, Creator: creator, Known: "ddd"}
	most := [index.ValueFacets]int{1, 1, 1, 2, 3, 3, 2, 1}
	for f := range r.Values {
		n := 1 + m.IntN(most[f])
		if index.ValueFacet(f) == index.Category && m.IntN(4) > 0 {
			continue
		}
		for range n {
			if v := facetValues[f].drawValue(m.Rand); !slices.Contains(r.Values[f], v) {
				r.Values[f] = append(r.Values[f], v)
			}
		}
		slices.Sort(r.Values[f])
	}
	r.Known = r.Known[:len(r.Values[index.Tribe])]
	followers := int64(math.Exp(10.3 + 1.6*m.NormFloat64()))
	seen := int64(float64(followers) * math.Exp(-1.5+0.8*m.NormFloat64()))
	r.Figures = [index.RangeFacets]int64{
		followers, int64(50_000 * math.Exp(0.7*m.NormFloat64())), seen, seen + seen/4, int64(20_000 + 60_000*m.NormFloat64()), int64(60_000 + 150_000*m.NormFloat64()),
		int64(m.IntN(30)), marketDay - int64(20*m.ExpFloat64()), int64(60 * math.Exp(3+m.NormFloat64())), 0,
	}
	for _, f := range []index.RangeFacet{index.Engagement, index.Growth30, index.Growth90, index.Responds} {
		if m.IntN(8) == 0 {
			r.Figures[f] = index.Null
		}
	}
	if m.IntN(10) == 0 {
		for f := range r.Prices {
			r.Prices[f] = index.Amount{Currency: []string{"EUR", "EUR", "USD", "GBP"}[m.IntN(4)], Minor: 100 * (20 + followers/int64(20+m.IntN(200)))}
		}
	}
	if m.IntN(10) == 0 {
		for kind := range audiences {
			left := int32(1_000_000)
			for _, key := range audiences[kind].names {
				part := m.Int32N(left/2 + 1)
				left -= part
				r.Audience = append(r.Audience, index.Share{Kind: index.ShareFacet(kind), Key: key, PPM: part})
			}
		}
	}
	for range 2 {
		r.Hashtags = append(r.Hashtags, m.words[m.IntN(1+m.IntN(5_000))])
	}
	r.Text = m.words[m.IntN(len(m.words))] + " " + m.words[m.IntN(len(m.words))] + " | " + r.Hashtags[0] + " " + r.Hashtags[1]
	for p := range r.Parts {
		r.Parts[p] = int16(m.IntN(1001))
	}
	return r
}

// opened are the facets of the filters that a page shows opened; it counts those of the
// filters in use besides.
var opened = index.Tribe.Set() | index.Country.Set() | index.Flags.Set() | index.Followers.Set() | index.Engagement.Set() | index.Price.Set()

// makeQuery is a random query of three filters, as people choose them: the
// frequent values more often, half of the figures at a bound of the histogram.
func (m *syntheticMarket) makeQuery() index.Query {
	q := index.Query{
		Facets: opened, Size: 24, Currency: "EUR", Weights: engineWeights, Descending: true,
		Posted: []int64{marketDay - 7, marketDay - 30, marketDay - 90},
	}
	for f := range q.Shares {
		q.Shares[f].PPM = 300_000
	}
	if m.IntN(2) == 0 {
		q.Sort = index.Sort(m.IntN(int(index.ByCPM) + 1))
	}
	chosen := map[int]bool{}
	for len(chosen) < 3 {
		if n := m.IntN(18); !chosen[n] {
			chosen[n] = true
			m.addFilter(&q, n)
		}
	}
	return q
}

func (m *syntheticMarket) addFilter(q *index.Query, n int) {
	switch {
	case n < int(index.ValueFacets):
		q.Facets |= index.ValueFacet(n).Set()
		for range 1 + m.IntN(3) {
			q.Values[n].Values = append(q.Values[n].Values, facetValues[n].drawValue(m.Rand))
		}
	case n == 17:
		q.Facets |= index.AudienceCountry.Set()
		q.Shares[index.AudienceCountry].Keys = []string{audiences[index.AudienceCountry].drawValue(m.Rand)}
	default:
		f := index.RangeFacet(n - int(index.ValueFacets))
		q.Facets |= f.Set()
		if f == index.LastPosted {
			v := int64(marketDay - []int{7, 30, 90}[m.IntN(3)])
			q.Ranges[f].Min = &v
			return
		}
		if f >= index.RangeFacets {
			return
		}
		limits := index.Limits(f)
		v := limits[m.IntN(len(limits)*2/3)]
		if m.IntN(2) == 0 {
			v += v / 10
		}
		if f == index.Price || f == index.Responds {
			q.Ranges[f].Max = &v
			return
		}
		q.Ranges[f].Min = &v
		if m.IntN(3) == 0 {
			w := 5 * max(v, -v)
			q.Ranges[f].Max = &w
		}
	}
}

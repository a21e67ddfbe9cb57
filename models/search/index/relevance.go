package index

import (
	"tribemarket/models/text/words"
)

// Relevance is the sum of weight × part over the parts, each between 0 and 1000:
//
//   - Words: how well the words fit, as words.Grades.Of says, on average.
//   - TribeFit: the evidence for the creator's chosen tribes (declared 1000,
//     imported 800, derived 600), summed and divided by the number of all their
//     tribes, so that a creator in many counts less in each.
//   - PriceFit, if filtered by price: 1000 × m ÷ (m + c) for an
//     expected CPM of c and the median m of all creators' rows in that format
//     and currency: 500 at the median. Without a price or views it is 0.
//   - EngagementFit, Trust and Response, which are computed for each row beforehand.

// statics is the number of parts that are computed for each row beforehand.
const statics = 3

var staticParts = [statics]Part{EngagementFit, Trust, Response}

// staticScore is the part of a score that doesn't depend on the query.
func staticScore(w Weights, parts *[Parts]int16) (score int64) {
	for _, p := range staticParts {
		score += int64(w[p]) * int64(parts[p])
	}
	return score
}

// relevance computes the parts of rows' relevance for a query.
type relevance struct {
	*Segment
	weights Weights
	grades  []words.Grades
	tribes  []bool  // by value, the chosen ones
	fits    []int16 // by tie, how well its tribes fit; negative if not computed yet
	prices  *priced
	at      int // where a price was last found
	median  int64
}

func (x *Index) newRelevance(f *found, asked []asked) *relevance {
	q := f.q
	r := &relevance{Segment: f.Segment, weights: q.Weights}
	for _, w := range asked {
		r.grades = append(r.grades, f.terms.Grades(w.word, w.near))
	}
	if chosen := q.Values[Tribe].Values; len(chosen) > 0 {
		d := &f.Segment.values[Tribe]
		r.tribes = make([]bool, len(d.names))
		for _, name := range chosen {
			if id, ok := d.ids[name]; ok {
				r.tribes[id] = true
			}
		}
		r.fits = make([]int16, len(f.tied))
		for i := range r.fits {
			r.fits[i] = -1
		}
	}
	if p := q.Ranges[Price]; p.Min != nil || p.Max != nil {
		r.prices, r.median = f.pricesOf(q), x.medianCPM(q)
	}
	return r
}

// changesOrder says whether the query's own parts change the presorted order.
func (r *relevance) changesOrder() bool {
	return len(r.grades) > 0 || r.tribes != nil || r.prices != nil || r.weights != r.Segment.weights
}

// mostLift is the most that the query's own parts can add to a score.
func (r *relevance) mostLift() (most int64) {
	for part, counts := range map[Part]bool{Words: len(r.grades) > 0, TribeFit: r.tribes != nil, PriceFit: r.prices != nil} {
		if counts {
			most += 1000 * int64(r.weights[part])
		}
	}
	return most
}

func (r *relevance) parts(row uint32) (parts [Parts]int16) {
	for i, p := range staticParts {
		parts[p] = r.Segment.parts[i][row]
	}
	parts[Words], parts[TribeFit], parts[PriceFit] = r.wordsFit(row), r.tribeFit(row), r.priceFit(row)
	return parts
}

func (r *relevance) score(row uint32) int64 {
	score := int64(r.weights[Words])*int64(r.wordsFit(row)) +
		int64(r.weights[TribeFit])*int64(r.tribeFit(row)) +
		int64(r.weights[PriceFit])*int64(r.priceFit(row))
	if r.weights == r.Segment.weights {
		return score + r.static.at(row)
	}
	for i, p := range staticParts {
		score += int64(r.weights[p]) * int64(r.Segment.parts[i][row])
	}
	return score
}

func (r *relevance) wordsFit(row uint32) int16 {
	if len(r.grades) == 0 {
		return 0
	}
	sum := 0
	for i := range r.grades {
		sum += r.grades[i].Of(row)
	}
	return int16(sum / len(r.grades))
}

// tribeWeight is the weight of a tribe by its evidence.
func tribeWeight(known byte) int {
	switch known {
	case 'd':
		return 1000
	case 'i':
		return 800
	default:
		return 600
	}
}

func (r *relevance) tribeFit(row uint32) int16 {
	if r.tribes == nil {
		return 0
	}
	fit := &r.fits[r.ties[row]]
	if *fit < 0 {
		t := r.tied[r.ties[row]]
		own, known, sum := r.Segment.values[Tribe].set(t.set), r.knowns[t.known], 0
		for i, tribe := range own {
			if r.tribes[tribe] {
				sum += tribeWeight(known[i])
			}
		}
		*fit = int16(sum / max(len(own), 1))
	}
	return *fit
}

func (r *relevance) priceFit(row uint32) int16 {
	if r.prices == nil {
		return 0
	}
	if r.at >= len(r.prices.rows) || r.prices.rows[r.at] > row {
		r.at = 0
	}
	at, ok := r.prices.find(r.at, row)
	r.at = at
	if !ok || r.prices.cpm[at] == Null {
		return 0
	}
	if r.prices.cpm[at] == 0 {
		return 1000
	}
	return int16(1000 * r.median / (r.median + r.prices.cpm[at]))
}

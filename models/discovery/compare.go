package discovery

import (
	"context"
	"slices"
	"time"

	"tribemarket/models"
	"tribemarket/models/creators"
)

// How many creators stand beside each other.
const (
	LeastCompared = 2
	MostCompared  = 5
)

// Measure is what a row of a comparison says.
type Measure string

// The measures, in the order of the rows.
const (
	MeasureTribes     Measure = "tribes"
	MeasurePlatform   Measure = "platform"
	MeasureCountry    Measure = "country"
	MeasureLanguages  Measure = "languages"
	MeasureFollowers  Measure = "followers"
	MeasureEngagement Measure = "engagement" // millionths
	MeasureMedian     Measure = "median"
	MeasureMean       Measure = "mean"
	MeasureReach      Measure = "reach"    // hundredths
	MeasureGrowth30   Measure = "growth30" // millionths
	MeasureGrowth90   Measure = "growth90"
	MeasurePosts30    Measure = "posts30"
	MeasurePrice      Measure = "price"     // minor units; a row for each format
	MeasureCPM        Measure = "cpm"       // minor units for 1,000 expected views of a video
	MeasureCountries  Measure = "countries" // of the audience, the largest part
	MeasureAge        Measure = "age"
	MeasureGender     Measure = "gender"
	MeasureSource     Measure = "source"   // the figure is the age in days
	MeasureResponds   Measure = "responds" // minutes
)

// wants says whether the highest (1) or the lowest (-1) value of a measure is
// marked; 0 for one of which none is better.
func (m Measure) wants() int {
	switch m {
	case MeasureFollowers, MeasureEngagement, MeasureMedian, MeasureMean, MeasureReach, MeasureGrowth30, MeasureGrowth90, MeasurePosts30:
		return 1
	case MeasurePrice, MeasureCPM, MeasureSource, MeasureResponds:
		return -1
	}
	return 0
}

// Lowest says whether a measure's best value is its lowest.
func (m Measure) Lowest() bool { return m.wants() < 0 }

// Cell is one creator's value of a measure.
type Cell struct {
	Figure   *int64 // nil where there is none, and for measures in words
	Currency string
	Words    []string // slugs, codes or keys, in order
	Best     bool     // of the row; not where all are equal
}

func (c Cell) known() bool { return c.Figure != nil || len(c.Words) > 0 }

func (c Cell) equal(o Cell) bool {
	if (c.Figure == nil) != (o.Figure == nil) || c.Figure != nil && *c.Figure != *o.Figure {
		return false
	}
	return c.Currency == o.Currency && slices.Equal(c.Words, o.Words)
}

// CompareRow is a measure of all creators who are compared.
type CompareRow struct {
	Measure Measure
	Format  string // of a price
	Cells   []Cell
	Differs bool // not all cells are equal
}

// Comparison is some creators beside each other.
type Comparison struct {
	Briefs  []creators.Brief
	Missing []string // public ids of those who are not listed
	Rows    []CompareRow
}

// Compare reads creators by their public ids, at most MostCompared different
// ones, in the order in which they are asked for. Who is not listed, or has
// blocked the actor's brand, is missing.
func (s *Store) Compare(ctx context.Context, actor models.Actor, publicIDs []string) (Comparison, error) {
	var c Comparison
	ids := ComparedIDs(publicIDs)
	all, err := s.creators.Several(ctx, ids)
	if err != nil {
		return c, err
	}
	hidden, err := s.hidden(ctx, actor)
	if err != nil {
		return c, models.Internal("find who has blocked a brand", err)
	}
	c.Briefs = slices.DeleteFunc(all, func(b creators.Brief) bool { return slices.Contains(hidden, b.Creator.ID) })
	for _, id := range ids {
		if !slices.ContainsFunc(c.Briefs, func(b creators.Brief) bool { return b.Creator.PublicID == id }) {
			c.Missing = append(c.Missing, id)
		}
	}
	c.Rows = compareRows(c.Briefs, s.clock())
	return c, nil
}

// ComparedIDs are the first MostCompared different ones of an address.
func ComparedIDs(publicIDs []string) []string {
	var ids []string
	for _, id := range publicIDs {
		if id != "" && len(id) <= 40 && !slices.Contains(ids, id) && len(ids) < MostCompared {
			ids = append(ids, id)
		}
	}
	return ids
}

// compareRows are the rows of which anything is known of anybody.
func compareRows(all []creators.Brief, now time.Time) []CompareRow {
	var rows []CompareRow
	add := func(m Measure, format string, cell func(creators.Brief) Cell) {
		r := CompareRow{Measure: m, Format: format}
		for _, b := range all {
			r.Cells = append(r.Cells, cell(b))
		}
		if slices.ContainsFunc(r.Cells, Cell.known) {
			r.judge()
			rows = append(rows, r)
		}
	}
	figure := func(m Measure, of func(creators.Brief) *int64) {
		add(m, "", func(b creators.Brief) Cell { return Cell{Figure: of(b)} })
	}
	words := func(m Measure, of func(creators.Brief) []string) {
		add(m, "", func(b creators.Brief) Cell { return Cell{Words: of(b)} })
	}
	words(MeasureTribes, tribesOf)
	words(MeasurePlatform, func(b creators.Brief) []string { return []string{b.Account.Platform} })
	words(MeasureCountry, func(b creators.Brief) []string { return some(b.Creator.Country) })
	words(MeasureLanguages, func(b creators.Brief) []string { return b.Languages })
	figure(MeasureFollowers, func(b creators.Brief) *int64 { return &b.Account.Followers })
	figure(MeasureEngagement, func(b creators.Brief) *int64 { return b.Account.EngagementPPM })
	figure(MeasureMedian, func(b creators.Brief) *int64 { return b.Account.MedianViews })
	figure(MeasureMean, func(b creators.Brief) *int64 { return b.Account.MeanViews })
	figure(MeasureReach, func(b creators.Brief) *int64 { return b.Account.ReachHundredths() })
	figure(MeasureGrowth30, func(b creators.Brief) *int64 { return b.Listing.Growth30PPM })
	figure(MeasureGrowth90, func(b creators.Brief) *int64 { return b.Listing.Growth90PPM })
	figure(MeasurePosts30, func(b creators.Brief) *int64 { return b.Listing.Posts30 })
	for _, f := range creators.Formats() {
		add(MeasurePrice, f, func(b creators.Brief) Cell { return money(b.PriceOf(f)) })
	}
	add(MeasureCPM, "video", func(b creators.Brief) Cell { return money(ExpectedCPM(b, "video")) })
	for _, m := range []Measure{MeasureCountries, MeasureAge, MeasureGender} {
		words(m, func(b creators.Brief) []string { return topShare(b, m) })
	}
	add(MeasureSource, "", func(b creators.Brief) Cell {
		return Cell{Words: []string{string(b.Account.Source)}, Figure: new(max(0, int64(now.Sub(b.Account.AsOf)/(24*time.Hour))))}
	})
	figure(MeasureResponds, func(b creators.Brief) *int64 { return b.Listing.ResponseMinutes })
	return rows
}

// judge finds out whether the cells differ and which are the best. Amounts of
// two currencies are not compared.
func (r *CompareRow) judge() {
	var best *int64
	known, currencies := 0, map[string]bool{}
	for _, c := range r.Cells {
		r.Differs = r.Differs || !c.equal(r.Cells[0])
		if c.Figure == nil {
			continue
		}
		known++
		currencies[c.Currency] = true
		if best == nil || r.Measure.wants() > 0 && *c.Figure > *best || r.Measure.wants() < 0 && *c.Figure < *best {
			best = c.Figure
		}
	}
	if r.Measure.wants() == 0 || known < 2 || len(currencies) > 1 {
		return
	}
	n := 0
	for _, c := range r.Cells {
		if c.Figure != nil && *c.Figure == *best {
			n++
		}
	}
	for i, c := range r.Cells {
		r.Cells[i].Best = n < known && c.Figure != nil && *c.Figure == *best
	}
}

func tribesOf(b creators.Brief) []string {
	var all []string
	for _, t := range b.Tribes {
		all = append(all, t.Tribe.Slug)
	}
	return all
}

func some(word string) []string {
	if word == "" {
		return nil
	}
	return []string{word}
}

func money(m *models.Money) Cell {
	if m == nil {
		return Cell{}
	}
	return Cell{Figure: &m.Minor, Currency: m.Currency}
}

// topShare is the key of the largest part of an audience.
func topShare(b creators.Brief, m Measure) []string {
	kind := map[Measure]creators.ShareKind{MeasureCountries: creators.ByCountry, MeasureAge: creators.ByAge, MeasureGender: creators.ByGender}[m]
	for _, x := range b.Audience {
		if x.Kind == kind {
			return []string{x.Key}
		}
	}
	return nil
}

// ExpectedCPM is what 1,000 expected views of a format cost; nil without a price
// or a median, or where the platform's terms allow no such figure.
func ExpectedCPM(b creators.Brief, format string) *models.Money {
	price := b.PriceOf(format)
	if price == nil || b.Account.MedianViews == nil || !b.Derived {
		return nil
	}
	return CPM(*price, *b.Account.MedianViews)
}

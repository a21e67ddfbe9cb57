package discovery

import (
	"context"
	"slices"
	"time"

	"tribemarket/models"
	"tribemarket/models/content"
	"tribemarket/models/creators"
	"tribemarket/models/files"
)

// How many creators can be compared.
const (
	MinCompared = 2
	MaxCompared = 5
)

// ComparisonMeasure is what a row of a comparison shows.
type ComparisonMeasure string

// The measures, in the order of the rows.
const (
	MeasureTribes     ComparisonMeasure = "tribes"
	MeasurePlatform   ComparisonMeasure = "platform"
	MeasureCountry    ComparisonMeasure = "country"
	MeasureLanguages  ComparisonMeasure = "languages"
	MeasureFollowers  ComparisonMeasure = "followers"
	MeasureEngagement ComparisonMeasure = "engagement" // millionths
	MeasureMedian     ComparisonMeasure = "median"
	MeasureMean       ComparisonMeasure = "mean"
	MeasureReach      ComparisonMeasure = "reach"    // hundredths
	MeasureGrowth30   ComparisonMeasure = "growth30" // millionths
	MeasureGrowth90   ComparisonMeasure = "growth90"
	MeasurePosts30    ComparisonMeasure = "posts30"
	MeasurePrice      ComparisonMeasure = "price"     // minor units; a row for each format
	MeasureCPM        ComparisonMeasure = "cpm"       // minor units for 1,000 expected views of a video
	MeasureCountries  ComparisonMeasure = "countries" // of the audience, the largest share
	MeasureAge        ComparisonMeasure = "age"
	MeasureGender     ComparisonMeasure = "gender"
	MeasureSource     ComparisonMeasure = "source"   // the figure is the age in days
	MeasureResponds   ComparisonMeasure = "responds" // minutes
)

// bestDirection says whether the highest (1) or the lowest (-1) value of a measure is
// the best; 0 if neither is better.
func (m ComparisonMeasure) bestDirection() int {
	switch m {
	case MeasureFollowers, MeasureEngagement, MeasureMedian, MeasureMean, MeasureReach, MeasureGrowth30, MeasureGrowth90, MeasurePosts30:
		return 1
	case MeasurePrice, MeasureCPM, MeasureSource, MeasureResponds:
		return -1
	}
	return 0
}

// IsLowestBest says whether the lowest value of a measure is the best.
func (m ComparisonMeasure) IsLowestBest() bool { return m.bestDirection() < 0 }

// ComparisonCell is one creator's value of a measure.
type ComparisonCell struct {
	Figure   *int64 // nil if there is none, and for measures in words
	Currency string
	Words    []string // slugs, codes or keys, in order
	Best     bool     // of its row; false if all are equal
}

func (c ComparisonCell) hasValue() bool { return c.Figure != nil || len(c.Words) > 0 }

func (c ComparisonCell) equal(o ComparisonCell) bool {
	if (c.Figure == nil) != (o.Figure == nil) || c.Figure != nil && *c.Figure != *o.Figure {
		return false
	}
	return c.Currency == o.Currency && slices.Equal(c.Words, o.Words)
}

// ComparisonRow is one measure for all compared creators.
type ComparisonRow struct {
	Measure ComparisonMeasure
	Format  string // for prices
	Cells   []ComparisonCell
	Differs bool // not all cells are equal
}

// worksCompared is how many works of each creator a comparison shows.
const worksCompared = 4

// Comparison shows creators side by side.
type Comparison struct {
	Creators   []creators.CreatorSummary
	Pictures   map[int64]files.CreatorPictures // by creator
	MissingIDs []string                        // public ids of those who are not listed
	Rows       []ComparisonRow
}

// CompareCreators reads creators by their public ids, at most MaxCompared different
// ones, in the given order. Those who are unlisted, or have blocked the actor's
// brand, are missing.
func (s *Store) CompareCreators(ctx context.Context, actor models.Actor, publicIDs []string) (Comparison, error) {
	var c Comparison
	ids := DistinctComparedIDs(publicIDs)
	all, err := s.creators.CreatorSummaries(ctx, ids)
	if err != nil {
		return c, err
	}
	hidden, err := s.creatorsHiddenFrom(ctx, actor)
	if err != nil {
		return c, models.Internal("find who has blocked a brand", err)
	}
	c.Creators = slices.DeleteFunc(all, func(b creators.CreatorSummary) bool { return slices.Contains(hidden, b.Creator.ID) })
	shown := make([]int64, len(c.Creators))
	for i, b := range c.Creators {
		shown[i] = b.Creator.ID
	}
	if c.Pictures, err = s.creators.PicturesOf(ctx, shown, worksCompared); err != nil {
		return c, err
	}
	for _, id := range ids {
		if !slices.ContainsFunc(c.Creators, func(b creators.CreatorSummary) bool { return b.Creator.PublicID == id }) {
			c.MissingIDs = append(c.MissingIDs, id)
		}
	}
	c.Rows = comparisonRows(c.Creators, s.clock())
	return c, nil
}

// DistinctComparedIDs returns the first MaxCompared different ids of a URL.
func DistinctComparedIDs(publicIDs []string) []string {
	var ids []string
	for _, id := range publicIDs {
		if id != "" && len(id) <= 40 && !slices.Contains(ids, id) && len(ids) < MaxCompared {
			ids = append(ids, id)
		}
	}
	return ids
}

// comparisonRows returns the rows for which at least one creator has a value.
func comparisonRows(all []creators.CreatorSummary, now time.Time) []ComparisonRow {
	var rows []ComparisonRow
	add := func(m ComparisonMeasure, format string, cell func(creators.CreatorSummary) ComparisonCell) {
		r := ComparisonRow{Measure: m, Format: format}
		for _, b := range all {
			r.Cells = append(r.Cells, cell(b))
		}
		if slices.ContainsFunc(r.Cells, ComparisonCell.hasValue) {
			r.markBestCells()
			rows = append(rows, r)
		}
	}
	figure := func(m ComparisonMeasure, of func(creators.CreatorSummary) *int64) {
		add(m, "", func(b creators.CreatorSummary) ComparisonCell { return ComparisonCell{Figure: of(b)} })
	}
	words := func(m ComparisonMeasure, of func(creators.CreatorSummary) []string) {
		add(m, "", func(b creators.CreatorSummary) ComparisonCell { return ComparisonCell{Words: of(b)} })
	}
	words(MeasureTribes, tribeSlugsOf)
	words(MeasurePlatform, func(b creators.CreatorSummary) []string { return []string{b.Account.Platform} })
	words(MeasureCountry, func(b creators.CreatorSummary) []string { return wordsOf(b.Creator.Country) })
	words(MeasureLanguages, func(b creators.CreatorSummary) []string { return b.Languages })
	figure(MeasureFollowers, func(b creators.CreatorSummary) *int64 { return &b.Account.Followers })
	figure(MeasureEngagement, func(b creators.CreatorSummary) *int64 { return b.Account.EngagementPPM })
	figure(MeasureMedian, func(b creators.CreatorSummary) *int64 { return b.Account.MedianViews })
	figure(MeasureMean, func(b creators.CreatorSummary) *int64 { return b.Account.MeanViews })
	figure(MeasureReach, func(b creators.CreatorSummary) *int64 { return b.Account.ReachHundredths() })
	figure(MeasureGrowth30, func(b creators.CreatorSummary) *int64 { return b.Listing.Growth30PPM })
	figure(MeasureGrowth90, func(b creators.CreatorSummary) *int64 { return b.Listing.Growth90PPM })
	figure(MeasurePosts30, func(b creators.CreatorSummary) *int64 { return b.Listing.Posts30 })
	for _, f := range content.Formats() {
		add(MeasurePrice, f, func(b creators.CreatorSummary) ComparisonCell { return moneyCell(b.PriceOf(f)) })
	}
	add(MeasureCPM, "video", func(b creators.CreatorSummary) ComparisonCell { return moneyCell(ExpectedCPM(b, "video")) })
	for _, m := range []ComparisonMeasure{MeasureCountries, MeasureAge, MeasureGender} {
		words(m, func(b creators.CreatorSummary) []string { return largestAudiencePart(b, m) })
	}
	add(MeasureSource, "", func(b creators.CreatorSummary) ComparisonCell {
		return ComparisonCell{Words: []string{string(b.Account.Source)}, Figure: new(max(0, int64(now.Sub(b.Account.AsOf)/(24*time.Hour))))}
	})
	figure(MeasureResponds, func(b creators.CreatorSummary) *int64 { return b.Listing.ResponseMinutes })
	return rows
}

// markBestCells marks whether the cells differ and which are the best. Amounts of two
// currencies are not compared.
func (r *ComparisonRow) markBestCells() {
	var best *int64
	known, currencies := 0, map[string]bool{}
	for _, c := range r.Cells {
		r.Differs = r.Differs || !c.equal(r.Cells[0])
		if c.Figure == nil {
			continue
		}
		known++
		currencies[c.Currency] = true
		if best == nil || r.Measure.bestDirection() > 0 && *c.Figure > *best || r.Measure.bestDirection() < 0 && *c.Figure < *best {
			best = c.Figure
		}
	}
	if r.Measure.bestDirection() == 0 || known < 2 || len(currencies) > 1 {
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

func tribeSlugsOf(b creators.CreatorSummary) []string {
	var all []string
	for _, t := range b.Tribes {
		all = append(all, t.Tribe.Slug)
	}
	return all
}

func wordsOf(word string) []string {
	if word == "" {
		return nil
	}
	return []string{word}
}

func moneyCell(m *models.Money) ComparisonCell {
	if m == nil {
		return ComparisonCell{}
	}
	return ComparisonCell{Figure: &m.Minor, Currency: m.Currency}
}

// largestAudiencePart returns the key of the largest share of an audience.
func largestAudiencePart(b creators.CreatorSummary, m ComparisonMeasure) []string {
	kind := map[ComparisonMeasure]creators.AudienceDimension{MeasureCountries: creators.AudienceByCountry, MeasureAge: creators.AudienceByAge, MeasureGender: creators.AudienceByGender}[m]
	for _, x := range b.Audience {
		if x.Kind == kind {
			return []string{x.Key}
		}
	}
	return nil
}

// ExpectedCPM is the cost of 1,000 expected views of a format; nil without a
// price or a median, or if the platform's terms allow no such figure.
func ExpectedCPM(b creators.CreatorSummary, format string) *models.Money {
	price := b.PriceOf(format)
	if price == nil || b.Account.MedianViews == nil || !b.Derived {
		return nil
	}
	return CPM(*price, *b.Account.MedianViews)
}

package search

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/search"
	"tribemarket/models/text"
)

// rangeFilter is a filter with a minimum and a maximum.
type rangeFilter struct {
	param, legend string
	chosen        search.Range
	bands         []search.RangeBand
	step          int64              // a limit just below a multiple of it is written as the multiple
	field         func(int64) string // as in a field and in a URL
	write         func(int64) string // short, as in a chip
}

func (p SearchProps) rangeFilterOf(ctx context.Context, d search.FilterDefinition) rangeFilter {
	s := rangeFilter{
		param: d.Param, legend: i18n.T(ctx, "search.filter."+d.Param), chosen: d.LimitsOf(p.Filter), bands: p.Result.Facets.Ranges[d.Param],
		step: d.Step, field: wholeNumber, write: func(n int64) string { return i18n.CompactNumber(ctx, n) },
	}
	switch d.Unit {
	case search.UnitPercent:
		s.field = text.FormatPercent
		s.write = func(n int64) string { return i18n.WholePercent(ctx, n) }
	case search.UnitMoney:
		currency := p.Filter.PriceCurrency()
		s.field = func(n int64) string { return text.FormatDecimal(n, models.CurrencyDecimals(currency)) }
		s.write = func(n int64) string { return i18n.WholeMoney(ctx, models.Money{Minor: n, Currency: currency}) }
	}
	return s
}

// rangeText formats a range: "10k–50k", "from 10k", "up to 50k". One that ends just below
// a round number is written as ending at that number.
func (s rangeFilter) rangeText(ctx context.Context, of search.Range) string {
	if of.Max != nil && *of.Max < math.MaxInt64 && s.step > 1 && (*of.Max+1)%s.step == 0 {
		of.Max = new(*of.Max + 1)
		if of.Min == nil {
			return i18n.T(ctx, "search.under", "to", s.write(*of.Max))
		}
	}
	switch {
	case of.Min != nil && of.Max != nil && *of.Min == *of.Max:
		return s.write(*of.Min)
	case of.Min != nil && of.Max != nil && *of.Min < 0: // a dash before a minus is hard to read
		return i18n.T(ctx, "search.between_below", "from", s.write(*of.Min), "to", s.write(*of.Max))
	case of.Min != nil && of.Max != nil:
		return i18n.T(ctx, "search.between", "from", s.write(*of.Min), "to", s.write(*of.Max))
	case of.Min != nil:
		return i18n.T(ctx, "search.from", "from", s.write(*of.Min))
	case of.Max != nil:
		return i18n.T(ctx, "search.up_to", "to", s.write(*of.Max))
	}
	return i18n.T(ctx, "search.any")
}

// hasBands says whether there is anything to draw.
func (s rangeFilter) hasBands() bool {
	return len(s.bands) > 1 && slices.ContainsFunc(s.bands, func(b search.RangeBand) bool { return b.N > 0 })
}

func (s rangeFilter) bandCounts() []int64 {
	all := make([]int64, len(s.bands))
	for i, b := range s.bands {
		all[i] = b.N
	}
	return all
}

// chosenBands returns the first and the last band within the chosen range; -1 if no range
// was chosen.
func (s rangeFilter) chosenBands() (first, last int) {
	first, last = -1, -1
	if s.chosen.Min == nil && s.chosen.Max == nil {
		return first, last
	}
	for i, b := range s.bands {
		low := s.chosen.Min == nil || b.Range.Max == nil || *b.Range.Max >= *s.chosen.Min
		high := s.chosen.Max == nil || b.Range.Min == nil || *b.Range.Min < *s.chosen.Max || s.chosen.Min != nil && *s.chosen.Min == *s.chosen.Max && *b.Range.Min == *s.chosen.Max
		if low && high {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	return first, last
}

// handleSteps returns the positions of the handles, between the bands: as values of the
// fields, and as they are read out. At both ends there is no limit.
func (s rangeFilter) handleSteps(ctx context.Context) (values, texts string) {
	v, t := []string{""}, []string{i18n.T(ctx, "search.any")}
	for _, b := range s.bands[1:] {
		if b.Range.Min == nil {
			continue
		}
		v, t = append(v, s.field(*b.Range.Min)), append(t, s.write(*b.Range.Min))
	}
	v, t = append(v, ""), append(t, t[0])
	return strings.Join(v, "|"), strings.Join(t, "|")
}

// describe describes the histogram in words.
func (s rangeFilter) describe(ctx context.Context) string {
	parts := make([]string, len(s.bands))
	for i, b := range s.bands {
		parts[i] = i18n.T(ctx, "search.band", "range", s.rangeText(ctx, b.Range), "count", b.N)
	}
	return i18n.T(ctx, "search.histogram", "of", s.legend, "bands", strings.Join(parts, ", "))
}

func wholeNumber(n int64) string { return strconv.FormatInt(n, 10) }

package search

import (
	"context"
	"slices"
	"time"

	"tribemarket/models"
	"tribemarket/models/search/index"
)

var sorts = map[Sort]index.Sort{
	ByRelevance: index.ByRelevance, ByFollowers: index.ByFollowers, ByEngagement: index.ByEngagement, ByViews: index.ByMedianViews,
	ByGrowth: index.ByGrowth, ByPrice: index.ByPrice, ByCPM: index.ByCPM,
}

var formats = map[string]index.Format{"video": index.Video, "live": index.Live, "story": index.Story}

// indexQuery converts a filter to a query of the index, without a page and facets.
func (e *Engine) indexQuery(f Filter, weights index.Weights) index.Query {
	f = e.effectiveFilter(f)
	by, descending := f.sortOrder()
	q := index.Query{
		Format: formats[f.PriceFormat()], Currency: f.PriceCurrency(), Words: f.queryWords(), Without: f.Hidden,
		Sort: sorts[by], Descending: descending, After: placeOf(f.After), Before: placeOf(f.Before), Weights: weights,
	}
	for _, d := range filters {
		switch d.Kind {
		case KindList:
			q.Values[d.value] = index.Choice{Values: *d.values(&f)}
		case KindFlag:
			if *d.on(&f) {
				q.Values[d.value].Values, q.Values[d.value].All = append(q.Values[d.value].Values, d.flag), true
			}
		case KindShare:
			q.Shares[d.share] = index.Threshold{Keys: *d.values(&f), PPM: int32(d.NumberOf(f) * 10_000)}
		case KindRange:
			q.Ranges[d.figure] = index.Range(*d.limits(&f))
		case KindWithin:
			q.Ranges[d.figure] = e.withinRange(d.Unit, d.NumberOf(f))
		}
	}
	q.Values[index.Tribe].All = f.AllTribes
	if f.FreeFrom != (models.Date{}) {
		q.Free = &index.Span{From: int32(dayNumber(f.FreeFrom)), To: int32(dayNumber(f.FreeTo))}
		for _, month := range monthsOf(f) {
			q.Months = append(q.Months, monthNumber(month))
		}
	}
	return q
}

// effectiveFilter is the filter as a search applies it: a minimum of followers equal to
// the marketplace's floor excludes nobody, since those below it are listed only in a
// grace period; and past days are dropped.
func (e *Engine) effectiveFilter(f Filter) Filter {
	if f.Followers.Min != nil && *f.Followers.Min <= e.creators.FollowerFloor() {
		f.Followers.Min = nil
	}
	if f.FreeFrom != (models.Date{}) {
		if f.FreeTo == (models.Date{}) {
			f.FreeTo = f.FreeFrom
		}
		if today := models.DateOf(e.clock().UTC()); f.FreeFrom.String() < today.String() {
			f.FreeFrom = today
		}
		if f.FreeTo.String() < f.FreeFrom.String() {
			f.FreeTo = f.FreeFrom
		}
	}
	return f
}

// mostMonths is the number of months from which on nobody can be full in all of them.
const mostMonths = 24

// monthsOf returns the months (YYYY-MM) of the days in which a filter asks for a
// free one: a creator who is full in all of them is not free. It returns none if
// there are many.
func monthsOf(f Filter) (all []string) {
	last := f.FreeTo.StartIn(time.UTC).Format(yearMonth)
	for at := f.FreeFrom.StartIn(time.UTC); ; at = time.Date(at.Year(), at.Month()+1, 1, 0, 0, 0, 0, time.UTC) {
		m := at.Format(yearMonth)
		if m > last {
			return all
		}
		if all = append(all, m); len(all) > mostMonths {
			return nil
		}
	}
}

const yearMonth = "2006-01"

// monthNumber converts a month (YYYY-MM) to the index's number; anything else
// matches no month.
func monthNumber(month string) int32 {
	t, err := time.Parse(yearMonth, month)
	if err != nil {
		return -1
	}
	return int32(t.Year()*12 + int(t.Month()) - 1)
}

// withinRange converts a number of days or hours to the range of the index's
// figure: from a day on, or up to a number of minutes. 0 is any time.
func (e *Engine) withinRange(unit Unit, n int64) index.Range {
	switch {
	case n == 0:
		return index.Range{}
	case unit == UnitDays:
		return index.Range{Min: new(e.today() - n)}
	}
	return index.Range{Max: new(60 * n)}
}

// today returns the present day (UTC), in days since 1970-01-01.
func (e *Engine) today() int64 { return dayNumber(models.DateOf(e.clock().UTC())) }

func dayNumber(d models.Date) int64 { return d.StartIn(time.UTC).Unix() / (24 * 60 * 60) }

// postedDays returns the days that the "posted within" choices begin at.
func (e *Engine) postedDays() []int64 {
	days := slices.Clone(FilterDefinitionOf("posted").Options)
	for i, within := range days {
		days[i] = e.today() - within
	}
	return days
}

// suggestDrops counts, for a query that found nobody, how many would fit without
// each of its filters, until the context ends.
func (e *Engine) suggestDrops(ctx context.Context, x *index.Index, f Filter, asked index.Query) []DropSuggestion {
	all := map[string]*DropSuggestion{}
	var order []*DropSuggestion
	for _, a := range f.AppliedFilters() {
		if known := all[a.Param]; known != nil {
			known.Value += ", " + a.Value
			continue
		}
		all[a.Param] = &DropSuggestion{AppliedFilter: a, Without: f.Without(a.Param, "")}
		order = append(order, all[a.Param])
	}
	var promising []DropSuggestion
	for _, one := range order {
		if ctx.Err() != nil {
			return nil
		}
		q := e.indexQuery(one.Without, asked.Weights)
		q.Near = asked.Near
		if one.Total = x.Search(q).Total; one.Total > 0 {
			promising = append(promising, *one)
		}
	}
	slices.SortStableFunc(promising, func(a, b DropSuggestion) int { return int(b.Total - a.Total) })
	return promising
}

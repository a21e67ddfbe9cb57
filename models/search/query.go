package search

import (
	"context"
	"slices"
	"time"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/search/index"
)

var sorts = map[Sort]index.Sort{
	ByRelevance: index.ByRelevance, ByFollowers: index.ByFollowers, ByEngagement: index.ByEngagement, ByViews: index.ByMedianViews,
	ByGrowth: index.ByGrowth, ByPrice: index.ByPrice, ByCPM: index.ByCPM,
}

var formats = map[string]index.Format{"video": index.Video, "live": index.Live, "story": index.Story}

// indexQuery is a filter as the index is asked, without a page and facets.
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
		case KindShare:
			q.Shares[d.share] = index.Threshold{Keys: *d.values(&f), PPM: int32(d.NumberOf(f) * 10_000)}
		case KindRange:
			q.Ranges[d.figure] = index.Range(*d.limits(&f))
		case KindWithin:
			q.Ranges[d.figure] = e.withinRange(d.Unit, d.NumberOf(f))
		}
	}
	q.Values[index.Tribe].All = f.AllTribes
	if f.Verified {
		q.Values[index.Source].Values = []string{string(creators.SourceVerified)}
	}
	if f.FreeFrom != (models.Date{}) {
		q.Free = &index.Span{From: int32(dayNumber(f.FreeFrom)), To: int32(dayNumber(f.FreeTo))}
		for _, month := range monthsOf(f) {
			q.Months = append(q.Months, monthNumber(month))
		}
	}
	return q
}

// effectiveFilter is the filter as a search takes it: a lowest number of followers that
// is the marketplace's own leaves nobody out, since below it is listed only who
// has a grace; and days that are over are not asked for.
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

// mostMonths is from how many months on nobody is full in all of them.
const mostMonths = 24

// monthsOf are the months (YYYY-MM) that a filter asks for a free day of: who is
// full in all of them is not free. None where they are many.
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

// monthNumber counts months (YYYY-MM) as the index knows them; what isn't one is
// none of them.
func monthNumber(month string) int32 {
	t, err := time.Parse(yearMonth, month)
	if err != nil {
		return -1
	}
	return int32(t.Year()*12 + int(t.Month()) - 1)
}

// withinRange is a time of so many days or hours, as the index has its figure: the
// day since which, or the minutes up to which. 0 is any time.
func (e *Engine) withinRange(unit Unit, n int64) index.Range {
	switch {
	case n == 0:
		return index.Range{}
	case unit == UnitDays:
		return index.Range{Min: new(e.today() - n)}
	}
	return index.Range{Max: new(60 * n)}
}

// today is the present day (UTC), counted from 1970-01-01.
func (e *Engine) today() int64 { return dayNumber(models.DateOf(e.clock().UTC())) }

func dayNumber(d models.Date) int64 { return d.StartIn(time.UTC).Unix() / (24 * 60 * 60) }

// postedDays are the days from which on a creator can be asked to have posted.
func (e *Engine) postedDays() []int64 {
	days := slices.Clone(FilterDefinitionOf("posted").Options)
	for i, within := range days {
		days[i] = e.today() - within
	}
	return days
}

// suggestDrops counts how many would fit without each of the filters applied by a
// query that found nobody, as long as somebody waits for it.
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

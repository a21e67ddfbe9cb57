package rankings

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"tribemarket/models/creators"
)

// Measure is what a ranking sorts creators by.
type Measure string

// The measures. Engagement is likes, comments and shares over views, see
// creators.Figures, for posts of the span that are at least 48 hours old.
// Growth is by how much followers grew between two readings, see
// creators.FollowerGrowth.
const (
	RankEngagement Measure = "engagement"
	RankGrowth     Measure = "growth"
)

// Measures lists the measures, the default first.
func Measures() []Measure { return []Measure{RankEngagement, RankGrowth} }

// Span is how far a ranking looks back, and how long its period is: an ISO week
// or a calendar month, in UTC.
type Span string

// The spans.
const (
	SpanWeek  Span = "week"
	SpanMonth Span = "month"
)

// Spans lists the spans, the default first.
func Spans() []Span { return []Span{SpanWeek, SpanMonth} }

// Thresholds of a ranking.
const (
	RankMost      = 100   // places in a ranking
	RankCountry   = 5     // creators with a figure that a country needs for its own ranking
	RankFollowers = 1_000 // followers at the start that growth needs to count
	RankViews     = 1_000 // total views of the posts that engagement needs to count
	RankFresh     = 2     // how many days old the newest reading may be for growth to count
)

// Days is how far back the span looks from the day of its computation. A month
// is always 30 days.
func (s Span) Days() int {
	if s == SpanMonth {
		return 30
	}
	return 7
}

// LeastPosts is how many posts an engagement rate needs to count.
func (s Span) LeastPosts() int64 {
	if s == SpanMonth {
		return 5
	}
	return 3
}

// Period names the week or month that contains a time: 2026-W47 or 2026-11.
func (s Span) Period(t time.Time) string {
	t = t.UTC()
	if s == SpanMonth {
		return t.Format("2006-01")
	}
	year, week := t.ISOWeek()
	return fmt.Sprintf("%04d-W%02d", year, week)
}

// PeriodStart returns when the period that contains a time begins.
func (s Span) PeriodStart(t time.Time) time.Time {
	t = t.UTC()
	if s == SpanMonth {
		return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
	}
	return time.Date(t.Year(), t.Month(), t.Day()-(int(t.Weekday())+6)%7, 0, 0, 0, 0, time.UTC)
}

// PeriodBefore names the period before the one that contains a time.
func (s Span) PeriodBefore(t time.Time) string { return s.Period(s.PeriodStart(t).Add(-time.Hour)) }

// postWindow returns the times between which posts count: those younger than 48
// hours still gain views.
func (s Span) postWindow(now time.Time) (after, until time.Time) {
	return now.AddDate(0, 0, -s.Days()), now.Add(-creators.FigureAge)
}

// candidate is a creator with a figure that may earn a place.
type candidate struct {
	creatorID, accountID int64
	country              string
	tribes               []string
	ppm, part, whole     int64
	posts                int64
	from, to             string // days
}

// compare puts the largest figure first; of ties, the creator who has been here
// longer.
func (c *candidate) compare(o *candidate) int {
	return cmp.Or(cmp.Compare(o.ppm, c.ppm), cmp.Compare(c.creatorID, o.creatorID), cmp.Compare(c.accountID, o.accountID))
}

// league identifies a ranking: of a tribe or "" for all, and a country or "" for
// everywhere.
type league struct{ tribe, country string }

// board holds all rankings of an edition while they are computed: at most
// RankMost candidates for each, however many creators there are.
type board map[league][]*candidate

// addCandidate adds a candidate to the rankings that they qualify for.
func (b board) addCandidate(c *candidate) {
	for _, tribe := range append([]string{""}, c.tribes...) {
		b.insertCandidate(league{tribe, ""}, c)
		if c.country != "" {
			b.insertCandidate(league{tribe, c.country}, c)
		}
	}
}

func (b board) insertCandidate(l league, c *candidate) {
	all := b[l]
	at, _ := slices.BinarySearchFunc(all, c, (*candidate).compare)
	if at >= RankMost {
		return
	}
	all = slices.Insert(all, at, c)
	b[l] = all[:min(len(all), RankMost)]
}

// bestPerCreator returns one candidate per creator: the account with the best figure.
func bestPerCreator(all []*candidate) []*candidate {
	slices.SortFunc(all, (*candidate).compare)
	seen := make(map[int64]bool, len(all))
	return slices.DeleteFunc(all, func(c *candidate) bool {
		again := seen[c.creatorID]
		seen[c.creatorID] = true
		return again
	})
}

// keptLeagues returns the rankings to publish, in order: those of countries only if
// there are enough creators.
func (b board) keptLeagues() []league {
	var all []league
	for l, in := range b {
		if l.country == "" || len(in) >= RankCountry {
			all = append(all, l)
		}
	}
	slices.SortFunc(all, func(a, b league) int { return cmp.Or(cmp.Compare(a.tribe, b.tribe), cmp.Compare(a.country, b.country)) })
	return all
}

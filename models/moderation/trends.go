package moderation

import (
	"context"
	"time"

	"tribemarket/models"
)

// TrendWeeks is how many weeks a trend shows, the present one last.
const TrendWeeks = 12

// Trend counts what began in each of the last weeks.
type Trend struct {
	What   TrendSubject
	ByWeek []int64 // the present week last
	Total  int64
}

// TrendSubject is what a trend counts.
type TrendSubject string

// The subjects of trends.
const (
	NewPeople       TrendSubject = "people"
	NewNegotiations TrendSubject = "negotiations"
	NewDeals        TrendSubject = "deals"
	NewReports      TrendSubject = "reports"
)

// ReadTrends counts the last weeks for an administrator, in one query. A week begins on
// Monday, in UTC.
func (s *Store) ReadTrends(ctx context.Context, actor models.Actor) ([]Trend, error) {
	if !actor.Administers() {
		return nil, models.NotFound()
	}
	query, args := trendQuery(firstTrendWeek(s.clock()))
	rows, err := s.db.Read(ctx).Raw(query, args...).Rows()
	if err != nil {
		return nil, models.Internal("count the last weeks", err)
	}
	defer rows.Close()
	var all []Trend
	for rows.Next() {
		t, place := Trend{ByWeek: make([]int64, TrendWeeks)}, 0
		into := []any{&place, &t.What}
		for i := range t.ByWeek {
			into = append(into, &t.ByWeek[i])
		}
		if err := rows.Scan(into...); err != nil {
			return nil, models.Internal("count the last weeks", err)
		}
		for _, n := range t.ByWeek {
			t.Total += n
		}
		all = append(all, t)
	}
	if err := rows.Err(); err != nil {
		return nil, models.Internal("count the last weeks", err)
	}
	return all, nil
}

func firstTrendWeek(now time.Time) time.Time {
	now = now.UTC()
	monday := time.Date(now.Year(), now.Month(), now.Day()-(int(now.Weekday())+6)%7, 0, 0, 0, 0, time.UTC)
	return monday.AddDate(0, 0, -7*(TrendWeeks-1))
}

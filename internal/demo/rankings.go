package demo

import (
	"context"
	"slices"
	"time"

	"tribemarket/models/rankings"
)

// rankCreators computes the rankings as they were at the end of the week and of
// the month before, and as they are now, so that places have changed; and what
// the pages of tribes show.
func (m *worldMaker) rankCreators(ctx context.Context, _ *World) error {
	var ends []time.Time
	for _, span := range rankings.Spans() {
		ends = append(ends, span.PeriodStart(m.now).Add(-time.Hour))
	}
	slices.SortFunc(ends, time.Time.Compare)
	for _, at := range append(ends, m.now) {
		m.clock.setTime(at)
		if err := m.app.Rankings.ComputeRankings(ctx); err != nil {
			return err
		}
	}
	return m.app.Rankings.ComputeTribePages(ctx)
}

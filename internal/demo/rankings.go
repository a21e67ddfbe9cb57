package demo

import (
	"context"
	"slices"
	"time"

	"tribemarket/models/rankings"
)

// rankCreators computes the rankings as of the end of the previous week and month, and as
// of now, so that places have changed; and the figures of the tribes' pages.
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

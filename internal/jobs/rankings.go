package jobs

import (
	"context"

	"tribemarket/models/rankings"
)

// computeRankings keeps the rankings of the week and the month up to date.
func (j *Jobs) computeRankings(ctx context.Context, _ rankings.RankingsArgs) error {
	return j.Rankings.ComputeRankings(ctx)
}

// computeTribePages recounts tribes and their medians.
func (j *Jobs) computeTribePages(ctx context.Context, _ rankings.TribePagesArgs) error {
	return j.Rankings.ComputeTribePages(ctx)
}

package jobs

import (
	"context"

	"tribemarket/models/creators"
)

// computeRankings keeps the rankings of the week and the month up to date.
func (j *Jobs) computeRankings(ctx context.Context, _ creators.RankingsArgs) error {
	return j.Creators.ComputeRankings(ctx)
}

// computeTribePages counts tribes and their medians anew.
func (j *Jobs) computeTribePages(ctx context.Context, _ creators.TribePagesArgs) error {
	return j.Creators.ComputeTribePages(ctx)
}

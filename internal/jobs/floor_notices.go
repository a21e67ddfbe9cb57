package jobs

import (
	"context"

	"tribemarket/models/creators"
)

func (j *Jobs) reapplyFloor(ctx context.Context, args creators.ReapplyFloorArgs) error {
	return j.Creators.ReapplyFloor(ctx, args)
}

func (j *Jobs) sweepListings(ctx context.Context, _ creators.SweepListingsArgs) error {
	n, err := j.Creators.SweepListings(ctx)
	if n > 0 {
		j.Log.InfoContext(ctx, "updated listings of accounts", "changed", n)
	}
	return err
}

func (j *Jobs) computeEngagementBands(ctx context.Context, _ creators.ComputeEngagementBandsArgs) error {
	return j.Creators.ComputeEngagementBands(ctx)
}

package jobs

import (
	"context"

	"tribemarket/models/creators"
)

func (j *Jobs) rejudge(ctx context.Context, args creators.RejudgeArgs) error {
	return j.Creators.Rejudge(ctx, args)
}

func (j *Jobs) sweepStanding(ctx context.Context, _ creators.SweepStandingArgs) error {
	n, err := j.Creators.SweepStanding(ctx)
	if n > 0 {
		j.Log.InfoContext(ctx, "standing of accounts", "changed", n)
	}
	return err
}

func (j *Jobs) computeBands(ctx context.Context, _ creators.BandsArgs) error {
	return j.Creators.ComputeBands(ctx)
}

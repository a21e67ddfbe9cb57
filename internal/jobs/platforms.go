package jobs

import (
	"context"

	"github.com/riverqueue/river"

	"tribemarket/models/creators"
)

// platformsQueue is for the jobs that wait for platforms, so that mails and
// deadlines don't wait for them.
const platformsQueue = "platforms"

type (
	refreshTokensArgs  struct{}
	validateTokensArgs struct{}
	readStatisticsArgs struct{}
	purgeFiguresArgs   struct{}
)

// Kind is River's name of the job.
func (refreshTokensArgs) Kind() string { return "creators.refresh_tokens" }

// Kind is River's name of the job.
func (validateTokensArgs) Kind() string { return "creators.validate_tokens" }

// Kind is River's name of the job.
func (readStatisticsArgs) Kind() string { return "creators.read_statistics" }

// Kind is River's name of the job.
func (purgeFiguresArgs) Kind() string { return "creators.purge_figures" }

// InsertOpts is River's.
func (refreshTokensArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: platformsQueue}
}

// InsertOpts is River's.
func (validateTokensArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: platformsQueue}
}

// InsertOpts is River's.
func (readStatisticsArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: platformsQueue}
}

func (j *Jobs) refreshTokens(ctx context.Context, _ refreshTokensArgs) error {
	_, err := j.Creators.RefreshDueTokens(ctx, j.APIs)
	return err
}

func (j *Jobs) validateTokens(ctx context.Context, _ validateTokensArgs) error {
	return j.Creators.ValidateDueTokens(ctx, j.APIs)
}

func (j *Jobs) readStatistics(ctx context.Context, _ readStatisticsArgs) error {
	_, err := j.Creators.ReadDueAccounts(ctx, j.APIs)
	return err
}

func (j *Jobs) purgeFigures(ctx context.Context, _ purgeFiguresArgs) error {
	n, err := j.Creators.PurgeOldFigures(ctx)
	if n > 0 {
		j.Log.InfoContext(ctx, "figures too old to keep were deleted", "accounts", n)
	}
	return err
}

func (j *Jobs) revokeToken(ctx context.Context, args creators.RevokeTokenArgs) error {
	return j.Creators.RevokeToken(ctx, args, j.APIs)
}

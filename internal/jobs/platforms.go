package jobs

import (
	"context"

	"github.com/riverqueue/river"

	"tribemarket/models/creators"
)

// platformsQueue is for the jobs that wait for platforms, so that mails and deadlines do
// not wait for them.
const platformsQueue = "platforms"

type (
	refreshTokensArgs  struct{}
	validateTokensArgs struct{}
	readStatisticsArgs struct{}
	purgeFiguresArgs   struct{}

	fetchThumbnailsArgs struct{}
)

// Kind is the job's name, for River.
func (refreshTokensArgs) Kind() string { return "creators.refresh_tokens" }

// Kind is the job's name, for River.
func (validateTokensArgs) Kind() string { return "creators.validate_tokens" }

// Kind is the job's name, for River.
func (readStatisticsArgs) Kind() string { return "creators.read_statistics" }

// Kind is the job's name, for River.
func (purgeFiguresArgs) Kind() string { return "creators.purge_figures" }

// Kind is the job's name, for River.
func (fetchThumbnailsArgs) Kind() string { return "creators.fetch_thumbnails" }

// InsertOpts sets the options of the job, for River.
func (fetchThumbnailsArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: platformsQueue}
}

// InsertOpts sets the options of the job, for River.
func (refreshTokensArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: platformsQueue}
}

// InsertOpts sets the options of the job, for River.
func (validateTokensArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: platformsQueue}
}

// InsertOpts sets the options of the job, for River.
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
		j.Log.InfoContext(ctx, "deleted figures past their retention period", "accounts", n)
	}
	if err != nil {
		return err
	}
	removed, err := j.Creators.RemoveRefusedThumbnails(ctx)
	if removed > 0 {
		j.Log.InfoContext(ctx, "deleted thumbnails that may not be kept", "thumbnails", removed)
	}
	return err
}

func (j *Jobs) fetchThumbnails(ctx context.Context, _ fetchThumbnailsArgs) error {
	done, err := j.Creators.FetchDueThumbnails(ctx, j.APIs, j.Files)
	for _, failed := range done.Failed {
		j.Log.WarnContext(ctx, "a post is shown without its thumbnail", "error", failed)
	}
	return err
}

func (j *Jobs) revokeToken(ctx context.Context, args creators.RevokeTokenArgs) error {
	return j.Creators.RevokeToken(ctx, args, j.APIs)
}

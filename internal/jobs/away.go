package jobs

import (
	"context"
	"errors"

	"tribemarket/models/negotiation"
)

// followAway follows who cannot act, or can again, and erases those whose deals are over.
func (j *Jobs) followAway(ctx context.Context, _ negotiation.FollowAwayArgs) error {
	err := j.Negotiations.FollowAway(ctx)
	n, failed := j.Privacy.EraseLeaving(ctx)
	if n > 0 {
		j.Log.InfoContext(ctx, "erased people who had asked for it", "people", n)
	}
	return errors.Join(err, failed)
}

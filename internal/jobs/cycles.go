package jobs

import (
	"context"

	"tribemarket/models/deals"
)

// beginCycles begins the deals of repetitions whose day has come.
func (j *Jobs) beginCycles(ctx context.Context, _ deals.BeginCyclesArgs) error {
	n, err := j.Deals.BeginCycles(ctx)
	if n > 0 {
		j.Log.InfoContext(ctx, "began the next deals of repetitions", "deals", n)
	}
	return err
}

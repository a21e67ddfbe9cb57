package app

import (
	"context"
	"time"
)

// followEvery is how late a node notices that tribes were changed on another.
const followEvery = 30 * time.Second

// followTribes keeps this node's catalogue of tribes current: each has its own
// in memory, and a job would reach but one node.
func (a *App) followTribes(ctx context.Context) {
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := a.Creators.LoadTribes(ctx); err != nil && ctx.Err() == nil {
				a.Log.ErrorContext(ctx, "load tribes", "error", err)
			}
		}
	}
}

package app

import (
	"context"
	"log/slog"
	"time"
)

// catalogueReloadInterval is the maximum delay until a node notices that tribes were
// changed on another.
const catalogueReloadInterval = 30 * time.Second

// keepCatalogueCurrent keeps this node's catalogue of tribes current: each node has its
// own in memory, and a job would reach only one node.
func (a *App) keepCatalogueCurrent(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(catalogueReloadInterval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := a.Creators.ReloadTribeCatalogue(ctx); err != nil && ctx.Err() == nil {
				log.ErrorContext(ctx, "load tribes", "error", err)
			}
		}
	}
}

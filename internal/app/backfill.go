package app

import "context"

// backfillDerivedData fills what a newer version of the program keeps beside the tables
// from which it follows; it does nothing where that was done.
func (a *App) backfillDerivedData(ctx context.Context) error {
	if err := a.Deals.Rederive(ctx); err != nil {
		return err
	}
	return a.Creators.BackfillDerivedData(ctx, func(done, total int64) {
		a.Log.InfoContext(ctx, "listings are made anew", "creators", done, "of", total)
	})
}

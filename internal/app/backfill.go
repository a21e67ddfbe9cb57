package app

import "context"

// backfillDerivedData fills in the derived data of a newer version of the program; it
// does nothing if that has been done.
func (a *App) backfillDerivedData(ctx context.Context) error {
	if err := a.Negotiations.Rederive(ctx); err != nil {
		return err
	}
	return a.Creators.BackfillDerivedData(ctx, func(done, total int64) {
		a.Log.InfoContext(ctx, "listings are made anew", "creators", done, "of", total)
	})
}

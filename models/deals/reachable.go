package deals

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/workflow/run"
)

// Reachable says why the actor's brand can send a creator no proposal now: one
// of the two has blocked the other, or the creator is suspended. It doesn't
// tell who blocked whom.
func (s *Store) Reachable(ctx context.Context, a models.Actor, c creators.Creator) error {
	w := &work{Work: &run.Work{Tx: &db.Tx{DB: s.db.Read(ctx)}}}
	return w.reachable(a.BrandID, c)
}

func (w *work) reachable(brandID int64, c creators.Creator) error {
	blocked, err := w.IsBlocked(brandID, c.ID)
	if err != nil {
		return err
	}
	if blocked {
		return models.Forbidden("deals.error.blocked")
	}
	suspended, err := creators.IsSuspended(w.DB, c.ID)
	if err != nil {
		return err
	}
	if suspended {
		return models.Forbidden("deals.error.suspended")
	}
	return nil
}

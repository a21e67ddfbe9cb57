package deals

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/workflow/run"
)

// CheckReachable says why the actor's brand cannot send the creator a proposal now: one
// of the two has blocked the other, or the creator is suspended. It does not reveal who
// blocked whom.
func (s *Store) CheckReachable(ctx context.Context, a models.Actor, c creators.Creator) error {
	w := &work{Work: &run.Work{Tx: &db.Tx{DB: s.db.Read(ctx)}}}
	return w.checkReachable(a.BrandID, c)
}

func (w *work) checkReachable(brandID int64, c creators.Creator) error {
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

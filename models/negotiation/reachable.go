package negotiation

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/workflow/run"
)

// CheckReachable says why the actor's brand cannot send the creator an offer now: one of the
// two has blocked the other, or the creator is suspended. It does not reveal who blocked whom.
func (s *Store) CheckReachable(ctx context.Context, a models.Actor, c creators.Creator) error {
	w := &work{Work: &run.Work{Tx: &db.Tx{DB: s.db.Read(ctx)}}}
	return w.checkReachable(a.BrandID, c)
}

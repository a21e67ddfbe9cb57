package negotiation

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/creators"
)

// CheckReachable says why the actor's brand cannot send the creator an offer now: one of the
// two has blocked the other, or the creator is suspended. It does not reveal who blocked whom.
func (s *Store) CheckReachable(ctx context.Context, a models.Actor, c creators.Creator) error {
	who, err := readStanding(s.db.Read(ctx), a, row{BrandID: a.BrandID, CreatorID: c.ID})
	if err != nil {
		return err
	}
	return who.checkReachable()
}

package negotiation

import (
	"context"
	"strconv"

	"tribemarket/models"
	"tribemarket/models/accounts"
)

// mayPropose counts an offer towards its sender's limits, which are stricter while the
// account is new.
func (s *Store) mayPropose(ctx context.Context, a models.Actor) error {
	now, person := s.now(), strconv.FormatInt(a.PersonID, 10)
	if err := s.db.CountUseOf(ctx, now, models.Creations, person); err != nil {
		return err
	}
	since, err := accounts.JoinedAt(s.db.Read(ctx), a.PersonID)
	if err != nil {
		return models.Internal("read how long the person has been here", err)
	}
	if now.Sub(since) >= models.NewAccountPeriod {
		return nil
	}
	return s.db.CountUseOf(ctx, now, models.NewProposals, person)
}

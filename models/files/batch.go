package files

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/db"
)

// ShowStored shows many pictures whose bytes are stored already, each in its Place. Their
// owners have no others in the same places.
func (s *Store) ShowStored(ctx context.Context, all []Picture) error {
	const batchSize = 200
	now := s.clock()
	for i := range all {
		all[i].PublicID, all[i].State, all[i].CreatedAt = models.NewPublicID(), Ready, now
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error { return tx.CreateInBatches(all, batchSize).Error })
	if err != nil {
		return models.Internal("show stored pictures", err)
	}
	return nil
}

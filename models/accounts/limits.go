package accounts

import (
	"context"

	"tribemarket/models"
)

// CountUse counts another use of a limit by key, and refuses one too many.
func (s *Store) CountUse(ctx context.Context, l models.Limit, key string) error {
	return s.db.CountUseOf(ctx, s.clock(), l, key)
}

// CountUseFrom counts another use of a limit by where the request comes from.
func (s *Store) CountUseFrom(ctx context.Context, l models.Limit) error {
	for i, network := range models.OriginOf(ctx).Networks() {
		if i > 0 {
			l = l.Wider()
		}
		if err := s.CountUse(ctx, l, network); err != nil {
			return err
		}
	}
	return nil
}

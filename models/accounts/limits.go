package accounts

import (
	"context"

	"tribemarket/models"
)

// CountUse counts another use of a limit by key, and refuses one too many.
func (s *Store) CountUse(ctx context.Context, l models.Limit, key string) error {
	return s.db.CountUseOf(ctx, s.clock(), l, key)
}

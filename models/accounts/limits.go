package accounts

import (
	"context"

	"tribemarket/models"
)

// CountUse counts one more use of a limit for key, and refuses what is too many.
func (s *Store) CountUse(ctx context.Context, l models.Limit, key string) error {
	return s.db.CountUseOf(ctx, s.clock(), l, key)
}

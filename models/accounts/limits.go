package accounts

import (
	"context"

	"tribemarket/models"
)

// Within counts one more use of a limit for key, and refuses what is too many.
func (s *Store) Within(ctx context.Context, l models.Limit, key string) error {
	return s.db.Within(ctx, s.clock(), l, key)
}

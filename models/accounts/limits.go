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
	return s.countUseFrom(ctx, l, "")
}

// countMailRequest counts a request for a mail by its address and by where the request
// comes from, so that nobody can use up what others may ask for.
func (s *Store) countMailRequest(ctx context.Context, address string) error {
	return s.countUseFrom(ctx, models.MailsFrom, address+" ")
}

func (s *Store) countUseFrom(ctx context.Context, l models.Limit, prefix string) error {
	for i, network := range models.OriginOf(ctx).Networks() {
		if i > 0 {
			l = l.Wider()
		}
		if err := s.CountUse(ctx, l, prefix+network); err != nil {
			return err
		}
	}
	return nil
}

package app

import (
	"context"
	"errors"

	"tribemarket/models/db"
)

// secretResealer is an area that stores sealed data.
type secretResealer interface {
	ResealSecrets(ctx context.Context) (int, error)
}

// ResealSecrets reseals with the first key everything that was sealed with older ones,
// and returns how many. It can be stopped and started again.
func (a *App) ResealSecrets(ctx context.Context) (int, error) {
	n := 0
	for _, area := range []secretResealer{a.Accounts, a.Contracts, a.Creators, a.Setup} {
		m, err := area.ResealSecrets(ctx)
		if n += m; err != nil {
			return n, err
		}
	}
	return n, nil
}

// ListSealedRows names the rows that no key here opens.
func (a *App) ListSealedRows(ctx context.Context) ([]string, error) {
	err := findUnreadable(ctx, a.DB, a.DB.Keys)
	if missing := (*db.UnreadableError)(nil); errors.As(err, &missing) {
		return missing.Places, nil
	}
	return nil, err
}

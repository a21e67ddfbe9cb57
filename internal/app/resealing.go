package app

import "context"

// secretResealer is an area that stores sealed data.
type secretResealer interface {
	ResealSecrets(ctx context.Context) (int, error)
}

// ResealSecrets reseals with the first key everything that was sealed with older ones,
// and returns how many. It can be stopped and started again.
func (a *App) ResealSecrets(ctx context.Context) (int, error) {
	n := 0
	for _, area := range []secretResealer{a.Accounts, a.Creators} {
		m, err := area.ResealSecrets(ctx)
		if n += m; err != nil {
			return n, err
		}
	}
	return n, nil
}

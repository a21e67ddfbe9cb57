package app

import "context"

// secretResealer is an area that keeps something sealed.
type secretResealer interface {
	ResealSecrets(ctx context.Context) (int, error)
}

// ResealSecrets seals everything with the first key that older ones sealed, and gives
// how many. It can be stopped and started again.
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

package app

import "context"

// resealer is an area that keeps something sealed.
type resealer interface {
	Reseal(ctx context.Context) (int, error)
}

// Reseal seals everything with the first key that older ones sealed, and gives
// how many. It can be stopped and started again.
func (a *App) Reseal(ctx context.Context) (int, error) {
	n := 0
	for _, area := range []resealer{a.Accounts, a.Creators} {
		m, err := area.Reseal(ctx)
		if n += m; err != nil {
			return n, err
		}
	}
	return n, nil
}

package creators

import (
	"context"
	"errors"

	"tribemarket/models"
)

// Connected is what came of connecting an account.
type Connected struct {
	Actor     models.Actor
	Creator   Creator
	New       bool  // the person is new here
	Claimed   bool  // a profile that nobody had claimed was taken over
	ListedGap int64 // followers that are missing to the floor; 0 when listed
}

// Connect is what signing in with a platform leads to: the person behind the
// platform's user id, with the figures and posts just read.
func (s *Store) Connect(ctx context.Context, provider string, p Profile, locale string) (Connected, error) {
	return Connected{}, errors.ErrUnsupported
}

package discovery

import (
	"context"
	"errors"
	"strconv"

	"tribemarket/models"
	"tribemarket/models/search"
)

// MostExported is how many creators an export of a search has at most.
const MostExported = 100_000

// CanExport says whether the actor may take creators out as a file: whoever is
// in a brand, so that it is known who has taken what.
func CanExport(a models.Actor) bool { return a.SignedIn() && a.BrandID != 0 && !a.Suspended }

// MayExport counts an export against the person's limit, and refuses who can't
// export or has done it too often.
func (s *Store) MayExport(ctx context.Context, actor models.Actor) error {
	if !CanExport(actor) {
		return models.NotFound()
	}
	return s.db.Within(ctx, s.clock(), models.Exports, strconv.FormatInt(actor.PersonID, 10))
}

var errEnough = errors.New("enough")

// EachFound gives the first MostExported creators of a search, in its order,
// and ends with the first error of take. A batch of them is in memory at a time.
func (s *Store) EachFound(ctx context.Context, f search.Filter, take func(search.Hit) error) error {
	left := MostExported
	var refused error
	err := s.search.Each(ctx, f, func(hits []search.Hit) error {
		for _, h := range hits {
			if left == 0 {
				return errEnough
			}
			left--
			if refused = take(h); refused != nil {
				return errEnough
			}
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		return refused
	}
	return err
}

package discovery

import (
	"context"
	"errors"
	"strconv"

	"tribemarket/models"
	"tribemarket/models/search"
)

// MaxExported is the maximum number of creators in an export of a search.
const MaxExported = 100_000

// CanExportCreators says whether the actor may export creators to a file: any member
// of a brand may, so that it is known who has exported what.
func CanExportCreators(a models.Actor) bool { return a.SignedIn() && a.BrandID != 0 && !a.Suspended }

// CountExport counts an export against the person's limit, and refuses it if
// they may not export or have done so too often.
func (s *Store) CountExport(ctx context.Context, actor models.Actor) error {
	if !CanExportCreators(actor) {
		return models.NotFound()
	}
	return s.db.CountUseOf(ctx, s.clock(), models.Exports, strconv.FormatInt(actor.PersonID, 10))
}

var errStopSearch = errors.New("enough")

// EachSearchHit passes the first MaxExported creators of a search to take, in
// its order, and stops at the first error. One batch is in memory at a time.
func (s *Store) EachSearchHit(ctx context.Context, f search.Filter, take func(search.Hit) error) error {
	left := MaxExported
	var refused error
	err := s.search.EachHit(ctx, f, func(hits []search.Hit) error {
		for _, h := range hits {
			if left == 0 {
				return errStopSearch
			}
			left--
			if refused = take(h); refused != nil {
				return errStopSearch
			}
		}
		return nil
	})
	if errors.Is(err, errStopSearch) {
		return refused
	}
	return err
}

package discovery

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2/roaring64"

	"tribemarket/models"
	"tribemarket/models/search"
)

// fits are the ids of all creators that fit a filter, but those who have blocked
// the brand. Who has joined or left a moment ago counts after current.
func (s *Store) fits(ctx context.Context, f search.Filter, brandID int64) (*roaring64.Bitmap, error) {
	f = canonical(f)
	err := s.db.Read(ctx).Raw("SELECT creator_id FROM blocks WHERE brand_id = ? AND side = 'creator'", brandID).Scan(&f.Hidden).Error
	if err != nil {
		return nil, models.Internal("read who has blocked a brand", err)
	}
	ids, err := s.search.Matching(ctx, f)
	if err != nil {
		return nil, err
	}
	members := make([]uint64, len(ids))
	for i, id := range ids {
		members[i] = uint64(id)
	}
	all := roaring64.New()
	all.AddMany(members)
	return all, nil
}

// current brings this node's index up to what is committed, so that nobody
// counts as new, or as missing, because the node has not heard of them yet.
func (s *Store) current(ctx context.Context) error {
	if err := s.search.Ready(); err != nil {
		return err
	}
	return s.search.CatchUp(ctx)
}

package discovery

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2/roaring64"

	"tribemarket/models/creators"
)

// fits are the ids of all creators that fit a filter now, but those who have
// blocked the brand.
func (s *Store) fits(ctx context.Context, f creators.Filter, brandID int64) (*roaring64.Bitmap, error) {
	f = canonical(f)
	err := s.db.Read(ctx).Raw("SELECT creator_id FROM blocks WHERE brand_id = ? AND side = 'creator'", brandID).Scan(&f.Hidden).Error
	if err != nil {
		return nil, err
	}
	all := roaring64.New()
	f.Sort, f.Descending = creators.ByFollowers, true
	for {
		r, err := s.creators.Search(ctx, f)
		if err != nil {
			return nil, err
		}
		for _, h := range r.Hits {
			all.Add(uint64(h.Creator.ID)) //nolint:gosec // ids are above zero
		}
		if r.Next == nil {
			return all, nil
		}
		f.After = r.Next
	}
}

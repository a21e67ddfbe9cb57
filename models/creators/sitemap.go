package creators

import (
	"context"
	"time"

	"tribemarket/models"
)

// SitemapSize is how many creators' ids a file of the sitemap spans: a file may
// name 50,000 addresses, see https://www.sitemaps.org/protocol.html.
const SitemapSize = 50_000

// Indexed is a creator whose page search engines may show.
type Indexed struct {
	PublicID string
	AsOf     time.Time // when the newest of her figures was read
}

// SitemapFiles is how many files it takes to name all creators.
func (s *Store) SitemapFiles(ctx context.Context) (int, error) {
	var last int64
	if err := s.db.Read(ctx).Raw("SELECT coalesce(max(creator_id), 0) FROM listings").Scan(&last).Error; err != nil {
		return 0, models.Internal("count the files of the sitemap", err)
	}
	return int((last + SitemapSize - 1) / SitemapSize), nil
}

// sitemapBatch is how many ids are asked for at once.
const sitemapBatch = 2_000

// Sitemap gives the creators of a file, counted from 1: those who are listed,
// have joined and let search engines in.
func (s *Store) Sitemap(ctx context.Context, file int, give func([]Indexed) error) error {
	if file < 1 {
		return models.NotFound()
	}
	from := int64(file-1) * SitemapSize
	for after := from; after < from+SitemapSize; after += sitemapBatch {
		var all []Indexed
		err := s.db.Read(ctx).Raw(`SELECT c.public_id, (SELECT a.as_of FROM creator_accounts a WHERE a.creator_id = c.id ORDER BY a.as_of DESC LIMIT 1) AS as_of
			FROM creators c WHERE c.id > ? AND c.id <= ? AND c.listed AND c.person_id IS NOT NULL AND NOT c.noindex ORDER BY c.id`, after, after+sitemapBatch).Scan(&all).Error
		if err != nil {
			return models.Internal("read the sitemap", err)
		}
		if len(all) > 0 {
			if err := give(all); err != nil {
				return err
			}
		}
	}
	return nil
}

package creators

import (
	"context"
	"time"

	"tribemarket/models"
)

// SitemapFileSpan is how many creators' ids a file of the sitemap spans: a file may
// list 50,000 URLs, see https://www.sitemaps.org/protocol.html.
const SitemapFileSpan = 50_000

// SitemapEntry is a creator whose page search engines may index.
type SitemapEntry struct {
	PublicID string
	AsOf     time.Time // when the newest of the creator's figures was read
}

// CountSitemapFiles counts the files that it takes to list all creators.
func (s *Store) CountSitemapFiles(ctx context.Context) (int, error) {
	var last int64
	if err := s.db.Read(ctx).Raw("SELECT coalesce(max(creator_id), 0) FROM listings").Scan(&last).Error; err != nil {
		return 0, models.Internal("count the files of the sitemap", err)
	}
	return int((last + SitemapFileSpan - 1) / SitemapFileSpan), nil
}

// sitemapBatch is how many ids are read at once.
const sitemapBatch = 2_000

// ReadSitemapFile returns the creators in a file, numbered from 1: those who are
// listed, have joined and allow search engines.
func (s *Store) ReadSitemapFile(ctx context.Context, file int, give func([]SitemapEntry) error) error {
	if file < 1 {
		return models.NotFound()
	}
	from := int64(file-1) * SitemapFileSpan
	for after := from; after < from+SitemapFileSpan; after += sitemapBatch {
		var all []SitemapEntry
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

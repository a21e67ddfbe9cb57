package creators

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/files"
	"tribemarket/models/platform"
)

// ThumbnailReader is a PlatformAPI whose thumbnails of posts may be stored.
type ThumbnailReader interface {
	// ReadThumbnail reads what is at an address that a reading gave. It is a stranger's
	// file, in any format.
	ReadThumbnail(ctx context.Context, address string) ([]byte, error)
}

// thumbnailRefreshAge is from which age on a thumbnail is fetched again, so that none
// reaches the maxRetention of its platform while its account is read.
const thumbnailRefreshAge = 20 * 24 * time.Hour

// ThumbnailsFetched says what became of the thumbnails of one run.
type ThumbnailsFetched struct {
	Stored int
	Failed []error // their posts show a drawn card
}

// FetchDueThumbnails fetches the thumbnails that readings have named, one after the other,
// and stores them anew. One that cannot be fetched is left until the next reading.
func (s *Store) FetchDueThumbnails(ctx context.Context, apis PlatformAPIs, pictures *files.Store) (done ThumbnailsFetched, err error) {
	var platforms []string
	for _, name := range apis.platformNames() {
		if _, ok := apis[name].(ThumbnailReader); ok {
			platforms = append(platforms, name)
		}
	}
	for began := s.clock(); !s.NoThumbnails && len(platforms) > 0 && s.clock().Sub(began) < maxRunTime && ctx.Err() == nil; {
		due, err := s.claimThumbnail(ctx, platforms)
		if err != nil {
			return done, models.Internal("claim a thumbnail", err)
		}
		if due.PostID == 0 {
			break
		}
		if err := s.fetchThumbnail(ctx, apis[due.Platform].(ThumbnailReader), pictures, due); err != nil {
			done.Failed = append(done.Failed, fmt.Errorf("the thumbnail of a post on %s: %w", due.Platform, err))
			continue
		}
		done.Stored++
	}
	return done, nil
}

// dueThumbnail is a thumbnail to be fetched.
type dueThumbnail struct {
	PostID, CreatorID int64
	Platform          string
	Address           string
}

// claimThumbnail takes the address of the newest post with a thumbnail to fetch: no other
// node has it then, and one that fails is not tried again and again. PostID is 0 if there
// is none.
func (s *Store) claimThumbnail(ctx context.Context, platforms []string) (due dueThumbnail, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		err := tx.Raw("SELECT p.id AS post_id, c.id AS creator_id, a.platform, p.thumbnail_url AS address"+thumbnailAllowedSQL+
			" AND p.thumbnail_url <> '' AND a.platform IN ? ORDER BY p.posted_at DESC, p.id LIMIT 1", platforms).Scan(&due).Error
		if err != nil || due.PostID == 0 {
			return err
		}
		done := tx.Exec("UPDATE posts SET thumbnail_url = '' WHERE id = ? AND thumbnail_url = ?", due.PostID, due.Address)
		if done.Error == nil && done.RowsAffected == 0 {
			due = dueThumbnail{} // another node has it; the next run looks for more
		}
		return done.Error
	})
	return due, err
}

func (s *Store) fetchThumbnail(ctx context.Context, from ThumbnailReader, pictures *files.Store, due dueThumbnail) error {
	b, err := from.ReadThumbnail(ctx, due.Address)
	if err != nil {
		return err
	}
	return pictures.AddThumbnail(ctx, due.CreatorID, due.PostID, bytes.NewReader(b), func(tx *db.Tx) (bool, error) {
		// Whoever takes the consent back waits for this lock, or this for them.
		err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Take(&Creator{}, due.CreatorID).Error
		if err != nil {
			return false, ignoreMissing(err)
		}
		var n int64
		err = tx.Raw("SELECT count(*)"+thumbnailAllowedSQL+" AND p.id = ?", due.PostID).Scan(&n).Error
		return n > 0, err
	})
}

// chooseThumbnails keeps the addresses of an account's thumbnails that are to be fetched:
// those of its latest posts without one, or with an old one.
func (s *Store) chooseThumbnails(tx *db.Tx, c Creator, a Account, p PlatformProfile, now time.Time) error {
	if c.ThumbnailsAt == nil || s.NoThumbnails {
		return nil
	}
	for _, x := range p.LatestPosts[:min(len(p.LatestPosts), MaxLatestPosts)] {
		if x.ThumbnailURL == "" {
			continue
		}
		err := tx.Exec(setThumbnailAddressSQL, x.ThumbnailURL, a.ID, x.ID, now.Add(-thumbnailRefreshAge)).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// RemoveRefusedThumbnails removes all thumbnails that may not be kept any more, in small
// steps. It returns how many those were.
func (s *Store) RemoveRefusedThumbnails(ctx context.Context) (int, error) {
	const step = 500
	removed := 0
	for last := int64(0); ; {
		ids, err := files.ThumbnailsAfter(s.db.Read(ctx), last, step)
		if err != nil {
			return removed, models.Internal("list thumbnails", err)
		}
		if len(ids) == 0 {
			return removed, nil
		}
		last = ids[len(ids)-1]
		err = s.db.Tx(ctx, func(tx *db.Tx) error {
			refused, err := s.refusedThumbnails(tx.DB, "x.id IN ?", ids)
			if err != nil {
				return err
			}
			removed += len(refused)
			return files.RemoveThumbnails(tx, refused)
		})
		if err != nil {
			return removed, models.Internal("remove thumbnails", err)
		}
	}
}

// refusedThumbnails lists those of some thumbnails, as x, that may not be kept any more.
func (s *Store) refusedThumbnails(q *gorm.DB, some string, arg any) (ids []int64, err error) {
	if s.NoThumbnails {
		err = q.Raw(someThumbnailsSQL+some, arg).Scan(&ids).Error
		return ids, err
	}
	err = q.Raw(someThumbnailsSQL+some+" AND NOT EXISTS (SELECT 1"+thumbnailAllowedSQL+keptThumbnailSQL+")",
		arg, platform.YouTube, s.clock().Add(-maxRetention(platform.YouTube)), MaxLatestPosts).Scan(&ids).Error
	return ids, err
}

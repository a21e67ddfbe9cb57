package creators

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/files"
	"tribemarket/models/platform"
)

// readingsApart is the least time between a reading and one that its owner causes.
const readingsApart = time.Hour

// ThumbnailPlatforms are the platforms that allow thumbnails of posts to be stored. TikTok
// does not: a cover's address ends after hours and is to be asked for again
// (developers.tiktok.com/doc/tiktok-api-v2-video-object). Twitch's recordings go within
// days.
func ThumbnailPlatforms() []string { return []string{platform.YouTube, platform.Instagram} }

// ThumbnailConsent says since when the actor allows thumbnails of their latest posts; nil
// for not.
func (s *Store) ThumbnailConsent(ctx context.Context, actor models.Actor) (*time.Time, error) {
	c, err := s.readCreator(ctx, "id = ?", actor.CreatorID)
	if err == nil && !CanEditProfile(actor, c) {
		err = models.NotFound()
	}
	return c.ThumbnailsAt, err
}

// AllowThumbnails stores that the actor allows thumbnails of their latest posts. They come
// with the next reading, which is brought forward.
func (s *Store) AllowThumbnails(ctx context.Context, actor models.Actor) error {
	now := s.clock()
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		c, err := lockOwnProfile(tx, actor)
		if err != nil || c.ThumbnailsAt != nil {
			return err
		}
		if err := setThumbnailConsent(ctx, tx, actor, c, &now, now); err != nil {
			return err
		}
		return bringReadingsForward(tx, c.ID, now)
	})
	return consentError(err)
}

// WithdrawThumbnails takes back what AllowThumbnails stores, and deletes the thumbnails.
func (s *Store) WithdrawThumbnails(ctx context.Context, actor models.Actor) error {
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		var c Creator
		err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", actor.CreatorID).Take(&c).Error
		if errors.Is(err, gorm.ErrRecordNotFound) || err == nil && !CanEditProfile(actor, c) {
			return models.NotFound()
		}
		if err != nil || c.ThumbnailsAt == nil {
			return err
		}
		if err := setThumbnailConsent(ctx, tx, actor, c, nil, s.clock()); err != nil {
			return err
		}
		if err := tx.Exec("UPDATE posts SET thumbnail_url = '' WHERE thumbnail_url <> '' AND account_id IN (SELECT id FROM creator_accounts WHERE creator_id = ?)", c.ID).Error; err != nil {
			return err
		}
		return s.removeRefusedThumbnails(tx, c.ID)
	})
	return consentError(err)
}

func setThumbnailConsent(ctx context.Context, tx *db.Tx, actor models.Actor, c Creator, since *time.Time, now time.Time) error {
	if err := tx.Model(&c).Update("thumbnails_at", since).Error; err != nil {
		return err
	}
	action := "creators.thumbnails_allowed"
	if since == nil {
		action = "creators.thumbnails_withdrawn"
	}
	return tx.WriteAudit(ctx, db.AuditEntry{At: now, PersonID: actor.PersonID, Action: action, Subject: db.AuditSubject("creator", c.ID)})
}

// bringReadingsForward has the creator's accounts read soon that have thumbnails, though not
// more often than readingsApart.
func bringReadingsForward(tx *db.Tx, creatorID int64, now time.Time) error {
	var all []Account
	if err := tx.Where("creator_id = ? AND platform IN ?", creatorID, ThumbnailPlatforms()).Find(&all).Error; err != nil {
		return err
	}
	for _, a := range all {
		at := slices.MaxFunc([]time.Time{now, a.AsOf.Add(readingsApart)}, time.Time.Compare)
		err := tx.Exec("UPDATE account_tokens SET read_at = ? WHERE account_id = ? AND state = ? AND read_at > ?", at, a.ID, ConnectionGood, at).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// removeRefusedThumbnails removes the creator's thumbnails that may not be kept any more.
func (s *Store) removeRefusedThumbnails(tx *db.Tx, creatorID int64) error {
	refused, err := s.refusedThumbnails(tx.DB, "x.creator_id = ?", creatorID)
	if err != nil {
		return err
	}
	return files.RemoveThumbnails(tx, refused)
}

func consentError(err error) error {
	if err != nil && models.CodeOf(err) == models.CodeInternal {
		return models.Internal("keep what a creator says of thumbnails", err)
	}
	return err
}

package files

import (
	"context"
	"io"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
)

// AddThumbnail stores the thumbnail of a creator's post, in the place of the one before.
// may says, in the transaction that shows it, whether it may still be shown; if not, it is
// left to Sweep.
func (s *Store) AddThumbnail(ctx context.Context, creatorID, postID int64, file io.ReadSeeker, may func(*db.Tx) (bool, error)) error {
	decoded, err := s.decode(ctx, file)
	if err != nil {
		return err
	}
	p := s.newPicture(Thumbnail, decoded)
	p.CreatorID, p.PostID = &creatorID, &postID
	if err := s.storePicture(ctx, &p, decoded); err != nil {
		return err
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		allowed, err := may(tx)
		if err != nil {
			return err
		}
		if !allowed {
			return tx.Model(&p).Update("state", Removed).Error
		}
		return showThumbnail(tx, p)
	})
	if err != nil {
		return models.Internal("show a thumbnail", err)
	}
	return nil
}

// showThumbnail shows a thumbnail in the place of the post's one before; what an
// administrator has hidden stays hidden.
func showThumbnail(tx *db.Tx, p Picture) error {
	var before []Picture
	if err := tx.Where("post_id = ? AND state = ?", p.PostID, Ready).Find(&before).Error; err != nil {
		return err
	}
	for _, b := range before {
		p.HiddenAt, p.HiddenReason = b.HiddenAt, b.HiddenReason
		if err := tx.Model(&b).Update("state", Removed).Error; err != nil {
			return err
		}
	}
	p.State = Ready
	return tx.Model(&p).Where("state = ? AND post_id IS NOT NULL", Uploading).Select("state", "hidden_at", "hidden_reason").Updates(&p).Error
}

// RemoveThumbnails removes thumbnails, and has their bytes deleted at once.
func RemoveThumbnails(tx *db.Tx, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	if err := tx.Model(&Picture{}).Where("id IN ? AND use = ?", ids, Thumbnail).Update("state", Removed).Error; err != nil {
		return err
	}
	return tx.Enqueue(SweepArgs{}, nil)
}

// ThumbnailsAfter lists thumbnails that are stored, in the order of their ids.
func ThumbnailsAfter(q *gorm.DB, id int64, most int) (ids []int64, err error) {
	err = q.Model(&Picture{}).Where("use = ? AND state <> ? AND id > ?", Thumbnail, Removed, id).Order("id").Limit(most).Pluck("id", &ids).Error
	return ids, err
}

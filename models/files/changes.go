package files

import (
	"context"
	"errors"
	"slices"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
)

// DescribePicture changes what a picture says to people who don't see it.
func (s *Store) DescribePicture(ctx context.Context, actor models.Actor, publicID, alt string) error {
	alt, err := cleanAlt(alt)
	if err != nil {
		return err
	}
	return s.change(ctx, actor, publicID, func(tx *db.Tx, _ []Picture, p Picture) error {
		return tx.Model(&p).Update("alt", alt).Error
	})
}

// MovePicture moves a work one place forward, or backward.
func (s *Store) MovePicture(ctx context.Context, actor models.Actor, publicID string, forward bool) error {
	return s.change(ctx, actor, publicID, func(tx *db.Tx, all []Picture, p Picture) error {
		at := slices.IndexFunc(all, func(o Picture) bool { return o.ID == p.ID })
		to := at + 1
		if forward {
			to = at - 1
		}
		if to < 0 || to >= len(all) {
			return nil
		}
		other := all[to]
		for _, move := range []struct{ id, place int64 }{{p.ID, 0}, {other.ID, p.Place}, {p.ID, other.Place}} { // no two are ever in one place
			if err := tx.Model(&Picture{ID: move.id}).Update("place", move.place).Error; err != nil {
				return err
			}
		}
		return nil
	})
}

// RemovePicture removes a picture; its bytes follow within the hour.
func (s *Store) RemovePicture(ctx context.Context, actor models.Actor, publicID string) error {
	return s.change(ctx, actor, publicID, func(tx *db.Tx, _ []Picture, p Picture) error {
		return tx.Model(&p).Update("state", Removed).Error
	})
}

// RemoveLogo removes the logo of the brand for whom the actor acts, if there is one.
func (s *Store) RemoveLogo(ctx context.Context, actor models.Actor) error {
	if err := s.checkEditor(s.db.Read(ctx), actor, OfBrand(actor.BrandID)); err != nil {
		return readError(err)
	}
	logo, err := s.BrandLogo(ctx, actor.BrandID)
	if err != nil || logo == nil {
		return err
	}
	return s.RemovePicture(ctx, actor, logo.PublicID)
}

// change changes an uploaded picture that is the actor's to change, given all of the same owner and
// use in their order.
func (s *Store) change(ctx context.Context, actor models.Actor, publicID string, do func(tx *db.Tx, sameUse []Picture, p Picture) error) error {
	err := s.retry(ctx, func(tx *db.Tx) error {
		var p Picture
		if err := tx.Where("public_id = ? AND state = ? AND use <> ?", publicID, Ready, Thumbnail).Take(&p).Error; err != nil {
			return notFoundOr(err)
		}
		if err := s.checkEditor(tx.DB, actor, p.Owner()); err != nil {
			return err
		}
		all, err := ListPictures(tx.DB, p.Owner())
		if err != nil {
			return err
		}
		return do(tx, slices.DeleteFunc(all, func(o Picture) bool { return o.Use != p.Use }), p)
	})
	var known *models.Error
	if err != nil && !errors.As(err, &known) {
		return models.Internal("change a picture", err)
	}
	return err
}

// notFoundOr is models.NotFound where nothing was found.
func notFoundOr(err error) error {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return models.NotFound()
	}
	return err
}

package files

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strconv"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
)

// AddPicture stores a picture of the creator or the brand for whom the actor acts. A portrait
// or a logo takes the place of the one before; of works there are MaxWorks at most.
//
// Its row is written first, then its bytes, and then the row says that it is there: what
// is cut off in between is never shown, and swept away.
func (s *Store) AddPicture(ctx context.Context, actor models.Actor, use Use, file io.ReadSeeker, alt string) (p Picture, err error) {
	if alt, err = cleanAlt(alt); err != nil {
		return p, err
	}
	owner := ownerFor(actor, use)
	if err := s.checkEditor(s.db.Read(ctx), actor, owner); err != nil {
		return p, readError(err)
	}
	if err := s.db.CountUseOf(ctx, s.clock(), models.Uploads, strconv.FormatInt(actor.PersonID, 10)); err != nil {
		return p, err
	}
	if err := s.checkRoom(ctx, owner, use); err != nil {
		return p, err
	}
	decoded, err := s.decode(ctx, file)
	if err != nil {
		return p, err
	}
	p = s.newPicture(use, decoded)
	p.Alt, p.UploadedBy = alt, &actor.PersonID
	switch {
	case owner.CreatorID != 0:
		p.CreatorID = &owner.CreatorID
	default:
		p.BrandID = &owner.BrandID
	}
	if err := s.storePicture(ctx, &p, decoded); err != nil {
		return p, err
	}
	return s.showPicture(ctx, owner, p)
}

// newPicture is a picture whose bytes are still to be stored.
func (s *Store) newPicture(use Use, d Decoded) Picture {
	p := Picture{
		PublicID: models.NewPublicID(), Use: use, State: Uploading, Colour: d.Colour,
		Width: d.Width, Height: d.Height, Type: d.Type, StorageKey: newStorageKey(), CreatedAt: s.clock(),
	}
	for _, size := range d.Sizes {
		p.Bytes += int64(len(size))
	}
	return p
}

// storePicture writes the row and then the bytes of a picture that is not shown yet.
func (s *Store) storePicture(ctx context.Context, p *Picture, d Decoded) error {
	if err := s.db.Tx(ctx, func(tx *db.Tx) error { return tx.Create(p).Error }); err != nil {
		return models.Internal("keep a picture", err)
	}
	for i, side := range Sides() {
		if err := s.storage.Put(ctx, p.storageKey(side), bytes.NewReader(d.Sizes[i]), p.Type); err != nil {
			return models.Internal("store a picture", err)
		}
	}
	return nil
}

// checkRoom refuses a picture for which there is no room, before it is decoded.
func (s *Store) checkRoom(ctx context.Context, owner Owner, use Use) error {
	all, err := ListPictures(s.db.Read(ctx), owner)
	if err != nil {
		return models.Internal("read pictures", err)
	}
	return roomFor(all, use)
}

func roomFor(all []Picture, use Use) error {
	var works int
	var size int64
	for _, p := range all {
		size += p.Bytes
		if p.Use == use {
			works++
		}
	}
	switch {
	case use.most() > 1 && works >= use.most():
		return models.Invalid("file", "files.error.too_many", "most", use.most())
	case size > maxBytesPerOwner:
		return models.Invalid("file", "files.error.no_room", "most", maxBytesPerOwner>>20)
	}
	return nil
}

// showPicture shows what is stored, in the first place that is free.
func (s *Store) showPicture(ctx context.Context, owner Owner, p Picture) (Picture, error) {
	err := s.retry(ctx, func(tx *db.Tx) error {
		all, err := ListPictures(tx.DB, owner)
		if err != nil {
			return err
		}
		if err := roomFor(all, p.Use); err != nil {
			return err
		}
		p.State, p.Place = Ready, 1
		for _, other := range all {
			switch {
			case other.Use != p.Use:
			case p.Use.most() == 1:
				if err := tx.Model(&other).Update("state", Removed).Error; err != nil {
					return err
				}
			case other.Place == p.Place: // they come in the order of their places
				p.Place++
			}
		}
		return tx.Model(&p).Select("state", "place").Updates(&p).Error
	})
	var known *models.Error
	if err != nil && !errors.As(err, &known) {
		return p, models.Internal("show a picture", err)
	}
	return p, err
}

// retry runs a transaction again where another one took the same place meanwhile.
func (s *Store) retry(ctx context.Context, do func(*db.Tx) error) error {
	err := gorm.ErrDuplicatedKey
	for attempt := 0; attempt < 5 && errors.Is(err, gorm.ErrDuplicatedKey); attempt++ {
		err = s.db.Tx(ctx, do)
	}
	return err
}

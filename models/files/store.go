package files

import (
	"context"
	"crypto/rand"
	"encoding/hex"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/text"
)

// Store keeps pictures.
type Store struct {
	db      *db.DB
	clock   models.Clock
	storage Storage
	decode  DecodePicture
	creator OwnerRules

	// NoThumbnails says that the instance shows no thumbnails of posts. Set once after
	// opening.
	NoThumbnails bool
}

// OwnerRules say who may see an owner's pictures, and who may change them.
type OwnerRules struct{ MaySee, MayEdit Rule }

// Rule says whether the actor may do something with the pictures of an owner.
type Rule func(q *gorm.DB, actor models.Actor, owner Owner) (bool, error)

// NewStore is a Store, given the rules of creators.
func NewStore(d *db.DB, clock models.Clock, storage Storage, decode DecodePicture, creator OwnerRules) *Store {
	return &Store{db: d, clock: clock, storage: storage, decode: decode, creator: creator}
}

func (s *Store) rulesOf(owner Owner) OwnerRules {
	if owner.CreatorID != 0 {
		return s.creator
	}
	return brandRules
}

// checkEditor refuses an actor who may not change the pictures of an owner.
func (s *Store) checkEditor(q *gorm.DB, actor models.Actor, owner Owner) error {
	if owner == (Owner{}) {
		return models.NotFound()
	}
	switch may, err := s.rulesOf(owner).MayEdit(q, actor, owner); {
	case err != nil:
		return err
	case !may && owner.BrandID != 0 && owner.BrandID == actor.BrandID:
		return models.Forbidden("accounts.error.role")
	case !may:
		return models.NotFound()
	case actor.Suspended:
		return &models.Error{Code: models.CodeForbidden, Key: "web.error.suspended"}
	}
	return nil
}

// MaxAltLength is how long a description is at most, in characters.
const MaxAltLength = 200

// MaxUpload is how large an uploaded file may be, in bytes.
const MaxUpload = 16 << 20

// maxBytesPerOwner bounds what the pictures of one owner take, in all sizes.
const maxBytesPerOwner = 40 << 20

// OwnPictures lists what the actor shows as a creator, also what is hidden.
func (s *Store) OwnPictures(ctx context.Context, actor models.Actor) ([]Picture, error) {
	owner := OfCreator(actor.CreatorID)
	q := s.db.Read(ctx)
	if err := s.checkEditor(q, actor, owner); err != nil {
		return nil, readError(err)
	}
	all, err := ListPictures(q, owner)
	if err != nil {
		return nil, models.Internal("read pictures", err)
	}
	return all, nil
}

// ListPictures lists what an owner has uploaded and shows, also what is hidden, by use and
// place.
func ListPictures(q *gorm.DB, owner Owner) (all []Picture, err error) {
	err = owner.where(q).Where("state = ? AND use <> ?", Ready, Thumbnail).Order("use, place, id").Find(&all).Error
	return all, err
}

// LogosOf reads the shown logos of some brands, by their ids, in one query.
func (s *Store) LogosOf(ctx context.Context, brandIDs ...int64) (map[int64]*Picture, error) {
	found := map[int64]*Picture{}
	if len(brandIDs) == 0 {
		return found, nil
	}
	var all []Picture
	err := s.db.Read(ctx).Where("brand_id IN ? AND use = ? AND state = ? AND hidden_at IS NULL", brandIDs, Logo, Ready).Order("id").Find(&all).Error
	if err != nil {
		return nil, models.Internal("read logos", err)
	}
	for _, p := range all {
		found[*p.BrandID] = &p
	}
	return found, nil
}

// BrandLogo is a brand's logo, also a hidden one; nil without one.
func (s *Store) BrandLogo(ctx context.Context, brandID int64) (*Picture, error) {
	all, err := ListPictures(s.db.Read(ctx), OfBrand(brandID))
	if err != nil {
		return nil, models.Internal("read a logo", err)
	}
	if len(all) == 0 {
		return nil, nil
	}
	return &all[0], nil
}

// CreatorPictures is what lists show of a creator.
type CreatorPictures struct {
	Portrait *Picture
	Works    []Picture // in their order
}

// PicturesOfCreators reads the shown pictures of some creators, so many works of each.
func PicturesOfCreators(q *gorm.DB, creatorIDs []int64, works int) (map[int64]CreatorPictures, error) {
	found := map[int64]CreatorPictures{}
	if len(creatorIDs) == 0 {
		return found, nil
	}
	var all []Picture
	err := q.Where("creator_id IN ? AND state = ? AND use <> ? AND hidden_at IS NULL AND place <= ?", creatorIDs, Ready, Thumbnail, max(1, works)).Order("creator_id, place, id").Find(&all).Error
	for _, p := range all {
		of := found[*p.CreatorID]
		switch {
		case p.Use == Portrait:
			of.Portrait = &p
		case p.Use == Work && len(of.Works) < works:
			of.Works = append(of.Works, p)
		}
		found[*p.CreatorID] = of
	}
	return found, err
}

// cleanAlt is a description as it is kept.
func cleanAlt(alt string) (string, error) {
	alt = text.SingleLine(alt)
	if text.Length(alt) > MaxAltLength {
		return "", models.Invalid("alt", "web.error.too_long", "most", MaxAltLength)
	}
	return alt, nil
}

// newStorageKey is a random key that nobody guesses.
func newStorageKey() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

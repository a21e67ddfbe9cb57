package creators

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/files"
)

// PictureRules are who may see and change the pictures of creators: who sees the profile
// sees them, and so does a brand, whose deals name creators who are no longer listed.
func PictureRules() files.OwnerRules {
	return files.OwnerRules{
		MaySee: func(q *gorm.DB, actor models.Actor, owner files.Owner) (bool, error) {
			c, err := FindCreator(q, owner.CreatorID)
			return CanSeeProfile(actor, c) || actor.SignedIn() && actor.BrandID != 0 && c.SuspendedAt == nil && err == nil, ignoreMissing(err)
		},
		MayEdit: func(q *gorm.DB, actor models.Actor, owner files.Owner) (bool, error) {
			c, err := FindCreator(q, owner.CreatorID)
			return CanEditProfile(actor, c), ignoreMissing(err)
		},
	}
}

// PicturesOf reads the shown pictures of some creators, so many works of each.
func (s *Store) PicturesOf(ctx context.Context, creatorIDs []int64, works int) (map[int64]files.CreatorPictures, error) {
	found, err := files.PicturesOfCreators(s.db.Read(ctx), creatorIDs, works)
	if err != nil {
		return nil, models.Internal("read creators' pictures", err)
	}
	return found, nil
}

func ignoreMissing(err error) error {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil
	}
	return err
}

// addPicture adds a picture of a media kit, given its id, use and colour.
func (k *MediaKit) addPicture(named []string, alt string, place, postID, width, height int64) {
	p := shownPicture(named, k.Creator.ID, alt, place, width, height)
	if p == nil {
		return
	}
	switch p.Use {
	case files.Portrait:
		k.Portrait = p
	case files.Work:
		k.Works = append(k.Works, *p)
		slices.SortFunc(k.Works, func(a, b files.Picture) int { return cmp.Compare(a.Place, b.Place) })
	case files.Thumbnail:
		if k.thumbnails == nil {
			k.thumbnails = map[int64]*files.Picture{}
		}
		k.thumbnails[postID] = p
	}
}

// shownPicture is a picture of a creator, given its id, use and colour; nil without them.
func shownPicture(named []string, creatorID int64, alt string, place, width, height int64) *files.Picture {
	if len(named) != 3 {
		return nil
	}
	return &files.Picture{PublicID: named[0], CreatorID: &creatorID, Use: files.Use(named[1]), Place: place, Colour: named[2], Alt: alt, Width: width, Height: height, State: files.Ready}
}

package files

import (
	"context"
	"errors"
	"io"
	"time"

	"tribemarket/models"
)

// Version is a picture in one size.
type Version struct {
	Type     string
	Name     string // under which it is stored, and cached
	StoredAt time.Time
	Public   bool // everybody may see it
}

// OpenPicture opens what the actor may see; the caller closes it.
func (s *Store) OpenPicture(ctx context.Context, actor models.Actor, publicID string, side int) (io.ReadSeekCloser, error) {
	v, err := s.FindPicture(ctx, actor, publicID, side)
	if err != nil {
		return nil, err
	}
	return s.OpenVersion(ctx, v)
}

// FindPicture finds what the actor may see, without opening it. A picture that is hidden
// exists for administrators and its owner only.
func (s *Store) FindPicture(ctx context.Context, actor models.Actor, publicID string, side int) (Version, error) {
	if !isSide(side) {
		return Version{}, models.NotFound()
	}
	q := s.db.Read(ctx)
	var p Picture
	if err := q.Where("public_id = ? AND state = ?", publicID, Ready).Take(&p).Error; err != nil {
		return Version{}, readError(notFoundOr(err))
	}
	if p.Use == Thumbnail && (s.NoThumbnails || p.PostID == nil) {
		return Version{}, models.NotFound()
	}
	public := false
	if !actor.Administers() {
		rule := s.rulesOf(p.Owner()).MaySee
		if p.HiddenAt != nil {
			rule = s.rulesOf(p.Owner()).MayEdit
		}
		may, err := rule(q, actor, p.Owner())
		if err != nil {
			return Version{}, readError(err)
		}
		if !may {
			return Version{}, models.NotFound()
		}
		public = !actor.SignedIn()
	}
	return Version{p.Type, p.storageKey(side), p.CreatedAt, public}, nil
}

// OpenVersion opens what FindPicture found; the caller closes it.
func (s *Store) OpenVersion(ctx context.Context, v Version) (io.ReadSeekCloser, error) {
	bytes, err := s.storage.Open(ctx, v.Name)
	if errors.Is(err, ErrNoBytes) {
		return nil, models.NotFound()
	}
	if err != nil {
		return nil, models.Internal("open a picture", err)
	}
	return bytes, nil
}

// ErrNoBytes is a Storage's where nothing is stored.
var ErrNoBytes = errors.New("no bytes are stored")

func readError(err error) error {
	if models.CodeOf(err) == models.CodeInternal {
		return models.Internal("read a picture", err)
	}
	return err
}

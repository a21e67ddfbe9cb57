package files

import (
	"context"
	"errors"
	"io"
	"time"

	"tribemarket/models"
)

// Content is the bytes of a picture in one size; the caller closes it.
type Content struct {
	io.ReadSeekCloser
	Type     string
	Name     string // of the version, for caches
	StoredAt time.Time
	Public   bool // everybody may see it
}

// OpenPicture opens what the actor may see. A picture that is hidden exists for
// administrators and its owner only.
func (s *Store) OpenPicture(ctx context.Context, actor models.Actor, publicID string, side int) (Content, error) {
	if !isSide(side) {
		return Content{}, models.NotFound()
	}
	q := s.db.Read(ctx)
	var p Picture
	if err := q.Where("public_id = ? AND state = ?", publicID, Ready).Take(&p).Error; err != nil {
		return Content{}, readError(notFoundOr(err))
	}
	public := false
	if !actor.Administers() {
		rule := s.rulesOf(p.Owner()).MaySee
		if p.HiddenAt != nil {
			rule = s.rulesOf(p.Owner()).MayEdit
		}
		may, err := rule(q, actor, p.Owner())
		if err != nil {
			return Content{}, readError(err)
		}
		if !may {
			return Content{}, models.NotFound()
		}
		public = !actor.SignedIn()
	}
	bytes, err := s.storage.Open(ctx, p.storageKey(side))
	if errors.Is(err, ErrNoBytes) {
		return Content{}, models.NotFound()
	}
	if err != nil {
		return Content{}, models.Internal("open a picture", err)
	}
	return Content{bytes, p.Type, p.storageKey(side), p.CreatedAt, public}, nil
}

// ErrNoBytes is a Storage's where nothing is stored.
var ErrNoBytes = errors.New("no bytes are stored")

func readError(err error) error {
	if models.CodeOf(err) == models.CodeInternal {
		return models.Internal("read a picture", err)
	}
	return err
}

package app

import (
	"context"
	"errors"
	"io"
	"time"

	"tribemarket/internal/imaging"
	"tribemarket/internal/storage"
	"tribemarket/models"
	"tribemarket/models/files"
)

// fileStorage lets files use a storage.Store.
type fileStorage struct{ storage.Store }

// Open tells what is missing in the words of files.
func (s fileStorage) Open(ctx context.Context, key string) (io.ReadSeekCloser, error) {
	f, err := s.Store.Open(ctx, key)
	if errors.Is(err, storage.ErrNotFound) {
		return nil, files.ErrNoBytes
	}
	return f, err
}

// ListKeys lists what is stored.
func (s fileStorage) ListKeys(ctx context.Context, after string, most int) ([]files.StoredKey, error) {
	all, err := s.List(ctx, "", after, most)
	keys := make([]files.StoredKey, len(all))
	for i, o := range all {
		keys[i] = files.StoredKey{Key: o.Key, StoredAt: o.StoredAt}
	}
	return keys, err
}

const (
	// picturesWaiting is how many uploads wait until theirs is read, and pictureReading
	// how long one may take.
	picturesWaiting = 16
	pictureReading  = 15 * time.Second
)

// newPictureDecoder reads uploaded pictures, few at a time.
func newPictureDecoder() files.DecodePicture {
	queue := models.NewWorkQueue(picturesWaiting, pictureReading, "files.error.busy", 10*time.Second)
	return func(ctx context.Context, file io.ReadSeeker) (files.Decoded, error) {
		turn, err := queue.Enter(ctx)
		if err != nil {
			return files.Decoded{}, err
		}
		defer turn.Leave()
		reading, cancel := context.WithTimeout(ctx, pictureReading)
		defer cancel()
		p, err := imaging.Read(reading, file, files.Sides())
		if err != nil {
			return files.Decoded{}, explainPictureError(ctx, err)
		}
		d := files.Decoded{Width: int64(p.Width), Height: int64(p.Height), Colour: p.Colour, Type: p.Type}
		for _, r := range p.Sizes {
			d.Sizes = append(d.Sizes, r.Data)
		}
		return d, nil
	}
}

// explainPictureError says what is wrong with a file, and what to do.
func explainPictureError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for known, key := range map[error]string{
		imaging.ErrNotAPicture: "files.error.not_a_picture", imaging.ErrUnsupported: "files.error.unsupported", imaging.ErrTooLarge: "files.error.too_large", imaging.ErrTooHeavy: "files.error.too_heavy",
		imaging.ErrTooSmall: "files.error.too_small", imaging.ErrBroken: "files.error.broken", context.DeadlineExceeded: "files.error.too_complex",
	} {
		if errors.Is(err, known) {
			return models.Invalid("file", key)
		}
	}
	return models.Internal("read an uploaded picture", err)
}

package files

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"
)

// Storage keeps bytes under keys.
type Storage interface {
	Put(ctx context.Context, key string, r io.Reader, contentType string) error
	Open(ctx context.Context, key string) (io.ReadSeekCloser, error) // ErrNoBytes if there are none
	Delete(ctx context.Context, key string) error
	// ListKeys lists keys that come after one, with the times since when they are there.
	ListKeys(ctx context.Context, after string, most int) ([]StoredKey, error)
}

// StoredKey is a key under which something is stored.
type StoredKey struct {
	Key      string
	StoredAt time.Time
}

// Decoded is an uploaded picture, written anew in each of the Sides, the largest first.
type Decoded struct {
	Width, Height int64 // of the largest, pixels
	Colour        string
	Type          string // media type
	Sizes         [][]byte
}

// DecodePicture reads an uploaded picture. Its errors are models.Errors.
type DecodePicture func(ctx context.Context, file io.ReadSeeker) (Decoded, error)

// Sides are the sizes of a picture, the largest first: neither its width nor its height
// is larger, in pixels.
func Sides() []int { return []int{1600, 480, 160} }

// storageKey is where the bytes of a size are: the picture's key and the size.
func (p Picture) storageKey(side int) string { return fmt.Sprintf("%s%04x", p.StorageKey, side) }

// isSide says whether pictures have this size.
func isSide(side int) bool { return slices.Contains(Sides(), side) }

// Package storage keeps the bytes of files: in a folder, shaped so that an object store
// can take its place.
package storage

import (
	"context"
	"errors"
	"io"
	"time"
)

// Store keeps bytes under keys. What is under a key never changes: a new version gets
// a new key. It is safe for concurrent use, also by several nodes.
type Store interface {
	// Put stores what r gives, whole or not at all. It fails if r does.
	Put(ctx context.Context, key string, r io.Reader, contentType string) error
	// Open opens what is stored; the caller closes it. ErrNotFound if there is nothing.
	Open(ctx context.Context, key string) (io.ReadSeekCloser, error)
	// Stat says what is stored, or ErrNotFound.
	Stat(ctx context.Context, key string) (Object, error)
	// Delete removes what is stored; nothing stored is no error.
	Delete(ctx context.Context, key string) error
	// URL is an address under which a browser can read it for so long, or "" if only the
	// program can.
	URL(ctx context.Context, key string, ttl time.Duration) (string, error)
	// List lists what is stored under keys that begin with prefix and come after a key, in
	// their order, so many at most.
	List(ctx context.Context, prefix, after string, most int) ([]Object, error)
}

// Object is what is stored under a key.
type Object struct {
	Key      string
	Size     int64 // bytes
	StoredAt time.Time
}

// The errors of all stores.
var (
	ErrNotFound = errors.New("nothing is stored under this key")
	errBadKey   = errors.New("a key is 32 to 64 characters of 0 to 9 and a to f")
)

// isKey says whether a text can be a key. Keys are random or hashes, so that the folders
// that they are spread over fill evenly.
func isKey(key string) bool {
	if len(key) < 32 || len(key) > 64 {
		return false
	}
	for _, c := range []byte(key) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

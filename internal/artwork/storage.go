package artwork

import (
	"bytes"
	"context"
	"errors"
	"io"

	"tribemarket/models/files"
)

// Storage paints variants of which nothing is stored below, and leaves all else to the
// storage there. A site that is served from a demo's data shows its pictures too.
type Storage struct{ files.Storage }

// Open opens what is stored, or paints a variant.
func (s Storage) Open(ctx context.Context, key string) (io.ReadSeekCloser, error) {
	stored, err := s.Storage.Open(ctx, key)
	v, side, ok := parseKey(key)
	if !ok || !errors.Is(err, files.ErrNoBytes) {
		return stored, err
	}
	b, err := v.paint(side)
	if err != nil {
		return nil, err
	}
	return painted{bytes.NewReader(b)}, nil
}

type painted struct{ *bytes.Reader }

// Close has nothing to end.
func (painted) Close() error { return nil }

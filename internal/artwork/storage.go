package artwork

import (
	"bytes"
	"context"
	"io"

	"tribemarket/models/files"
)

// Storage paints variants, and leaves all other keys to the storage below.
type Storage struct{ files.Storage }

// Open paints a variant, or opens what is stored.
func (s Storage) Open(ctx context.Context, key string) (io.ReadSeekCloser, error) {
	v, side, ok := parseKey(key)
	if !ok {
		return s.Storage.Open(ctx, key)
	}
	b, err := v.paint(side)
	if err != nil {
		return nil, err
	}
	return painted{bytes.NewReader(b)}, nil
}

// Delete deletes what is stored; of a variant nothing is.
func (s Storage) Delete(ctx context.Context, key string) error {
	if _, _, ok := parseKey(key); ok {
		return nil
	}
	return s.Storage.Delete(ctx, key)
}

type painted struct{ *bytes.Reader }

// Close has nothing to end.
func (painted) Close() error { return nil }

package models

import (
	"context"
	"io"
)

// ContextReader reads until its context ends.
type ContextReader struct {
	Context context.Context //nolint:containedctx // io.Reader's method passes none
	Reader  io.Reader
}

// Read is io.Reader's.
func (r ContextReader) Read(p []byte) (int, error) {
	if err := r.Context.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}

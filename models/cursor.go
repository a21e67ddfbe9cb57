package models

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
)

// Cursor is a position in a sorted list: the last row's sort value and its id.
// Null says that the row had no value; such rows come last in both directions.
type Cursor struct {
	Value int64
	Null  bool
	ID    int64
}

// ErrInvalidCursor is returned for a text that is not an encoded Cursor.
var ErrInvalidCursor = errors.New("not a cursor of this list")

// String encodes the cursor for a URL.
func (c Cursor) String() string {
	b := binary.AppendVarint(nil, c.Value)
	b = binary.AppendVarint(b, c.ID)
	if c.Null {
		b = append(b, 1)
	} else {
		b = append(b, 0)
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// ParseCursor parses what String returned.
func ParseCursor(s string) (Cursor, error) {
	if len(s) > 64 {
		return Cursor{}, ErrInvalidCursor
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil {
		return Cursor{}, ErrInvalidCursor
	}
	v, n := binary.Varint(b)
	if n <= 0 {
		return Cursor{}, ErrInvalidCursor
	}
	id, m := binary.Varint(b[n:])
	if m <= 0 || id < 0 || len(b) != n+m+1 || b[n+m] > 1 {
		return Cursor{}, ErrInvalidCursor
	}
	c := Cursor{Value: v, ID: id, Null: b[n+m] == 1}
	if c.String() != s {
		return Cursor{}, ErrInvalidCursor
	}
	return c, nil
}

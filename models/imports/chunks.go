package imports

import (
	"context"
	"errors"
	"io"

	"tribemarket/models/db"
)

// chunkSize is how many bytes of a file one row has.
const chunkSize = 512 << 10

// saveChunks stores the bytes of a file, each chunk in a transaction of its own, since
// others wait for as long.
func (s *Store) saveChunks(ctx context.Context, importID int64, file io.Reader) (size int64, err error) {
	for n := 0; ; n++ {
		data := make([]byte, chunkSize)
		read, err := io.ReadFull(file, data)
		if read > 0 {
			size += int64(read)
			if size > MaxFileSize {
				return size, errTooLarge
			}
			err := s.db.Tx(ctx, func(tx *db.Tx) error {
				return tx.Exec("INSERT INTO import_chunks (import_id, n, data) VALUES (?, ?, ?)", importID, n, data[:read]).Error
			})
			if err != nil {
				return size, err
			}
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return size, nil
		}
		if err != nil {
			return size, err
		}
	}
}

// fileOf is the stored file of an import.
func (s *Store) fileOf(ctx context.Context, i Import) File {
	open := func() (io.ReadCloser, error) {
		return &chunkReader{ctx: ctx, store: s, importID: i.ID, left: i.Size}, nil
	}
	return s.tableFile(i.FileName, i.Size, i.Encoding, open)
}

func (s *Store) tableFile(name string, size int64, encoding string, open func() (io.ReadCloser, error)) File {
	return File{Name: name, Size: size, Open: func(read func(int)) (RowReader, error) {
		return s.openTable(name, encoding, open, read)
	}}
}

// chunkReader reads a stored file.
type chunkReader struct {
	ctx      context.Context //nolint:containedctx // io.Reader's method passes none
	store    *Store
	importID int64
	left     int64 // bytes not read yet
	n        int
	chunk    []byte
}

// Read is io.Reader's.
func (r *chunkReader) Read(p []byte) (int, error) {
	if r.left <= 0 {
		return 0, io.EOF
	}
	if len(r.chunk) == 0 {
		var row struct{ Data []byte }
		found := r.store.db.Read(r.ctx).Raw("SELECT data FROM import_chunks WHERE import_id = ? AND n = ?", r.importID, r.n).Scan(&row)
		if found.Error != nil {
			return 0, found.Error
		}
		if len(row.Data) == 0 {
			return 0, io.ErrUnexpectedEOF
		}
		r.chunk = row.Data
		r.n++
	}
	n := copy(p, r.chunk)
	r.chunk, r.left = r.chunk[n:], r.left-int64(n)
	return n, nil
}

// Close is io.Closer's.
func (*chunkReader) Close() error { return nil }

package app

import (
	"io"

	"tribemarket/internal/sheets"
	"tribemarket/models/imports"
)

// openTable reads the tables that people upload.
func openTable(name, encoding string, open func() (io.ReadCloser, error), read func(bytes int)) (imports.RowReader, error) {
	return sheets.OpenReader(name, open, sheets.ReadOptions{Encoding: encoding, OnRead: read})
}

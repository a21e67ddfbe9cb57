package creators

import (
	"context"
	"errors"
	"io"

	"tribemarket/models"
)

// ImportFile is one file to import. It is read more than once.
type ImportFile struct {
	Name string
	Size int64 // 0 when it is not known
	Open func() (io.ReadCloser, error)
}

// ImportOptions say what the files don't.
type ImportOptions struct {
	Platform string      // of files that don't name theirs; TikTok by default
	AsOf     models.Date // how old the figures of a list are
	DryRun   bool        // read and report, write nothing
	Progress func(done, total int64)
	LeftOut  func(LeftOut) // called for each row that is left out
}

// LeftOut is a row that was not imported.
type LeftOut struct {
	File string
	Line int
	Key  string // the reason, a text of internal/i18n
	Args []any
}

// ImportReport counts what an import did, in accounts.
type ImportReport struct {
	Files []FileReport

	Created, Updated, Unchanged, LeftOut int64
}

// FileReport is the part of one file.
type FileReport struct {
	Name    string
	Kind    string // videos or list
	AsOf    models.Date
	Rows    int64
	LeftOut int64
	Ignored []string // columns that mean nothing here
}

// Importer brings creators and their figures in from files.
type Importer struct{ store *Store }

// NewImporter is an Importer into a store.
func NewImporter(s *Store) *Importer { return &Importer{s} }

// Import reads files of either kind, told by their headers.
func (im *Importer) Import(ctx context.Context, files []ImportFile, o ImportOptions) (ImportReport, error) {
	return ImportReport{}, errors.ErrUnsupported
}

package creators

import (
	"context"
	"errors"
	"io"
	"time"

	"tribemarket/models"
)

// ImportFile is one file to import. It is read twice.
type ImportFile struct {
	Name string
	Size int64 // 0 if unknown
	Open func() (io.ReadCloser, error)
}

// ImportOptions say what the files don't.
type ImportOptions struct {
	Platform     string      // for rows that don't name one; TikTok by default
	AsOf         models.Date // the date of lists' figures
	DryRun       bool        // read and report, write nothing
	OnProgress   func(done, total int64)
	OnSkippedRow func(SkippedRow) // called for each row that is left out
}

// SkippedRow is a row that was not imported.
type SkippedRow struct {
	File       string
	Line       int
	MessageKey string // the reason, a text of internal/i18n
	Args       []any
}

// ImportReport counts what an import did: accounts created, updated and
// unchanged, and rows left out.
type ImportReport struct {
	Files []ImportFileReport

	Created, Updated, Unchanged, Skipped int64
}

// ImportFileReport is the part of one file.
type ImportFileReport struct {
	Name           string
	Kind           string // videos or list
	AsOf           models.Date
	Rows           int64
	Skipped        int64
	IgnoredColumns []string // headers that are not recognised
}

// Importer imports creators and their figures from files.
//
// A file with a row per post gives creators, posts, and the figures and tribes
// derived from the posts; it is as old as its newest post. A list with a row
// per creator carries no date and needs ImportOptions.AsOf. If several files
// describe an account, the newest wins whatever their order, separately for
// followers, figures, name and country; of rows of the same age, the one with
// more followers wins. Languages and tribes add up. What the platform itself
// reported, and what creators say about themselves, is never overwritten. So
// the same files give the same content in any order, and a second run changes
// nothing.
//
// All files are checked before anything is written. Then short batches are
// committed one by one, with pauses for other writers: an import that stopped
// half-way can simply be run again. Memory holds one batch, and a few bytes for
// each account in the files.
type Importer struct{ store *Store }

// NewImporter returns an Importer into a store.
func NewImporter(s *Store) *Importer { return &Importer{s} }

// ImportFiles imports files of either kind, which it recognises by their headers.
func (im *Importer) ImportFiles(ctx context.Context, files []ImportFile, o ImportOptions) (ImportReport, error) {
	r, err := newImportRun(im.store, files, o)
	if err != nil {
		return ImportReport{}, err
	}
	if r.isErased, err = im.store.erasedHandleFilter(ctx); err != nil {
		return ImportReport{}, err
	}
	plans := make([]filePlan, len(files))
	for i, f := range files {
		if plans[i], err = r.checkFile(ctx, f); err != nil {
			return ImportReport{}, err
		}
	}
	for _, p := range plans {
		if err := r.writeFile(ctx, p); err != nil {
			return r.report, err
		}
	}
	return r.finishReport(), nil
}

// filePlan is what the first pass over a file found.
type filePlan struct {
	file             ImportFile
	kind             string
	asOf             time.Time
	repeatedAccounts map[uint64]bool // accounts that occur more than once in a list
}

// checkFile reads a whole file without writing: whether it is UTF-8, its kind, its
// date, and which accounts occur twice in a list.
func (r *importRun) checkFile(ctx context.Context, f ImportFile) (filePlan, error) {
	src, err := openImportSource(f, r.reportProgress)
	if err != nil {
		return filePlan{}, err
	}
	defer func() { _ = src.close() }()
	p := filePlan{file: f, kind: src.columns.kind, repeatedAccounts: map[uint64]bool{}}
	if p.kind == ImportKindList {
		if p.asOf, err = r.listAsOf(f); err != nil {
			return filePlan{}, err
		}
	}
	seen := map[uint64]struct{}{}
	err = src.eachRow(func(line int, cells []string) error {
		s, key, _ := r.parseRow(src.columns, line, cells)
		switch {
		case key != "":
		case p.kind == ImportKindVideos:
			if s.post.PostedAt.After(p.asOf) {
				p.asOf = s.post.PostedAt
			}
		default:
			h := r.hashAccount(s.platform, s.key)
			if _, known := seen[h]; known {
				p.repeatedAccounts[h] = true
			}
			seen[h] = struct{}{}
		}
		return ctx.Err()
	}, func(int, string, ...any) {})
	return p, err
}

func (r *importRun) listAsOf(f ImportFile) (time.Time, error) {
	switch asOf := r.options.AsOf.StartIn(time.UTC); {
	case r.options.AsOf.IsZero():
		return asOf, &models.Error{Code: models.CodeInvalid, Key: "creators.import.as_of_needed", Args: []any{"file", f.Name}}
	case asOf.After(r.now):
		return asOf, &models.Error{Code: models.CodeInvalid, Key: "creators.import.as_of_future", Args: []any{"date", r.options.AsOf}}
	default:
		return asOf, nil
	}
}

// writeFile reads a file again and writes it batch by batch.
func (r *importRun) writeFile(ctx context.Context, p filePlan) error {
	src, err := openImportSource(p.file, r.reportProgress)
	if err != nil {
		return err
	}
	defer func() { _ = src.close() }()
	if src.columns.kind != p.kind {
		return errors.New(p.file.Name + " has changed while it was read")
	}
	r.fileReport = &ImportFileReport{Name: p.file.Name, Kind: p.kind, AsOf: models.DateOf(p.asOf), IgnoredColumns: src.columns.ignored}
	w := &fileWriter{run: r, plan: p, bestRepeats: map[uint64]importRow{}, withPosts: map[int64]bool{}}
	err = src.eachRow(func(line int, cells []string) error {
		r.fileReport.Rows++
		s, key, args := r.parseRow(src.columns, line, cells)
		if key != "" {
			r.skipRow(line, key, args...)
			return ctx.Err()
		}
		return w.takeRow(ctx, s)
	}, func(line int, key string, args ...any) {
		r.fileReport.Rows++
		r.skipRow(line, key, args...)
	})
	if err == nil {
		err = w.finishFile(ctx)
	}
	r.report.Files = append(r.report.Files, *r.fileReport)
	return err
}

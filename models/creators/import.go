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
	Size int64 // 0 when it is not known
	Open func() (io.ReadCloser, error)
}

// ImportOptions say what the files don't.
type ImportOptions struct {
	Platform     string      // of rows that don't name theirs; TikTok by default
	AsOf         models.Date // how old the figures of lists are
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

// ImportReport counts what an import did: accounts that were created, updated
// or stayed as they were, and rows that were left out.
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
	IgnoredColumns []string // headers that mean nothing here
}

// Importer brings creators and their figures in from files.
//
// A file with a row for each post gives creators, posts, and the figures and
// tribes that follow from the posts; it is as old as its newest post. A list
// with a row for each creator carries no date and needs ImportOptions.AsOf.
// Of what several files say of an account, the newest wins whatever their
// order, each for followers, figures, name and country; of rows of one age the
// one with more followers does. Languages and tribes add up. Nothing that the
// platform itself gave, and nothing that creators say about themselves, is
// overwritten. So the same files give the same content in any order, and a
// second run changes nothing.
//
// All files are checked before anything is written. Then short batches are
// committed one by one, with pauses in which other writers get their turn: an
// import that ended half-way can simply be run again. Memory holds one batch,
// and a few bytes for each account that the files name.
type Importer struct{ store *Store }

// NewImporter is an Importer into a store.
func NewImporter(s *Store) *Importer { return &Importer{s} }

// ImportFiles reads files of either kind, told by their headers.
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
	repeatedAccounts map[uint64]bool // accounts that stand in a list more than once
}

// checkFile reads a whole file without writing: is it UTF-8, which kind is it, how
// old is it, and which accounts of a list stand in it twice.
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

// writeFile reads a file once more and writes it batch by batch.
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

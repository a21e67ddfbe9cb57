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
	Platform string      // of rows that don't name theirs; TikTok by default
	AsOf     models.Date // how old the figures of lists are
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

// ImportReport counts what an import did: accounts that were created, updated
// or stayed as they were, and rows that were left out.
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
	Ignored []string // headers that mean nothing here
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

// Import reads files of either kind, told by their headers.
func (im *Importer) Import(ctx context.Context, files []ImportFile, o ImportOptions) (ImportReport, error) {
	r, err := newImportRun(im.store, files, o)
	if err != nil {
		return ImportReport{}, err
	}
	if r.keptOut, err = im.store.keptOut(ctx); err != nil {
		return ImportReport{}, err
	}
	plans := make([]plan, len(files))
	for i, f := range files {
		if plans[i], err = r.check(ctx, f); err != nil {
			return ImportReport{}, err
		}
	}
	for _, p := range plans {
		if err := r.write(ctx, p); err != nil {
			return r.report, err
		}
	}
	return r.sum(), nil
}

// plan is what the first pass over a file found.
type plan struct {
	file  ImportFile
	kind  string
	asOf  time.Time
	twice map[uint64]bool // accounts that stand in a list more than once
}

// check reads a whole file without writing: is it UTF-8, which kind is it, how
// old is it, and which accounts of a list stand in it twice.
func (r *importRun) check(ctx context.Context, f ImportFile) (plan, error) {
	src, err := openSource(f, r.progress)
	if err != nil {
		return plan{}, err
	}
	defer func() { _ = src.close() }()
	p := plan{file: f, kind: src.columns.kind, twice: map[uint64]bool{}}
	if p.kind == KindList {
		if p.asOf, err = r.listAge(f); err != nil {
			return plan{}, err
		}
	}
	seen := map[uint64]struct{}{}
	err = src.rows(func(line int, cells []string) error {
		s, key, _ := r.read(src.columns, line, cells)
		switch {
		case key != "":
		case p.kind == KindVideos:
			if s.post.PostedAt.After(p.asOf) {
				p.asOf = s.post.PostedAt
			}
		default:
			h := r.hash(s.platform, s.key)
			if _, known := seen[h]; known {
				p.twice[h] = true
			}
			seen[h] = struct{}{}
		}
		return ctx.Err()
	}, func(int, string, ...any) {})
	return p, err
}

func (r *importRun) listAge(f ImportFile) (time.Time, error) {
	switch asOf := r.o.AsOf.In(time.UTC); {
	case r.o.AsOf.IsZero():
		return asOf, &models.Error{Code: models.CodeInvalid, Key: "creators.import.as_of_needed", Args: []any{"file", f.Name}}
	case asOf.After(r.now):
		return asOf, &models.Error{Code: models.CodeInvalid, Key: "creators.import.as_of_future", Args: []any{"date", r.o.AsOf}}
	default:
		return asOf, nil
	}
}

// write reads a file once more and writes it batch by batch.
func (r *importRun) write(ctx context.Context, p plan) error {
	src, err := openSource(p.file, r.progress)
	if err != nil {
		return err
	}
	defer func() { _ = src.close() }()
	if src.columns.kind != p.kind {
		return errors.New(p.file.Name + " has changed while it was read")
	}
	r.file = &FileReport{Name: p.file.Name, Kind: p.kind, AsOf: models.DateOf(p.asOf), Ignored: src.columns.ignored}
	w := &writer{run: r, plan: p, best: map[uint64]said{}, posting: map[int64]bool{}}
	err = src.rows(func(line int, cells []string) error {
		r.file.Rows++
		s, key, args := r.read(src.columns, line, cells)
		if key != "" {
			r.leftOut(line, key, args...)
			return ctx.Err()
		}
		return w.take(ctx, s)
	}, func(line int, key string, args ...any) {
		r.file.Rows++
		r.leftOut(line, key, args...)
	})
	if err == nil {
		err = w.finish(ctx)
	}
	r.report.Files = append(r.report.Files, *r.file)
	return err
}

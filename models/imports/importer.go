package imports

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/platform"
)

// File is one file to import. It is read twice.
type File struct {
	Name string
	Size int64 // bytes, 0 when it is not known
	// Open gives the rows of the file; read is told of the bytes that were read.
	Open func(read func(bytes int)) (RowReader, error)
}

// RowReader gives the rows of a table one after another.
type RowReader interface {
	// Next gives a row and the line on which it begins, and io.EOF after the last. The
	// cells are valid until the next call; they are nil where a row cannot be read.
	Next() (line int, cells []string, err error)
	Close() error
}

// Options say what the files don't.
type Options struct {
	Platform       string      // of rows that don't name theirs; "" is the one that the file names, else TikTok
	AsOf           models.Date // how old the figures of lists are
	Columns        Mapping     // what columns hold, where it was chosen by hand
	DryRun         bool        // read and report, write nothing
	OnProgress     func(done, total int64)
	OnSkippedRow   func(SkippedRow)   // called for each row that is left out
	OnUnreadValue  func(UnreadValue)  // called for each value that is not understood
	OnQuestionable func(Questionable) // called for each row whose figures cannot be
}

// SkippedRow is a row that was not imported.
type SkippedRow struct {
	File       string
	Line       int
	MessageKey string // the reason, a text of internal/i18n
	Args       []any
}

// UnreadValue is a value that was not understood, of a row that was imported without it.
type UnreadValue struct {
	File   string
	Line   int
	Header string
	Value  string
}

// Questionable is a row that was imported, of which something cannot be.
type Questionable struct {
	File       string
	Line       int
	MessageKey string
}

// Report counts what an import did: accounts that were created, updated or stayed as
// they were, and rows that were left out.
type Report struct {
	Files []FileReport

	Created, Updated, Unchanged, Skipped int64
}

// FileReport is the part of one file.
type FileReport struct {
	Name         string
	Kind         string // KindVideos or KindList
	Platform     string // of rows that don't name theirs
	AsOf         models.Date
	Rows         int64
	Skipped      int64
	Questionable int64 // rows of which something cannot be
	Columns      []ColumnReport
	Sample       [][]string // the first rows, as they stand in the file
}

// ColumnReport is what became of a column.
type ColumnReport struct {
	ColumnUse
	Unread   int64    // values that were not understood
	Examples []string // of these, three at most
}

// Importer brings creators and their figures in from files.
//
// A file with a row for each post gives creators, posts, and the figures and
// tribes that follow from the posts; it is as old as its newest post. A list
// with a row for each creator carries no date and needs Options.AsOf, unless a
// column has it. Of what several files say of an account, the newest wins whatever
// their order, each for followers, figures, name and country; of rows of one age the
// one with more followers does. Languages and tribes add up. Nothing that the
// platform itself gave, and nothing that creators say about themselves, is
// overwritten. So the same files give the same content in any order, and a
// second run changes nothing.
//
// All files are checked before anything is written. Then short batches are
// committed one by one, with pauses in which other writers get their turn: an
// import that ended half-way can simply be run again. Memory holds one batch,
// and a few bytes for each account that the files name.
type Importer struct {
	db       *db.DB
	creators *creators.Store
	clock    models.Clock
}

// NewImporter is an Importer into a store.
func NewImporter(d *db.DB, s *creators.Store, clock models.Clock) *Importer {
	return &Importer{d, s, clock}
}

// ImportFiles reads files of either kind, told by their headers. An error that comes
// after the check comes with the report of what was written.
func (im *Importer) ImportFiles(ctx context.Context, files []File, o Options) (Report, error) {
	r, err := im.newRun(ctx, files, o)
	if err != nil {
		return Report{}, err
	}
	plans := make([]filePlan, len(files))
	for i, f := range files {
		if plans[i], err = r.checkFile(ctx, f); err != nil {
			return Report{}, errorWithFile(f.Name, err)
		}
	}
	for _, p := range plans {
		if err := r.writeFile(ctx, p); err != nil {
			return r.countOutcomes(), errorWithFile(p.file.Name, err)
		}
	}
	return r.countOutcomes(), nil
}

// errorWithFile names the file in an error that a person sees.
func errorWithFile(name string, err error) error {
	var e *models.Error
	if !errors.As(err, &e) || slices.Contains(e.Args, any("file")) {
		return err
	}
	return &models.Error{Code: e.Code, Key: e.Key, Args: append([]any{"file", name}, e.Args...), Cause: e.Cause}
}

// filePlan is what the first pass over a file found.
type filePlan struct {
	file             File
	columns          columns
	dates            dateReader
	asOf             time.Time
	sample           [][]string
	repeatedAccounts map[uint64]bool // accounts that stand in a list more than once
}

// checkFile reads a whole file without writing: can it be read, which kind is it, what
// are its columns, how old is it, and which accounts of a list stand in it twice.
func (r *importRun) checkFile(ctx context.Context, f File) (filePlan, error) {
	rows, err := f.Open(r.addProgress)
	if err != nil {
		return filePlan{}, err
	}
	defer func() { _ = rows.Close() }()
	p := filePlan{file: f, repeatedAccounts: map[uint64]bool{}}
	first, err := readFirstRows(rows)
	if err != nil {
		return p, err
	}
	if p.columns, err = readColumns(first, r.options); err != nil {
		return p, err
	}
	if p.columns.kind == KindList {
		if p.asOf, err = r.listAsOf(p.columns); err != nil {
			return p, err
		}
	}
	parser := &rowParser{columns: p.columns, run: r}
	seen := map[uint64]struct{}{}
	err = eachRow(rows, first, p.columns.headerRow, func(_ int, cells []string) error {
		if cells == nil {
			return ctx.Err()
		}
		p.addSample(cells)
		if p.columns.kind == KindVideos {
			p.dates.observe(parser.text(cells, FieldPostedAt))
			return ctx.Err()
		}
		if a, wrong := parser.parseAccount(cells); wrong == nil {
			h := r.hashAccount(a.Platform, a.HandleKey)
			if _, known := seen[h]; known {
				p.repeatedAccounts[h] = true
			}
			seen[h] = struct{}{}
			p.dates.observe(parser.text(cells, FieldAsOf))
		}
		return ctx.Err()
	})
	if err == nil && p.columns.kind == KindVideos {
		p.asOf, err = r.newestPost(ctx, p)
	}
	return p, err
}

// newestPost is how old a file of posts is. It needs a pass of its own, since how a file
// writes its dates is known at its end.
func (r *importRun) newestPost(ctx context.Context, p filePlan) (newest time.Time, err error) {
	rows, err := p.file.Open(func(int) {})
	if err != nil {
		return newest, err
	}
	defer func() { _ = rows.Close() }()
	parser := &rowParser{columns: p.columns, dates: p.dates, run: r}
	err = eachRow(rows, nil, p.columns.headerRow, func(_ int, cells []string) error {
		if cells == nil {
			return ctx.Err()
		}
		if x, wrong := parser.parse(cells); wrong == nil && x.Post.PostedAt.After(newest) {
			newest = x.Post.PostedAt
		}
		return ctx.Err()
	})
	return newest, err
}

const previewRows = 5

func (p *filePlan) addSample(cells []string) {
	if len(p.sample) < previewRows && countFilled(cells) > 0 {
		p.sample = append(p.sample, slices.Clone(cells))
	}
}

func (r *importRun) listAsOf(c columns) (time.Time, error) {
	switch asOf := r.options.AsOf.StartIn(time.UTC); {
	case r.options.AsOf.IsZero() && c.hasAll(FieldAsOf):
		return time.Time{}, nil
	case r.options.AsOf.IsZero():
		return asOf, &models.Error{Code: models.CodeInvalid, Key: "imports.error.as_of_needed"}
	case asOf.After(r.now):
		return asOf, &models.Error{Code: models.CodeInvalid, Key: "imports.error.as_of_future", Args: []any{"date", r.options.AsOf}}
	default:
		return asOf, nil
	}
}

// readFirstRows reads as many rows as are looked at to understand the columns.
func readFirstRows(rows RowReader) ([]sampleRow, error) {
	var first []sampleRow
	for len(first) < headerSearchRows+sampleRows {
		line, cells, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return first, nil
		}
		if err != nil {
			return nil, err
		}
		first = append(first, sampleRow{line, slices.Clone(cells)})
	}
	return first, nil
}

// eachRow gives each row below the header: those read already, and the rest. Rows are
// counted, since records of JSON may share a line with each other and with the header.
func eachRow(rows RowReader, first []sampleRow, headerRow int, row func(line int, cells []string) error) error {
	for _, r := range rowsBelow(first, headerRow) {
		if err := row(r.line, r.cells); err != nil {
			return err
		}
	}
	for n := len(first); ; n++ {
		line, cells, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && n > headerRow {
			err = row(line, cells)
		}
		if err != nil {
			return err
		}
	}
}

// writeFile reads a file once more and writes it batch by batch. The rows are read and
// understood beside the writing, a few hundred ahead.
func (r *importRun) writeFile(ctx context.Context, p filePlan) error {
	r.beginFile(p)
	w := &fileWriter{run: r, plan: p, windowRows: minWindowRows, bestRepeats: map[uint64]numberedRow{}, withPosts: map[int64]bool{}}
	reading, stop := context.WithCancel(ctx)
	defer stop()
	parts := make(chan filePart, 4)
	var readError, err error
	go func() {
		defer close(parts)
		readError = r.readParts(reading, p, parts)
	}()
	for part := range parts {
		if err != nil {
			continue // until the reader has stopped
		}
		if err = w.takePart(ctx, part); err != nil {
			stop()
		}
	}
	if err == nil {
		err = readError
	}
	if err == nil {
		err = w.finishFile(ctx)
	}
	r.report.Files = append(r.report.Files, *r.fileReport)
	return err
}

// checkPlatform refuses a platform that doesn't exist.
func checkPlatform(name string) error {
	if name != "" && !slices.Contains(platform.Names(), name) {
		return &models.Error{Code: models.CodeInvalid, Key: "imports.error.platform", Args: []any{"platform", name}}
	}
	return nil
}

package imports

import (
	"context"
	"errors"
	"fmt"

	"tribemarket/models"
	"tribemarket/models/text"
)

// Preview is what a file looks like before all of it is read.
type Preview struct {
	Kind       string // KindVideos, KindList, or "" where no header was found
	Platform   string // of rows that don't name theirs
	HeaderLine int    // where the header stands, or the likeliest one
	Columns    []PreviewColumn
	Left       int        // columns beyond those
	Sample     [][]string // of the first rows, the cells of the columns
	Problem    *Message   // why it cannot be imported as it is
}

// PreviewColumn is a column with its name in a Mapping.
type PreviewColumn struct {
	ColumnUse
	Key string
}

// Message is a text for a person as it is kept.
type Message struct {
	Key  string
	Args []string // name and value in turn
}

// newMessage keeps the text of an error that a person sees; ok is false for others.
func newMessage(err error) (m *Message, ok bool) {
	var e *models.Error
	if !errors.As(err, &e) || e.Code != models.CodeInvalid {
		return nil, false
	}
	return &Message{e.Key, textArgs(e.Args)}, true
}

func textArgs(args []any) []string {
	texts := make([]string, len(args))
	for i, a := range args {
		texts[i] = fmt.Sprint(a)
	}
	return texts
}

// Values are the arguments as internal/i18n takes them.
func (m Message) Values() []any {
	all := make([]any, len(m.Args))
	for i, a := range m.Args {
		all[i] = a
	}
	return all
}

// How much of a file a Preview shows.
const (
	previewColumns = 100
	previewCell    = 200 // characters
)

// Preview reads the first rows of a file. An error is of a file that is no table; what a
// person can mend by choosing columns, platform or date is the Problem.
func (im *Importer) Preview(ctx context.Context, f File, o Options) (Preview, error) {
	if err := checkPlatform(o.Platform); err != nil {
		return Preview{}, err
	}
	rows, err := f.Open(func(int) {})
	if err != nil {
		return Preview{}, errorWithFile(f.Name, err)
	}
	defer func() { _ = rows.Close() }()
	first, err := readFirstRows(rows)
	if err != nil {
		return Preview{}, errorWithFile(f.Name, err)
	}
	c, err := readColumns(first, o)
	if err == nil && c.kind == KindList {
		_, err = (&importRun{Importer: im, options: o, now: im.clock()}).listAsOf(c)
	}
	p := newPreview(c, rowsBelow(first, c.headerRow))
	if err != nil {
		var ok bool
		if p.Problem, ok = newMessage(errorWithFile(f.Name, err)); !ok {
			return Preview{}, err
		}
	}
	return p, ctx.Err()
}

func newPreview(c columns, below []sampleRow) Preview {
	p := Preview{Kind: c.kind, Platform: c.platform, HeaderLine: c.headerLine}
	shown := min(len(c.uses), previewColumns)
	p.Left = len(c.uses) - shown
	for i, u := range c.uses[:shown] {
		p.Columns = append(p.Columns, PreviewColumn{u, c.mappingKey(i)})
	}
	for _, r := range below {
		if countFilled(r.cells) == 0 {
			continue
		}
		cells := make([]string, shown)
		for i := range min(shown, len(r.cells)) {
			cells[i] = text.Truncate(text.SingleLine(r.cells[i]), previewCell)
		}
		if p.Sample = append(p.Sample, cells); len(p.Sample) == previewRows {
			break
		}
	}
	return p
}

// mappingKey names a column in a Mapping: by its title, or by its place where the title
// is empty, cut, or another column's too.
func (c columns) mappingKey(position int) string {
	h, title := c.headers[position], c.uses[position].Header
	if h.full == "" || normaliseHeader(title) != h.full || isColumnPlace(title) {
		return columnPlace(position)
	}
	for i, other := range c.headers {
		if i != position && other.full == h.full {
			return columnPlace(position)
		}
	}
	return title
}

package imports

import (
	"context"

	"tribemarket/models/creators"
)

// filePart is some rows of a file, understood, and how many bytes they took.
type filePart struct {
	rows  []readRow
	bytes int
}

// readRow is what became of one row of a file.
type readRow struct {
	creators.ImportedRow
	line   int
	wrong  *problem // why it has to be left out
	unread []unreadCell
	unsure []string // message keys
}

// unreadCell is a value that is not understood.
type unreadCell struct {
	position int
	value    string
}

const filePartRows = 256

// readParts reads a file to its end, or until nobody takes the parts any more. What
// stands before an error is given first.
func (r *importRun) readParts(ctx context.Context, p filePlan, parts chan<- filePart) error {
	var part filePart
	rows, err := p.file.Open(func(bytes int) { part.bytes += bytes })
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	send := func() error {
		select {
		case parts <- part:
			part = filePart{rows: make([]readRow, 0, filePartRows)}
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	var row *readRow
	parser := &rowParser{
		columns: p.columns, dates: p.dates, run: r,
		remark: func(position int, value string) { row.unread = append(row.unread, unreadCell{position, value}) },
		unsure: func(key string) { row.unsure = append(row.unsure, key) },
	}
	err = eachRow(rows, nil, p.columns.headerRow, func(line int, cells []string) error {
		part.rows = append(part.rows, readRow{line: line})
		row = &part.rows[len(part.rows)-1]
		switch {
		case cells == nil:
			row.wrong = problemOf("broken")
		case countFilled(cells) == 0:
			row.wrong = problemOf("blank")
		default:
			row.ImportedRow, row.wrong = parser.parse(cells)
		}
		if len(part.rows) < filePartRows {
			return nil
		}
		return send()
	})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if sent := send(); err == nil {
		err = sent
	}
	return err
}

package sheets

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// maxRowLines is the maximum number of lines of a row. A quote that is not closed within
// them counts as unclosed.
const maxRowLines = 100

// csvReader reads rows between line ends. Unlike encoding/csv it continues after a broken
// row: an unclosed quote only loses its own line.
type csvReader struct {
	name   string
	src    io.Reader
	closer io.Closer
	dialect
	checkUTF8 bool

	buf        []byte
	start, end int // of the unread data
	ended      bool
	line       int // at start

	cells  []string
	record quotedRecord
}

func newCSVReader(name string, src io.Reader, closer io.Closer, d dialect) *csvReader {
	r := &csvReader{name: name, src: src, closer: closer, dialect: d, buf: make([]byte, 4*headSize), line: 1}
	r.record.separator = d.separator
	return r
}

func (r *csvReader) Close() error { return r.closer.Close() }

func (r *csvReader) Next() (line int, cells []string, err error) {
	for {
		first, next, err := r.peekLine(0)
		line = r.line
		if err != nil {
			if errors.Is(err, errTooLong) {
				err = r.skipLine()
			}
			return line, nil, err
		}
		switch text := trimCR(first); {
		case len(text) == 0, r.told && line == 1:
			r.consume(next, 1)
			continue
		case bytes.IndexByte(text, '"') < 0:
			r.consume(next, 1)
			return line, r.split(text), nil
		}
		lines, next, err := r.readQuoted()
		if err != nil {
			return line, nil, err
		}
		if lines == 0 { // broken: only its first line
			_, next, err = r.peekLine(0)
			r.consume(next, 1)
			return line, nil, err
		}
		r.consume(next, lines)
		return line, r.record.split(r), nil
	}
}

// split splits a line without quotes.
func (r *csvReader) split(line []byte) []string {
	s, ok := r.text(line)
	if !ok {
		return nil
	}
	cells := r.cells[:0]
	for {
		i := strings.IndexByte(s, r.separator)
		if i < 0 {
			break
		}
		cells = append(cells, s[:i])
		s = s[i+1:]
	}
	cells = append(cells, s)
	r.cells = cells
	return cells
}

// text converts the bytes to a text that databases accept.
func (r *csvReader) text(b []byte) (string, bool) {
	if r.checkUTF8 && !utf8.Valid(b) {
		return "", false
	}
	if bytes.IndexByte(b, 0) >= 0 {
		b = bytes.ReplaceAll(b, []byte{0}, nil)
	}
	return string(b), true
}

// readQuoted reads a record with quotes. It returns no lines if the record is broken.
func (r *csvReader) readQuoted() (lines, next int, err error) {
	r.record.reset()
	for lines = 1; lines <= maxRowLines; lines++ {
		var line []byte
		line, next, err = r.peekLine(next)
		if errors.Is(err, io.EOF) || errors.Is(err, errTooLong) {
			return 0, 0, nil
		}
		if err != nil {
			return 0, 0, err
		}
		switch r.record.add(line) {
		case recordComplete:
			return lines, next, nil
		case recordBroken:
			return 0, 0, nil
		case recordOpen:
		}
	}
	return 0, 0, nil
}

type readerError string

func (e readerError) Error() string { return string(e) }

const errTooLong = readerError("row is too long")

// peekLine returns the line that begins so many bytes after the start, without its end,
// and where the next one begins.
func (r *csvReader) peekLine(from int) (line []byte, next int, err error) {
	searched := from
	for {
		rest := r.buf[r.start+searched : r.end]
		if i := bytes.IndexByte(rest, r.lineEnd); i >= 0 {
			i += searched
			if i > maxRowSize {
				return nil, 0, errTooLong
			}
			return r.buf[r.start+from : r.start+i], i + 1, nil
		}
		searched = r.end - r.start
		switch {
		case searched > maxRowSize:
			return nil, 0, errTooLong
		case r.ended && searched == from:
			return nil, 0, io.EOF
		case r.ended:
			return r.buf[r.start+from : r.end], searched, nil
		}
		if err := r.fill(); err != nil {
			return nil, 0, err
		}
	}
}

// fill reads more data, making room for it.
func (r *csvReader) fill() error {
	if r.start > 0 {
		r.end = copy(r.buf, r.buf[r.start:r.end])
		r.start = 0
	}
	if r.end == len(r.buf) {
		r.buf = append(r.buf, make([]byte, len(r.buf))...)
	}
	n, err := r.src.Read(r.buf[r.end:])
	r.end += n
	if errors.Is(err, io.EOF) {
		r.ended = true
		return nil
	}
	if err != nil {
		return unreadableFile(r.name, err)
	}
	return nil
}

func (r *csvReader) consume(n, lines int) {
	r.start += n
	r.line += lines
}

// skipLine skips a line that may be longer than the buffer.
func (r *csvReader) skipLine() error {
	for {
		if i := bytes.IndexByte(r.buf[r.start:r.end], r.lineEnd); i >= 0 {
			r.consume(i+1, 1)
			return nil
		}
		r.start = r.end
		if r.ended {
			return nil
		}
		if err := r.fill(); err != nil {
			return err
		}
	}
}

func trimCR(line []byte) []byte {
	for len(line) > 0 && line[len(line)-1] == '\r' {
		line = line[:len(line)-1]
	}
	return line
}

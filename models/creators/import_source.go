package creators

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"tribemarket/models"
)

// maxRowBytes is far above any real row; an unclosed quote would otherwise read
// the rest of a file into memory.
const maxRowBytes = 1 << 20

// importSource is one pass over a file, row by row.
type importSource struct {
	name    string
	closer  io.Closer
	csv     *csv.Reader
	limit   *rowLimitReader
	columns importColumns
}

// openImportSource opens a file, detects its separator and columns, and stops
// before the first row. read is called with the number of bytes read.
func openImportSource(f ImportFile, read func(n int)) (*importSource, error) {
	rc, err := f.Open()
	if err != nil {
		return nil, &models.Error{Code: models.CodeInvalid, Key: "creators.import.unreadable", Args: []any{"file", f.Name}, Cause: err}
	}
	s := &importSource{name: f.Name, closer: rc}
	s.limit = &rowLimitReader{r: &utf8Reader{r: &countingReader{rc, read}, line: 1}}
	buffered := bufio.NewReaderSize(s.limit, 64<<10)
	if start, _ := buffered.Peek(3); bytes.Equal(start, []byte("\ufeff")) {
		_, _ = buffered.Discard(3)
	}
	s.csv = csv.NewReader(buffered)
	s.csv.Comma, s.csv.FieldsPerRecord, s.csv.ReuseRecord = detectSeparator(buffered), -1, true
	header, err := s.csv.Read()
	if err == nil {
		s.columns, err = parseHeader(header)
	}
	if err != nil {
		return nil, errors.Join(s.errorWithFile(err), rc.Close())
	}
	return s, nil
}

func (s *importSource) close() error { return s.closer.Close() }

// errorWithFile adds the file's name to an error that a person sees.
func (s *importSource) errorWithFile(err error) error {
	var e *models.Error
	var parse *csv.ParseError
	switch {
	case errors.As(err, &e):
		return &models.Error{Code: e.Code, Key: e.Key, Args: append([]any{"file", s.name}, e.Args...), Cause: e.Cause}
	case errors.Is(err, io.EOF), errors.As(err, &parse):
		return headerError(s.name)
	}
	return &models.Error{Code: models.CodeInvalid, Key: "creators.import.unreadable", Args: []any{"file", s.name}, Cause: err}
}

// eachRow yields each row with its line. Rows with broken quotes go to leftOut.
func (s *importSource) eachRow(row func(line int, cells []string) error, leftOut func(line int, key string, args ...any)) error {
	for {
		s.limit.n = 0
		cells, err := s.csv.Read()
		var parse *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &parse):
			leftOut(parse.StartLine, "creators.import.broken_row")
			continue
		case err != nil:
			return s.errorWithFile(err)
		}
		line, _ := s.csv.FieldPos(0)
		if isBlankRow(cells) {
			leftOut(line, "creators.import.blank_row")
			continue
		}
		if err := row(line, cells); err != nil {
			return err
		}
	}
}

func isBlankRow(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// detectSeparator returns the character that separates the columns of the first line.
func detectSeparator(r *bufio.Reader) rune {
	start, _ := r.Peek(16 << 10)
	best, most := ',', 0
	for _, sign := range ",;\t|" {
		n, quoted := 0, false
	line:
		for _, c := range string(start) {
			switch {
			case c == '"':
				quoted = !quoted
			case c == '\n' && !quoted:
				break line
			case c == sign && !quoted:
				n++
			}
		}
		if n > most {
			best, most = sign, n
		}
	}
	return best
}

// countingReader reports the bytes that were read.
type countingReader struct {
	r    io.Reader
	read func(n int)
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.read(n)
	return n, err
}

// rowLimitReader ends a pass when a row grows longer than any real one.
type rowLimitReader struct {
	r io.Reader
	n int
}

func (l *rowLimitReader) Read(p []byte) (int, error) {
	if l.n > maxRowBytes {
		return 0, &models.Error{Code: models.CodeInvalid, Key: "creators.import.long_row", Args: []any{"most", maxRowBytes}}
	}
	n, err := l.r.Read(p)
	l.n += n
	return n, err
}

// utf8Reader ends a pass at the first byte that is not UTF-8, and reports its position.
type utf8Reader struct {
	r          io.Reader
	at         int64 // valid bytes so far
	line       int
	incomplete []byte // the beginning of a character whose end has not been read yet
	err        error  // kept, since a look-ahead forgets it
}

func (u *utf8Reader) Read(p []byte) (int, error) {
	if u.err != nil {
		return 0, u.err
	}
	n, err := u.r.Read(p)
	text := p[:n]
	if len(u.incomplete) > 0 {
		text = append(u.incomplete, text...)
	}
	whole := len(text)
	if !errors.Is(err, io.EOF) {
		whole -= incompleteBytes(text)
	}
	if !utf8.Valid(text[:whole]) {
		u.err = u.invalidByteError(text)
		return 0, u.err
	}
	u.at += int64(whole)
	u.line += bytes.Count(text[:whole], []byte{'\n'})
	u.incomplete = append([]byte(nil), text[whole:]...)
	return n, err
}

// incompleteBytes is the number of bytes at the end that begin a character without ending it.
func incompleteBytes(text []byte) int {
	for i := 1; i <= min(len(text), utf8.UTFMax-1); i++ {
		if b := text[len(text)-i]; utf8.RuneStart(b) {
			if !utf8.FullRune(text[len(text)-i:]) {
				return i
			}
			return 0
		}
	}
	return 0
}

func (u *utf8Reader) invalidByteError(text []byte) error {
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if r == utf8.RuneError && size == 1 {
			break
		}
		if r == '\n' {
			u.line++
		}
		u.at += int64(size)
		text = text[size:]
	}
	return &models.Error{Code: models.CodeInvalid, Key: "creators.import.not_utf8", Args: []any{"byte", u.at + 1, "line", u.line}}
}

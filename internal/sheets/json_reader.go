package sheets

import (
	"errors"
	"io"
	"unicode/utf8"
)

// headerObjects is the number of objects that determine the columns.
const headerObjects = 200

// jsonReader reads objects as rows: those of an array, of an array within an object, or
// one after another as in JSON Lines. The first row has the names.
type jsonReader struct {
	text   textFile
	closer io.Closer
	s      jsonScanner
	layout jsonLayout
	value  []byte

	columns   map[string]int
	header    []string // until it has been returned
	firstLine int
	cells     []string
}

// openJSON reads the first objects for their names, and starts again.
func openJSON(text textFile) (Reader, error) {
	first, err := startJSON(text)
	if err != nil {
		return nil, err
	}
	header, line, err := first.readHeader()
	_ = first.Close()
	if err != nil {
		return nil, err
	}
	r, err := startJSON(text)
	if err != nil {
		return nil, err
	}
	r.header, r.firstLine = header, line
	r.columns = make(map[string]int, len(header))
	for i, name := range header {
		r.columns[name] = i
	}
	r.cells = make([]string, len(header))
	return r, nil
}

// startJSON advances to the first object.
func startJSON(text textFile) (*jsonReader, error) {
	layout, err := text.findJSONLayout()
	if err != nil {
		return nil, err
	}
	in, closer, err := text.reader()
	if err != nil {
		return nil, err
	}
	r := &jsonReader{text: text, closer: closer, s: jsonScanner{in: in, line: 1}, layout: layout}
	if layout != jsonArray {
		return r, nil
	}
	var found bool
	if b, _ := r.s.peek(); b == '{' {
		found, err = r.s.findArray(1)
	} else {
		found, err = r.s.enterArray()
	}
	if err != nil || !found {
		_ = r.Close()
		return nil, r.problem(orBad(err))
	}
	return r, nil
}

func (r *jsonReader) Close() error { return r.closer.Close() }

func (r *jsonReader) readHeader() (header []string, line int, err error) {
	known := map[string]bool{}
	for range headerObjects {
		at, object, err := r.nextObject()
		if errors.Is(err, io.EOF) || err != nil && len(header) > 0 {
			break // the error is reported with its row
		}
		if err != nil {
			return nil, 0, err
		}
		_ = flattenObject(object, func(key, _ string) {
			if !known[key] && len(header) < maxColumns {
				known[key] = true
				header = append(header, key)
			}
		})
		if line == 0 {
			line = at
		}
	}
	if len(header) == 0 {
		return nil, 0, r.problem(errBadJSON)
	}
	return header, line, nil
}

func (r *jsonReader) Next() (line int, cells []string, err error) {
	if r.header != nil {
		header := r.header
		r.header = nil
		return r.firstLine, header, nil
	}
	line, object, err := r.nextObject()
	if err != nil || object == nil {
		return line, nil, err
	}
	clear(r.cells)
	if err := flattenObject(object, func(key, value string) {
		if i, ok := r.columns[key]; ok {
			r.cells[i] = value
		}
	}); err != nil {
		return line, nil, nil //nolint:nilerr // a row that cannot be read
	}
	return line, r.cells, nil
}

// nextObject returns the bytes of the next object; nil for one that is not fit.
func (r *jsonReader) nextObject() (line int, object []byte, err error) {
	b, err := r.s.peek()
	for err == nil && b == ',' {
		_, _ = r.s.take()
		b, err = r.s.peek()
	}
	switch {
	case errors.Is(err, io.EOF) && r.layout != jsonArray, err == nil && b == ']' && r.layout == jsonArray:
		return r.s.line, nil, io.EOF
	case err != nil:
		return r.s.line, nil, r.problem(err)
	}
	line = r.s.line
	read := r.s.readValue
	if r.layout == jsonLines {
		read = r.s.readLine // a broken object only loses its line
	}
	value, fit, err := read(r.value[:0])
	r.value = value
	if err != nil {
		return line, nil, r.problem(err)
	}
	return line, r.checked(value, fit), nil
}

func (r *jsonReader) checked(value []byte, fit bool) []byte {
	if !fit || len(value) == 0 || value[0] != '{' || r.text.enc.mayBeBroken && !utf8.Valid(value) {
		return nil
	}
	return value
}

func (r *jsonReader) problem(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, errBadJSON) {
		return readError("imports.error.bad_json", r.text.name, err, "offset", r.s.offset)
	}
	return unreadableFile(r.text.name, err)
}

package sheets

import (
	"bufio"
	"errors"
	"io"
)

// jsonScanner finds where values begin and end, and keeps none that is longer than a row.
type jsonScanner struct {
	in     *bufio.Reader
	offset int64
	line   int
}

const errBadJSON = readerError("not JSON")

// peek returns the next byte that is not white space, without consuming it.
func (s *jsonScanner) peek() (byte, error) {
	for {
		b, err := s.in.ReadByte()
		if err != nil {
			return 0, err
		}
		if b != ' ' && b != '\t' && b != '\n' && b != '\r' {
			return b, s.in.UnreadByte()
		}
		s.count(b)
	}
}

func (s *jsonScanner) take() (byte, error) {
	b, err := s.in.ReadByte()
	if err == nil {
		s.count(b)
	}
	return b, err
}

func (s *jsonScanner) count(b byte) {
	s.offset++
	if b == '\n' {
		s.line++
	}
}

// readValue reads the value that begins here. It is not fit if it is too long to be kept.
func (s *jsonScanner) readValue(into []byte) (value []byte, fit bool, err error) {
	first, err := s.peek()
	if err != nil {
		return into, false, err
	}
	depth, quoted, escaped, fit := 0, false, false, true
	plain := first != '{' && first != '[' && first != '"' // a number or a word
	for {
		b, err := s.take()
		if err != nil {
			if errors.Is(err, io.EOF) && plain {
				return into, fit, nil
			}
			return into, fit, err
		}
		if fit = fit && len(into) < maxRowSize; fit {
			into = append(into, b)
		}
		switch {
		case escaped:
			escaped = false
		case quoted:
			escaped = b == '\\'
			quoted = b != '"'
		case b == '"':
			quoted = true
		case b == '{' || b == '[':
			depth++
		case b == '}' || b == ']':
			depth--
		}
		if depth == 0 && !quoted && !plain {
			return into, fit, nil
		}
		if plain {
			if next, err := s.in.Peek(1); err == nil && endsPlain(next[0]) {
				return into, fit, nil
			}
		}
	}
}

// readLine reads the rest of the line.
func (s *jsonScanner) readLine(into []byte) (line []byte, fit bool, err error) {
	fit = true
	for {
		b, err := s.take()
		if errors.Is(err, io.EOF) || err == nil && b == '\n' {
			return into, fit, nil
		}
		if err != nil {
			return into, false, err
		}
		if fit = fit && len(into) < maxRowSize; fit {
			into = append(into, b)
		}
	}
}

func endsPlain(b byte) bool {
	switch b {
	case ',', ']', '}', ':', ' ', '\t', '\r', '\n':
		return true
	}
	return false
}

// findArray advances to the first array of objects within the object that begins here.
func (s *jsonScanner) findArray(depth int) (found bool, err error) {
	if _, err = s.take(); err != nil {
		return false, err
	}
	for {
		b, err := s.peek()
		switch {
		case err != nil:
			return false, err
		case b == '}':
			_, err = s.take()
			return false, err
		case b == ',':
			_, _ = s.take()
			continue
		case b != '"':
			return false, errBadJSON
		}
		if _, _, err = s.readValue(nil); err != nil { // the key
			return false, err
		}
		if b, err = s.peek(); err != nil || b != ':' {
			return false, orBad(err)
		}
		_, _ = s.take()
		if b, err = s.peek(); err != nil {
			return false, err
		}
		switch {
		case b == '{' && depth < maxWrappers:
			if found, err = s.findArray(depth + 1); found || err != nil {
				return found, err
			}
		case b == '[':
			if found, err = s.enterArray(); found || err != nil {
				return found, err
			}
		default:
			if _, _, err = s.readValue(nil); err != nil {
				return false, err
			}
		}
	}
}

// maxWrappers is how deep an array may be nested in objects.
const maxWrappers = 4

// enterArray stops before the first object of the array, or skips an array that begins
// with something else.
func (s *jsonScanner) enterArray() (found bool, err error) {
	if _, err = s.take(); err != nil {
		return false, err
	}
	b, err := s.peek()
	if err != nil || b == '{' {
		return err == nil, err
	}
	for {
		if b, err = s.peek(); err != nil {
			return false, err
		}
		switch b {
		case ']':
			_, err = s.take()
			return false, err
		case ',':
			_, err = s.take()
		default:
			_, _, err = s.readValue(nil)
		}
		if err != nil {
			return false, err
		}
	}
}

func orBad(err error) error {
	if err == nil {
		return errBadJSON
	}
	return err
}

package sheets

import (
	"bufio"
	"bytes"
)

// jsonLayout is how the objects of a file are arranged.
type jsonLayout int

const (
	jsonArray   jsonLayout = iota // in an array, possibly within an object
	jsonLines                     // each on a line of its own
	jsonObjects                   // one after another
)

// isJSON distinguishes an array or object from a CSV file whose first cell begins with a
// bracket.
func isJSON(start []byte) bool {
	start = bytes.TrimLeft(start, " \t\r\n")
	if len(start) == 0 || start[0] != '[' && start[0] != '{' {
		return false
	}
	inside := bytes.TrimLeft(start[1:], " \t\r\n")
	if len(inside) == 0 {
		return true
	}
	if start[0] == '{' {
		return inside[0] == '"' || inside[0] == '}'
	}
	return inside[0] == '{' || inside[0] == ']'
}

// findJSONLayout determines the layout from the first line and the first value.
func (f textFile) findJSONLayout() (jsonLayout, error) {
	in, closer, err := f.reader()
	if err != nil {
		return jsonArray, err
	}
	defer func() { _ = closer.Close() }()
	s := jsonScanner{in: in, line: 1}
	if b, err := s.peek(); err != nil || b != '{' {
		return jsonArray, nil // who reads the array meets the error again
	}
	line, fit, err := s.readLine(nil)
	if err == nil && fit && endsObject(line) {
		if next, err := s.peek(); err == nil && next == '{' {
			return jsonLines, nil // even if this one is broken
		}
	}
	return f.findObjectLayout()
}

// findObjectLayout distinguishes an object around a table from one that is a row.
func (f textFile) findObjectLayout() (jsonLayout, error) {
	in, closer, err := f.reader()
	if err != nil {
		return jsonArray, err
	}
	defer func() { _ = closer.Close() }()
	s := jsonScanner{in: in, line: 1}
	first, fit, err := s.readValue(nil)
	if err != nil {
		return jsonArray, nil // who reads the array meets the error again
	}
	if next, err := s.peek(); err == nil && (next == '{' || next == ',') {
		return jsonObjects, nil
	}
	if fit {
		inner := jsonScanner{in: bufio.NewReader(bytes.NewReader(first))}
		if found, err := inner.findArray(1); !found && err == nil {
			return jsonObjects, nil
		}
	}
	return jsonArray, nil
}

func endsObject(line []byte) bool {
	line = bytes.TrimSpace(line)
	return len(line) > 1 && line[len(line)-1] == '}'
}

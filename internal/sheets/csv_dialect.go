package sheets

import (
	"bytes"
	"io"
	"strings"
)

// dialect is the layout of a CSV file.
type dialect struct {
	separator byte
	lineEnd   byte // LF (also after CR), or CR alone
	told      bool // declared by a first line sep=;, which is not a row
}

const (
	separators    = ",;\t|"
	headerRegion  = 20 // number of rows by which the separator is determined
	weightedFirst = 3  // the number of first rows that count more
)

// findDialect determines the layout from the beginning of the file: by the line that
// Excel writes for itself, or otherwise by the separator that splits most of the first
// rows into the same number of cells.
func findDialect(start []byte) dialect {
	d := dialect{separator: ',', lineEnd: findLineEnd(start)}
	first, _, _ := bytes.Cut(start, []byte{d.lineEnd})
	line := strings.Trim(string(first), "\r\" ")
	if len(line) == len("sep=,") && strings.EqualFold(line[:4], "sep=") {
		d.separator, d.told = line[4], true
		return d
	}
	best := 0
	for _, separator := range []byte(separators) {
		try := d
		try.separator = separator
		if score := try.score(start); score > best {
			d.separator, best = separator, score
		}
	}
	return d
}

// findLineEnd returns CR if there is no LF outside quotes.
func findLineEnd(start []byte) byte {
	quoted, found := false, byte('\n')
	for _, b := range start {
		switch {
		case b == '"':
			quoted = !quoted
		case b == '\n' && !quoted:
			return '\n'
		case b == '\r' && !quoted:
			found = '\r'
		}
	}
	if quoted && bytes.IndexByte(start, '\r') >= 0 && bytes.IndexByte(start, '\n') < 0 {
		return '\r' // an unclosed quote hides the line ends
	}
	return found
}

// score says how evenly the separator splits the first rows: the number of rows with the
// most frequent number of cells, and then that number.
func (d dialect) score(start []byte) int {
	r := newCSVReader("", bytes.NewReader(start), io.NopCloser(nil), d)
	rowsOf := map[int]int{} // by number of cells
	for i := range headerRegion {
		_, cells, err := r.Next()
		if err != nil {
			break
		}
		if len(cells) < 2 {
			continue
		}
		if rowsOf[len(cells)]++; i < weightedFirst {
			rowsOf[len(cells)]++
		}
	}
	best := 0
	for cells, rows := range rowsOf {
		best = max(best, rows*1000+min(cells, 999))
	}
	return best
}

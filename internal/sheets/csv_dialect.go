package sheets

import (
	"bytes"
	"io"
	"strings"
)

// dialect is how a CSV file is laid out.
type dialect struct {
	separator byte
	lineEnd   byte // LF (also after CR), or CR alone
	told      bool // by a first line sep=;, which is no row
}

const (
	separators    = ",;\t|"
	headerRegion  = 20 // rows by which the separator is judged
	weightedFirst = 3  // of them, which count more
)

// findDialect tells the layout from the beginning of the file: by the line that
// Excel writes for itself, or else the separator that cuts most of the first rows
// into the same number of cells.
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

// findLineEnd is CR where no LF stands outside of quotes.
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
		return '\r' // a quote that nothing closes hides the line ends
	}
	return found
}

// score tells how evenly the separator cuts the first rows: the rows with the
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

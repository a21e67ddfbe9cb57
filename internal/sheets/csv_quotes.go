package sheets

import "bytes"

// recordState is the state of reading a record with quotes.
type recordState int

const (
	recordOpen     recordState = iota // continues on the next line
	recordComplete                    // ends with this line
	recordBroken                      // has an unclosed quote
)

// quotedRecord splits a record line by line.
type quotedRecord struct {
	separator byte
	text      []byte // all cells, without their quotes
	ends      []int  // of the cells in it
	quoted    bool   // the last line left a quoted cell open
}

func (q *quotedRecord) reset() {
	q.text, q.ends, q.quoted = q.text[:0], q.ends[:0], false
}

func (q *quotedRecord) add(line []byte) recordState {
	if q.quoted {
		q.text = append(q.text, '\n')
	}
	at := 0
	for {
		if !q.quoted {
			start := skipSpaces(line, at)
			if start == len(line) || line[start] != '"' {
				next := q.addBare(line, at)
				if next < 0 {
					return recordComplete
				}
				at = next
				continue
			}
			q.quoted = true
			at = start + 1
		}
		next, state := q.addQuoted(line, at)
		if state != recordComplete {
			return state
		}
		if q.endCell(); next < 0 {
			return recordComplete
		}
		at = next
	}
}

// addBare adds a cell that does not begin with a quote; quotes within it are kept. It
// returns where the next cell begins, less than 0 after the last.
func (q *quotedRecord) addBare(line []byte, at int) int {
	i := bytes.IndexByte(line[at:], q.separator)
	if i < 0 {
		q.text = append(q.text, trimCR(line[at:])...)
		q.endCell()
		return -1
	}
	q.text = append(q.text, line[at:at+i]...)
	q.endCell()
	return at + i + 1
}

// addQuoted adds to a cell up to the closing quote. A quote that is neither doubled nor
// before a separator belongs to the text, as in "Bob "the man" Smith"; but where a cell
// could begin, it shows that the previous cell was never closed.
func (q *quotedRecord) addQuoted(line []byte, at int) (next int, s recordState) {
	for {
		i := bytes.IndexByte(line[at:], '"')
		if i < 0 {
			rest := line[at:]
			if len(rest) > 0 && rest[len(rest)-1] == '\r' {
				rest = rest[:len(rest)-1]
			}
			q.text = append(q.text, rest...)
			return 0, recordOpen
		}
		q.text = append(q.text, line[at:at+i]...)
		quote := at + i
		at = quote + 1
		if at < len(line) && line[at] == '"' {
			q.text = append(q.text, '"')
			at++
			continue
		}
		switch after := skipSpaces(line, at); {
		case after == len(line) || len(trimCR(line[after:])) == 0:
			q.quoted = false
			return -1, recordComplete
		case line[after] == q.separator:
			q.quoted = false
			return after + 1, recordComplete
		case quote == 0 || line[quote-1] == q.separator:
			return 0, recordBroken
		}
		q.text = append(q.text, '"')
	}
}

func (q *quotedRecord) endCell() { q.ends = append(q.ends, len(q.text)) }

// split returns the cells of the record.
func (q *quotedRecord) split(r *csvReader) []string {
	if r.checkUTF8 || bytes.IndexByte(q.text, 0) >= 0 {
		return q.splitEach(r)
	}
	cells, start, all := r.cells[:0], 0, string(q.text)
	for _, end := range q.ends {
		cells = append(cells, all[start:end])
		start = end
	}
	r.cells = cells
	return cells
}

func (q *quotedRecord) splitEach(r *csvReader) []string {
	cells, start := r.cells[:0], 0
	for _, end := range q.ends {
		s, ok := r.text(q.text[start:end])
		if !ok {
			return nil
		}
		cells = append(cells, s)
		start = end
	}
	r.cells = cells
	return cells
}

func skipSpaces(line []byte, at int) int {
	for at < len(line) && line[at] == ' ' {
		at++
	}
	return at
}

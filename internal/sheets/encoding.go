package sheets

import (
	"bytes"
	"io"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/unicode"
)

// fileEncoding is the encoding of a text file.
type fileEncoding struct {
	from        encoding.Encoding // nil means UTF-8
	mayBeBroken bool              // UTF-8 except for some rows, which cannot be read
}

func (e fileEncoding) decode(r io.Reader) io.Reader {
	if e.from == nil {
		return r
	}
	return e.from.NewDecoder().Reader(r)
}

// lookupEncoding is the encoding with a name given by a person; nil for no name.
func lookupEncoding(file, name string) (encoding.Encoding, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return nil, nil
	}
	enc, err := htmlindex.Get(name)
	if err != nil {
		enc, err = ianaindex.IANA.Encoding(name)
	}
	if err != nil || enc == nil || enc == encoding.Replacement {
		return nil, readError("imports.error.unknown_encoding", file, err, "name", name)
	}
	return enc, nil
}

// findEncoding determines the encoding of a file: by its byte order mark, as specified,
// or from all its bytes.
func findEncoding(name string, open func() (io.ReadCloser, error), head []byte, told encoding.Encoding) (fileEncoding, error) {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return fileEncoding{from: unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)}, nil
	case told == unicode.UTF8:
		return fileEncoding{mayBeBroken: true}, nil
	case told != nil && !bytes.HasPrefix(head, []byte(utf8Mark)):
		return fileEncoding{from: told}, nil
	}
	if order, ok := guessUTF16(head); ok {
		return fileEncoding{from: unicode.UTF16(order, unicode.IgnoreBOM)}, nil
	}
	var found utf8Scan
	if err := scanFile(open, found.scan); err != nil {
		return fileEncoding{}, unreadableFile(name, err)
	}
	switch {
	case found.invalid == 0:
		return fileEncoding{}, nil
	case bytes.HasPrefix(head, []byte(utf8Mark)), found.isMostlyUTF8():
		return fileEncoding{mayBeBroken: true}, nil
	case found.valid == 0:
		western := westernScan{before: '\n'}
		if err := scanFile(open, western.scan); err != nil {
			return fileEncoding{}, unreadableFile(name, err)
		}
		if western.isSure() {
			return fileEncoding{from: charmap.Windows1252}, nil
		}
		if found.isMostlyASCII() {
			return fileEncoding{mayBeBroken: true}, nil
		}
	}
	return fileEncoding{}, readError("imports.error.encoding", name, nil, "offset", found.firstInvalid, "line", found.line())
}

// guessUTF16 recognises UTF-16 without a mark by the zero in nearly every second byte,
// always on the same side.
func guessUTF16(head []byte) (unicode.Endianness, bool) {
	var zeros [2]int
	for i, b := range head[:len(head)&^1] {
		if b == 0 {
			zeros[i&1]++
		}
	}
	units := len(head) / 2
	switch {
	case units > 1 && zeros[1]*2 > units && zeros[0]*50 < units:
		return unicode.LittleEndian, true
	case units > 1 && zeros[0]*2 > units && zeros[1]*50 < units:
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}

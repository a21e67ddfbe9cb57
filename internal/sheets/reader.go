package sheets

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"golang.org/x/text/encoding"
)

// Reader reads the rows of a table one after another.
type Reader interface {
	// Next returns the next row and the line on which it begins (in a spreadsheet the
	// number of the row), and io.EOF after the last. The cells are valid until the next
	// call. They are nil for a row that cannot be read; later rows can be.
	Next() (line int, cells []string, err error)
	Close() error
}

// ReadOptions are what a person specifies about a file.
type ReadOptions struct {
	Encoding string          // by its IANA name, such as windows-1252; "" to detect it
	OnRead   func(bytes int) // called with the number of bytes of the rows as they are read; may be nil
}

const (
	maxRowSize = 1 << 20 // bytes; a longer row cannot be read
	headSize   = 64 << 10
)

// OpenReader opens a table in the format of its contents: CSV with any usual separator,
// XLSX, or JSON. The name is only used in errors. The file is opened more than once,
// since it is inspected before it is read.
func OpenReader(name string, open func() (io.ReadCloser, error), o ReadOptions) (Reader, error) {
	told, err := lookupEncoding(name, o.Encoding)
	if err != nil {
		return nil, err
	}
	head, err := readHead(open)
	if err != nil {
		return nil, unreadableFile(name, err)
	}
	switch kind := sniffBinary(head); kind {
	case "":
		return openText(name, open, head, told, o.OnRead)
	case kindZIP:
		return openWorkbook(name, countReads(open, o.OnRead))
	case kindOLE:
		return nil, readError("imports.error.old_excel", name, nil)
	default:
		return nil, readError("imports.error.not_a_table", name, nil, "kind", kind)
	}
}

func openText(name string, open func() (io.ReadCloser, error), head []byte, told encoding.Encoding, onRead func(int)) (Reader, error) {
	enc, err := findEncoding(name, open, head, told)
	if err != nil {
		return nil, err
	}
	text := textFile{name: name, open: countReads(open, onRead), enc: enc}
	in, closer, err := text.reader()
	if err != nil {
		return nil, err
	}
	start, err := in.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		_ = closer.Close()
		return nil, unreadableFile(name, err)
	}
	if kind := sniffMarkup(start); kind != "" {
		_ = closer.Close()
		return nil, readError("imports.error.not_a_table", name, nil, "kind", kind)
	}
	if isJSON(start) {
		_ = closer.Close()
		return openJSON(text)
	}
	r := newCSVReader(name, in, closer, findDialect(start))
	r.checkUTF8 = enc.mayBeBroken
	return r, nil
}

func readHead(open func() (io.ReadCloser, error)) ([]byte, error) {
	f, err := open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	head := make([]byte, headSize)
	n, err := io.ReadFull(f, head)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return head[:n], err
}

// textFile is a text file in a known encoding.
type textFile struct {
	name string
	open func() (io.ReadCloser, error)
	enc  fileEncoding
}

// reader returns the text as UTF-8, without a byte order mark.
func (f textFile) reader() (*bufio.Reader, io.Closer, error) {
	file, err := f.open()
	if err != nil {
		return nil, nil, unreadableFile(f.name, err)
	}
	in := bufio.NewReaderSize(f.enc.decode(file), headSize)
	if mark, _ := in.Peek(len(utf8Mark)); string(mark) == utf8Mark {
		_, _ = in.Discard(len(utf8Mark))
	}
	return in, file, nil
}

const (
	kindZIP = "ZIP"
	kindOLE = "OLE" // what Excel wrote before 2007, and writes around an encrypted workbook
)

// formats are the first bytes of files that are not text.
var formats = []struct{ start, kind string }{
	{"PK\x03\x04", kindZIP}, {"PK\x05\x06", kindZIP},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", kindOLE},
	{"%PDF-", "PDF"}, {"\x1f\x8b", "gzip"}, {"BZh", "bzip2"}, {"\xfd7zXZ\x00", "xz"}, {"\x28\xb5\x2f\xfd", "zstd"},
	{"7z\xbc\xaf\x27\x1c", "7z"}, {"Rar!\x1a\x07", "RAR"}, {"SQLite format 3\x00", "SQLite"}, {"PAR1", "Parquet"},
	{"\x89PNG\r\n", "PNG"}, {"\xff\xd8\xff", "JPEG"}, {"GIF8", "GIF"}, {`{\rtf`, "RTF"},
}

func sniffBinary(head []byte) string {
	for _, f := range formats {
		if bytes.HasPrefix(head, []byte(f.start)) {
			return f.kind
		}
	}
	return ""
}

// sniffMarkup recognises HTML pages and XML, which many programs save as .xls.
func sniffMarkup(start []byte) string {
	start = bytes.TrimLeft(start, " \t\r\n")
	if len(start) < 2 || start[0] != '<' || !isASCIILetter(start[1]) && start[1] != '!' && start[1] != '?' {
		return ""
	}
	if bytes.HasPrefix(start, []byte("<?xml")) {
		return "XML"
	}
	return "HTML"
}

func isASCIILetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// countReads opens a file whose reads are reported.
func countReads(open func() (io.ReadCloser, error), onRead func(bytes int)) func() (io.ReadCloser, error) {
	if onRead == nil {
		return open
	}
	return func() (io.ReadCloser, error) {
		f, err := open()
		if err != nil {
			return nil, err
		}
		return countingFile{f, onRead}, nil
	}
}

type countingFile struct {
	io.ReadCloser
	onRead func(bytes int)
}

func (f countingFile) Read(p []byte) (int, error) {
	n, err := f.ReadCloser.Read(p)
	f.onRead(n)
	return n, err
}

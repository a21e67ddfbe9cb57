package sheets

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
)

// The limits of a workbook, in bytes.
const (
	maxWorkbookFile = 256 << 20
	maxWorkbookSize = 1 << 30  // unpacked, nearly all of it on disk
	maxPartInMemory = 8 << 20  // a longer sheet is read from disk
	maxInMemory     = 64 << 20 // of all other parts together
	maxParts        = 10_000   // files in it
	maxCellText     = 1 << 20  // between two tags
	maxRowXML       = 16 << 20 // between two rows, and after the last
)

// checkWorkbook refuses files that are not workbooks, and workbooks that would unpack to
// more than a machine can hold, before anything is unpacked into memory.
func checkWorkbook(name, file string) error {
	z, err := zip.OpenReader(file)
	if err != nil {
		return unreadableFile(name, err)
	}
	defer func() { _ = z.Close() }()
	if kind := archiveKind(z.File); kind != "" {
		return readError("imports.error.not_a_table", name, nil, "kind", kind)
	}
	var all, inMemory uint64
	for _, part := range z.File {
		size := part.UncompressedSize64
		if all += size; size > maxWorkbookSize || all > maxWorkbookSize {
			return readError("imports.error.too_large", name, nil)
		}
		path := partPath(part)
		sheet := strings.HasPrefix(path, "xl/worksheets/sheet")
		if size <= maxPartInMemory || !sheet && path != "xl/sharedstrings.xml" {
			inMemory += size
		}
		if sheet && size > maxPartInMemory {
			if fits, err := fitsInMemory(part); err != nil {
				return unreadableFile(name, err)
			} else if !fits {
				return readError("imports.error.too_large", name, nil)
			}
		}
	}
	if inMemory > maxInMemory || len(z.File) > maxParts {
		return readError("imports.error.too_large", name, nil)
	}
	return nil
}

// archiveKind says what a ZIP file is if it is not a workbook.
func archiveKind(parts []*zip.File) string {
	kind := kindZIP
	for _, part := range parts {
		switch path := partPath(part); {
		case path == "xl/workbook.xml":
			return ""
		case path == "xl/workbook.bin":
			return "XLSB"
		case path == "mimetype":
			kind = "OpenDocument"
		case strings.HasSuffix(path, ".iwa"):
			kind = "Numbers"
		case path == "word/document.xml":
			kind = "Word"
		}
	}
	return kind
}

func partPath(part *zip.File) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(part.Name, `\`, "/"), "/"))
}

// fitsInMemory says whether no text and no row of a sheet is too long, since the library
// keeps each as a whole.
func fitsInMemory(part *zip.File) (bool, error) {
	in, err := part.Open()
	if err != nil {
		return false, err
	}
	defer func() { _ = in.Close() }()
	block := make([]byte, headSize)
	text, row := 0, 0 // how long they are so far
	for {
		n, err := in.Read(block)
		p := block[:n]
		if i := bytes.IndexByte(p, '<'); i >= 0 {
			if text+i > maxCellText {
				return false, nil
			}
			text = n - bytes.LastIndexByte(p, '<')
		} else {
			text += n
		}
		if row += n; bytes.Contains(p, []byte("<row")) || bytes.Contains(p, []byte(":row ")) {
			row = 0
		}
		if text > maxCellText || row > maxRowXML {
			return false, nil
		}
		if errors.Is(err, io.EOF) {
			return true, nil
		}
		if err != nil {
			return false, err
		}
	}
}

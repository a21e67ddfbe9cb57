package sheets

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// workbookReader reads the rows of the first sheet that has any.
type workbookReader struct {
	name   string
	folder string // for temporary files
	book   *excelize.File
	rows   *excelize.Rows
	row    int
}

// openWorkbook copies the file to the system's temporary folder, since a ZIP is
// read from its end.
func openWorkbook(name string, open func() (io.ReadCloser, error)) (_ Reader, err error) {
	folder, err := os.MkdirTemp("", "workbook-")
	if err != nil {
		return nil, unreadableFile(name, err)
	}
	r := &workbookReader{name: name, folder: folder}
	defer func() {
		if err != nil {
			_ = r.Close()
		}
	}()
	copied := filepath.Join(folder, "workbook.zip")
	if err := copyWorkbook(name, copied, open); err != nil {
		return nil, err
	}
	if err := checkWorkbook(name, copied); err != nil {
		return nil, err
	}
	if err := r.openSheet(copied); err != nil {
		return nil, unreadableFile(name, err)
	}
	return r, nil
}

func copyWorkbook(name, to string, open func() (io.ReadCloser, error)) error {
	in, err := open()
	if err != nil {
		return unreadableFile(name, err)
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(filepath.Clean(to), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return unreadableFile(name, err)
	}
	n, err := io.Copy(out, io.LimitReader(in, maxWorkbookFile+1))
	if err = errors.Join(err, out.Close()); err != nil {
		return unreadableFile(name, err)
	}
	if n > maxWorkbookFile {
		return readError("imports.error.too_large", name, nil)
	}
	return nil
}

// openSheet chooses the sheet: a hidden one only if no other has a row.
func (r *workbookReader) openSheet(file string) (err error) {
	defer recoverWorkbook(&err)
	r.book, err = excelize.OpenFile(file, excelize.Options{UnzipSizeLimit: maxWorkbookSize, UnzipXMLSizeLimit: maxPartInMemory, TmpDir: r.folder})
	if err != nil {
		return err
	}
	if err := keepStoredNumbers(r.book); err != nil {
		return err
	}
	var shown, hidden []string
	for _, sheet := range r.book.GetSheetList() {
		if visible, err := r.book.GetSheetVisible(sheet); err == nil && !visible {
			hidden = append(hidden, sheet)
		} else {
			shown = append(shown, sheet)
		}
	}
	for _, sheet := range append(shown, hidden...) {
		if r.rows, err = r.book.Rows(sheet); err != nil {
			continue // a chart sheet
		}
		if _, _, err = r.next(); err == nil {
			_ = r.rows.Close()
			r.row = 0
			r.rows, err = r.book.Rows(sheet)
			return err
		}
		_ = r.rows.Close()
		r.row = 0
	}
	r.rows = nil
	return nil
}

func (r *workbookReader) Close() error {
	var all []error
	if r.rows != nil {
		all = append(all, r.rows.Close())
	}
	if r.book != nil {
		all = append(all, r.book.Close())
	}
	return errors.Join(append(all, os.RemoveAll(r.folder))...)
}

func (r *workbookReader) Next() (line int, cells []string, err error) {
	if r.rows == nil {
		return 0, nil, io.EOF
	}
	line, cells, err = r.next()
	if err != nil && !errors.Is(err, io.EOF) {
		err = unreadableFile(r.name, err)
	}
	return line, cells, err
}

// next returns the next row that has any text.
func (r *workbookReader) next() (line int, cells []string, err error) {
	defer recoverWorkbook(&err)
	for r.rows.Next() {
		r.row++
		cells, err := r.rows.Columns()
		if err != nil {
			return r.row, nil, nil // a cell outside the sheet makes its row unreadable
		}
		size, fit := 0, true
		for i, cell := range cells {
			cells[i] = tidyCell(cell)
			size += len(cell)
			fit = fit && utf8.ValidString(cell)
		}
		switch {
		case size == 0:
			continue
		case size > maxRowSize || !fit:
			return r.row, nil, nil
		}
		return r.row, cells, nil
	}
	if err := r.rows.Error(); err != nil {
		return r.row, nil, err
	}
	return r.row, nil, io.EOF
}

// tidyCell turns a time at midnight into a day, and removes the trailing zeros of a
// percentage.
func tidyCell(cell string) string {
	if day, ok := strings.CutSuffix(cell, " 00:00:00"); ok {
		return day
	}
	if share, ok := strings.CutSuffix(cell, "%"); ok && strings.Contains(share, ".") {
		return strings.TrimSuffix(strings.TrimRight(share, "0"), ".") + "%"
	}
	return cell
}

// recoverWorkbook turns a panic of the library, which trusts the contents of a workbook,
// into an error.
func recoverWorkbook(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("workbook: %v", p)
	}
}

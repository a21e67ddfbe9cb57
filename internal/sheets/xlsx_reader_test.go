package sheets_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tribemarket/internal/sheets"
)

// workbook is a file with the cells of its sheets, by their places.
func workbook(t testing.TB, fill func(f *excelize.File) error) string {
	t.Helper()
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	if err := fill(f); err != nil {
		t.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWorkbooksAreRead(t *testing.T) {
	t.Parallel()
	file := workbook(t, func(f *excelize.File) error {
		style := func(s excelize.Style) int {
			id, err := f.NewStyle(&s)
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		code := func(c string) int { return style(excelize.Style{CustomNumFmt: &c}) }
		moment := time.Date(2024, 11, 20, 10, 30, 0, 0, time.UTC)
		day := time.Date(2024, 11, 20, 0, 0, 0, 0, time.UTC)
		if _, err := f.NewSheet("List"); err != nil {
			return err
		}
		f.SetActiveSheet(1)
		if err := f.SetSheetVisible("Sheet1", false); err != nil {
			return err
		}
		_ = f.SetCellValue("Sheet1", "A1", "hidden")
		for i, c := range []struct {
			value any
			style int
			cell  string
		}{
			{"Zoé", 0, "A3"}, {12400000, code("0.00E+00"), "B3"}, {12400000, code("#,##0"), "C3"}, {0.0231, style(excelize.Style{NumFmt: 10}), "D3"},
			{day, style(excelize.Style{NumFmt: 14}), "E3"}, {moment, code(`[$-409]d\-mmm\-yy h:mm;@`), "F3"}, {true, 0, "G3"},
			{1.5, code(`0.0,,"M"`), "H3"}, {7123456789, code("General"), "J3"}, {"0.5", code("0%"), "A5"}, {12, code(`[Red]0 "days"`), "B5"}, {0.5, code("0%"), "C5"},
		} {
			if err := f.SetCellValue("List", c.cell, c.value); err != nil {
				return err
			}
			if c.style != 0 || i == 0 {
				if err := f.SetCellStyle("List", c.cell, c.cell, c.style); err != nil {
					return err
				}
			}
		}
		return nil
	})
	got := readAll(t, file, "")
	want := []string{"3 Zoé¦12400000¦12400000¦2.31%¦2024-11-20¦2024-11-20 10:30:00¦TRUE¦1.5¦¦7123456789", "5 0.5¦12¦50%"}
	if !slices.Equal(got, want) {
		t.Errorf("is\n%q\nwant\n%q", got, want)
	}
}

func TestOurOwnWorkbookComesBack(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := sheets.WriteXLSX(&b, "x", headings, rowsOf(sample)); err != nil {
		t.Fatal(err)
	}
	want := []string{"1 " + strings.Join(headings, "¦"), "2 Léa, \"cuisine\"\nand more¦=HYPERLINK(\"http://x\")¦-12345¦4.5%¦1250.5¦900¦2026-11-21¦¦-0.0001%"}
	if got := readAll(t, b.String(), ""); !slices.Equal(got, want) {
		t.Errorf("is\n%q\nwant\n%q", got, want)
	}
}

func TestAWorkbookWithoutRowsIsEmpty(t *testing.T) {
	t.Parallel()
	if got := readAll(t, workbook(t, func(*excelize.File) error { return nil }), ""); got != nil {
		t.Errorf("%q", got)
	}
}

// TestNoFileStaysBehind reads a sheet that the library unpacks to disk.
func TestNoFileStaysBehind(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	file := repack(t, workbook(t, func(f *excelize.File) error { return f.SetCellValue("Sheet1", "A1", "x") }), func(sheet string) string {
		return strings.Replace(sheet, "</sheetData>", "</sheetData>"+strings.Repeat("<c/>", 9<<18), 1)
	})
	r, err := sheets.OpenReader("x", openBytes([]byte(file)), sheets.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, cells, err := r.Next(); err != nil || !slices.Equal(cells, []string{"x"}) {
		t.Errorf("%q, %v", cells, err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	_ = refusal(t, "PK\x03\x04 broken", "")
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("%v, %v stay", err, left)
	}
}

// repack changes the first sheet of a workbook.
func repack(t testing.TB, file string, change func(string) string) string {
	t.Helper()
	in, err := zip.NewReader(strings.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := fastZip(&b)
	for _, part := range in.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if part.Name == "xl/worksheets/sheet1.xml" {
			content = []byte(change(string(content)))
		}
		addPart(t, out, part.Name, content)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func fastZip(w io.Writer) *zip.Writer {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	return z
}

func addPart(t testing.TB, z *zip.Writer, name string, content []byte) {
	t.Helper()
	method := zip.Deflate
	if len(content) == 0 {
		method = zip.Store
	}
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
	if err == nil {
		_, err = w.Write(content)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestBombsAreRefused(t *testing.T) {
	t.Parallel()
	archive := func(parts map[string][]byte) string {
		var b bytes.Buffer
		z := fastZip(&b)
		for name, content := range parts {
			addPart(t, z, name, content)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	book := []byte("<workbook/>")
	many := map[string][]byte{"xl/workbook.xml": book}
	for i := range 10_001 {
		many["x"+strconv.Itoa(i)] = nil
	}
	row := append([]byte("<sheetData><row>"), bytes.Repeat([]byte("<c/>"), 5<<20)...)
	for name, c := range map[string]struct {
		parts map[string][]byte
		want  string
	}{
		"one text":     {map[string][]byte{"xl/workbook.xml": book, "xl/worksheets/sheet1.xml": append([]byte("<v>"), make([]byte, 9<<20)...)}, "too_large"},
		"one row":      {map[string][]byte{"xl/workbook.xml": book, "xl/worksheets/sheet1.xml": row}, "too_large"},
		"many parts":   {many, "too_large"},
		"no workbook":  {map[string][]byte{"x.csv": []byte("a,b\n")}, "not_a_table"},
		"OpenDocument": {map[string][]byte{"mimetype": []byte("application/vnd.oasis.opendocument.spreadsheet")}, "not_a_table"},
	} {
		if e := refusal(t, archive(c.parts), ""); e.Key != "imports.error."+c.want {
			t.Errorf("%s: %s, want %s", name, e.Key, c.want)
		}
	}
	for name, size := range map[string]string{"memory": "\x00\x00\x00\x05", "disk": "\xff\xff\xff\x7f"} {
		file := []byte(archive(map[string][]byte{"xl/workbook.xml": book}))
		central := bytes.LastIndex(file, []byte("PK\x01\x02"))
		copy(file[central+24:], size) // what it says to unpack to
		if e := refusal(t, string(file), ""); e.Key != "imports.error.too_large" {
			t.Errorf("%s: %v", name, e)
		}
	}
}

func TestABrokenWorkbookIsAnError(t *testing.T) {
	t.Parallel()
	good := workbook(t, func(f *excelize.File) error { return f.SetCellValue("Sheet1", "A1", "x") })
	wrong := repack(t, good, func(string) string {
		return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="s"><v>-5</v></c><c r="ZZZZ1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row></sheetData></worksheet>`
	})
	if got := readAll(t, wrong, ""); !slices.Equal(got, []string{"1 BAD", "2 2"}) {
		t.Errorf("%q", got)
	}
	if e := refusal(t, good[:len(good)/2], ""); e.Key != "imports.error.unreadable" {
		t.Error(e)
	}
}

package sheets_test

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"testing"

	"tribemarket/internal/sheets"
)

// A workbook as small as the standard allows: without styles, cells without addresses.
func TestAWorkbookWithoutStylesIsRead(t *testing.T) {
	t.Parallel()
	const main, office = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	const relationships = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	for name, content := range map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
		"_rels/.rels":                relationships + `<Relationship Id="r1" Type="` + office + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns="` + main + `" xmlns:r="` + office + `"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": relationships + `<Relationship Id="r1" Type="` + office + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet xmlns="` + main + `"><sheetData><row r="1"><c t="inlineStr"><is><t>Nick</t></is></c><c><v>48200</v></c></row></sheetData></worksheet>`,
	} {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(file.Bytes())), nil }
	r, err := sheets.OpenReader("a.xlsx", open, sheets.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if line, cells, err := r.Next(); err != nil || line != 1 || !slices.Equal(cells, []string{"Nick", "48200"}) {
		t.Errorf("line %d is %q, %v", line, cells, err)
	}
}

// Package pdftest reads PDFs in tests.
package pdftest

import (
	"strings"
	"testing"

	"github.com/carlos7ags/folio/reader"
)

// Text is the text of all pages without its white space, most of which a PDF does not hold.
func Text(t testing.TB, file []byte) string {
	t.Helper()
	read, err := reader.Parse(file)
	if err != nil {
		t.Fatalf("not a PDF: %v", err)
	}
	var all strings.Builder
	for i := range read.PageCount() {
		page, err := read.Page(i)
		if err != nil {
			t.Fatal(err)
		}
		text, err := page.ExtractText()
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(text)
	}
	return Squeeze(all.String())
}

// Squeeze leaves white space out of a text, to compare it with that of a PDF.
func Squeeze(text string) string { return strings.Join(strings.Fields(text), "") }

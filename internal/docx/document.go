// Package docx writes documents for word processors (ECMA-376): headings, paragraphs and
// tables of two columns.
package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"time"
)

// Document is what a word processor opens.
type Document struct {
	Title, Author string
	Language      string // a BCP 47 tag
	Created       time.Time
	Blocks        []Block
}

// Block is a paragraph in a style, or a table if it has rows.
type Block struct {
	Style Style
	Text  string
	Rows  []Row
}

// Row is a row of a table: what is asked, and the lines of the answer.
type Row struct {
	Name  string
	Lines []string
}

// Style is how a paragraph looks.
type Style string

// The styles.
const (
	Normal  Style = "Normal"
	Title   Style = "Title"
	Heading Style = "Heading1"
)

// Write returns the file: the same bytes for the same document.
func Write(d Document) ([]byte, error) {
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, part := range []struct {
		name    string
		content any
	}{
		{"[Content_Types].xml", contentTypes()},
		{"_rels/.rels", packageRelations()},
		{"docProps/core.xml", properties(d)},
		{"word/_rels/document.xml.rels", documentRelations()},
		{"word/styles.xml", styles(d.Language)},
		{"word/document.xml", body(d)},
	} {
		w, err := archive.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: d.Created.UTC()})
		if err != nil {
			return nil, fmt.Errorf("docx: %s: %w", part.name, err)
		}
		text, err := xml.Marshal(part.content)
		if err != nil {
			return nil, fmt.Errorf("docx: %s: %w", part.name, err)
		}
		if _, err := w.Write(append([]byte(xml.Header), text...)); err != nil {
			return nil, fmt.Errorf("docx: %s: %w", part.name, err)
		}
	}
	if err := archive.Close(); err != nil {
		return nil, fmt.Errorf("docx: %w", err)
	}
	return out.Bytes(), nil
}

// Package pdf prints HTML as PDF/A-3: tagged, with its fonts embedded, and the same bytes
// for the same document.
package pdf

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/carlos7ags/folio/document"
	folio "github.com/carlos7ags/folio/html"
)

// Document is what is to be printed. The HTML is a whole page with its style sheet, whose
// families are Sans and Serif; letters that these lack are printed in a font that has them.
// Images are data URLs: nothing is fetched or read from a disk. dir="auto" follows the first
// letter that has a direction.
type Document struct {
	Title, Author string
	Language      string // a BCP 47 tag
	HTML          string
	Created       time.Time
	Attachments   []Attachment
}

// Attachment is a file inside the PDF that holds its data for machines.
type Attachment struct {
	Name, MediaType, Description string
	Data                         []byte
}

// limits of a document, which a page of ours does not reach.
const (
	maxElements = 100_000
	maxDepth    = 200
)

// Render prints the document. A letter that no font has is an *UnprintableError.
func Render(ctx context.Context, d Document) ([]byte, error) {
	page, err := preparePage(d.HTML)
	if err != nil {
		return nil, err
	}
	out := document.NewDocument(document.PageSizeA4)
	out.SetTagged(true)
	out.SetAutoBookmarks(true)
	out.SetFileID(identify(d))
	out.SetPdfA(document.PdfAConfig{Level: document.PdfA3B})
	created := d.Created.UTC()
	out.Info = document.Info{
		Title: d.Title, Author: d.Author, Language: d.Language,
		Creator: "Tribemarket", Producer: "Tribemarket", CreationDate: created, ModDate: created,
	}
	for _, a := range d.Attachments {
		out.AttachFile(document.FileAttachment{
			FileName: a.Name, MIMEType: a.MediaType, Description: a.Description,
			AFRelationship: "Data", Data: a.Data, CreationDate: created,
		})
	}
	options := &folio.Options{BaseFS: fontFiles{}, StrictAssets: true, MaxElements: maxElements, MaxDepth: maxDepth}
	if err := out.AddHTMLWithContext(ctx, page, options); err != nil {
		return nil, fmt.Errorf("pdf: layout: %w", err)
	}
	var file bytes.Buffer
	if _, err := out.WriteToWithContext(ctx, &file, document.WriteOptions{Deterministic: true}); err != nil {
		return nil, fmt.Errorf("pdf: write: %w", err)
	}
	return mend(file.Bytes())
}

// identify derives the file's identifier from what is printed.
func identify(d Document) []byte {
	sum := sha256.New()
	fmt.Fprintf(sum, "%q %q %q %q %d", d.Title, d.Author, d.Language, d.HTML, d.Created.Unix())
	for _, a := range d.Attachments {
		fmt.Fprintf(sum, " %q %q %q %q", a.Name, a.MediaType, a.Description, a.Data)
	}
	return sum.Sum(nil)[:16]
}

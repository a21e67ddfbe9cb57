package site

import (
	"context"
	"path"
	"sync"

	"github.com/labstack/echo/v4"

	"tribemarket/internal/docx"
	"tribemarket/internal/i18n"
	documentsview "tribemarket/views/documents"
)

// blankProposals are the files that were made so far, by their language and name.
type blankProposals struct {
	mu   sync.Mutex
	made map[string][]byte
}

// sendBlankProposal sends a proposal to fill in by hand, in the reader's language.
func (h *Handlers) sendBlankProposal(c echo.Context) error {
	name := path.Base(c.Path())
	file, err := h.blankProposal(c.Request().Context(), name)
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	return c.Blob(200, contentTypes[path.Ext(name)], file)
}

var contentTypes = map[string]string{
	".pdf":  "application/pdf",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

// blankProposal makes a file once: it is the same for all readers of a language.
func (h *Handlers) blankProposal(ctx context.Context, name string) ([]byte, error) {
	h.blanks.mu.Lock()
	defer h.blanks.mu.Unlock()
	key := string(i18n.LocaleOf(ctx)) + "/" + name
	if file, ok := h.blanks.made[key]; ok {
		return file, nil
	}
	file, err := h.makeBlankProposal(ctx, path.Ext(name))
	if err != nil {
		return nil, err
	}
	if h.blanks.made == nil {
		h.blanks.made = map[string][]byte{}
	}
	h.blanks.made[key] = file
	return file, nil
}

func (h *Handlers) makeBlankProposal(ctx context.Context, format string) ([]byte, error) {
	p := documentsview.PresentBlankProposal(ctx)
	if format == ".pdf" {
		return h.PrintPDF(ctx, p.Title, documentsview.BlankProposal(p))
	}
	d := docx.Document{
		Title: p.Title, Author: "Tribemarket", Language: string(i18n.LocaleOf(ctx)), Created: h.Clock(),
		Blocks: []docx.Block{{Style: docx.Title, Text: p.Title}, {Style: docx.Normal, Text: p.Lead}},
	}
	for _, s := range p.Sections {
		table := docx.Block{}
		for _, f := range s.Fields {
			row := docx.Row{Name: f.Name}
			for _, choice := range f.Choices {
				row.Lines = append(row.Lines, "☐ "+choice)
			}
			table.Rows = append(table.Rows, docx.Row{Name: row.Name, Lines: append(row.Lines, make([]string, f.Lines)...)})
		}
		d.Blocks = append(d.Blocks, docx.Block{Style: docx.Heading, Text: s.Title}, table)
	}
	return docx.Write(d)
}

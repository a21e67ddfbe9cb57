package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/internal/pdf"
	"tribemarket/models"
)

// SendPDF prints a page in the reader's language and sends it. It is printed in turn with the
// exports.
func (b *Base) SendPDF(c echo.Context, name, title string, page templ.Component) error {
	return b.SendExport(c, name, "application/pdf", func(w io.Writer, _ func()) error {
		file, err := b.PrintPDF(c.Request().Context(), title, page)
		if err != nil {
			return err
		}
		_, err = w.Write(file)
		return err
	})
}

// PrintPDF prints a page in the reader's language.
func (b *Base) PrintPDF(ctx context.Context, title string, page templ.Component) ([]byte, error) {
	var html strings.Builder
	if err := page.Render(ctx, &html); err != nil {
		return nil, models.Internal("render a document", err)
	}
	d := pdf.Document{Title: title, Author: "Tribemarket", Language: string(i18n.LocaleOf(ctx)), HTML: html.String(), Created: b.Clock()}
	file, err := pdf.Render(ctx, d)
	if err != nil {
		return nil, asUnprintable(err)
	}
	return file, nil
}

// asUnprintable names the letter that no font has, and the text in which it stands.
func asUnprintable(err error) error {
	var letter *pdf.UnprintableError
	if !errors.As(err, &letter) {
		return fmt.Errorf("print a document: %w", err)
	}
	return &models.Error{Code: models.CodeInvalid, Key: "documents.unprintable", Args: []any{"letter", string(letter.Letter), "code", letter.CodePoint(), "text", letter.Text}, Cause: err}
}

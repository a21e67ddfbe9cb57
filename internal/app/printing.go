package app

import (
	"errors"
	"fmt"

	"tribemarket/internal/pdf"
)

// unprintableLetter names the first letter of a text that no font of the documents has.
func unprintableLetter(text string) string {
	var e *pdf.UnprintableError
	if errors.As(pdf.CheckText(text), &e) {
		return fmt.Sprintf("%c (%s)", e.Letter, e.CodePoint())
	}
	return ""
}

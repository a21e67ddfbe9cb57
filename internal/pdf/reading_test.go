package pdf

import (
	"context"
	"encoding/hex"
	"html"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/carlos7ags/folio/reader"
)

var created = time.Date(2026, 11, 30, 9, 30, 0, 0, time.UTC)

// documentOf is a page with the text in a paragraph, so large that a word stays on its line.
func documentOf(text string) Document {
	return Document{
		Title: "Offer", Author: "Tribemarket", Language: "en", Created: created,
		HTML: `<!doctype html><html><head><title>Offer</title></head><body><p dir="auto">` + html.EscapeString(text) + `</p></body></html>`,
	}
}

func render(t testing.TB, d Document) []byte {
	t.Helper()
	file, err := Render(context.Background(), d)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// printedWord is what one BT ... ET shows.
type printedWord struct {
	font   string // the name of its resource
	glyphs []uint16
	ops    []string
}

// wordsOf reads the words of all pages but the pages' numbers.
func wordsOf(t testing.TB, file []byte) []printedWord {
	t.Helper()
	read, err := reader.Parse(file)
	if err != nil {
		t.Fatal(err)
	}
	var words []printedWord
	for i := range read.PageCount() {
		page, err := read.Page(i)
		if err != nil {
			t.Fatal(err)
		}
		content, err := page.ContentStream()
		if err != nil {
			t.Fatal(err)
		}
		content, _, _ = bytesCut(content, "/Artifact BMC")
		words = append(words, readWords(t, string(content))...)
	}
	return words
}

func bytesCut(b []byte, at string) ([]byte, []byte, bool) {
	before, after, found := strings.Cut(string(b), at)
	return []byte(before), []byte(after), found
}

func readWords(t testing.TB, content string) []printedWord {
	t.Helper()
	var words []printedWord
	var word *printedWord
	for line := range strings.Lines(content) {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		operator := fields[len(fields)-1]
		switch {
		case operator == "BT":
			words = append(words, printedWord{})
			word = &words[len(words)-1]
		case operator == "ET":
			word = nil
		case word != nil:
			word.ops = append(word.ops, operator)
			if operator == "Tf" {
				word.font = fields[0]
			}
			for rest := line; ; {
				_, after, found := strings.Cut(rest, "<")
				if !found {
					break
				}
				digits, after, _ := strings.Cut(after, ">")
				shown, err := hex.DecodeString(digits)
				if err != nil {
					t.Fatal(err, line)
				}
				for pair := range slices.Chunk(shown, 2) {
					word.glyphs = append(word.glyphs, uint16(pair[0])<<8|uint16(pair[1]))
				}
				rest = after
			}
		}
	}
	return words
}

// glyphsOf are those of the letters in the family's regular font.
func glyphsOf(f *family, letters string) []uint16 {
	var glyphs []uint16
	for _, r := range letters {
		glyphs = append(glyphs, f.regular.load().face.GlyphIndex(r))
	}
	return glyphs
}

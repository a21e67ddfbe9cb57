package pdf

import (
	"bytes"
	"compress/gzip"
	"embed"
	"io"
	"io/fs"
	"sync"

	"github.com/carlos7ags/folio/font"
)

//go:embed fonts/*.ttf.gz
var compressed embed.FS

// typeface is one embedded font file, read when it is first needed and kept.
type typeface struct {
	file string
	once sync.Once
	data []byte
	face font.Face
}

func newTypeface(file string) *typeface { return &typeface{file: file} }

// load panics on a broken file, since it is part of the program.
func (t *typeface) load() *typeface {
	t.once.Do(func() {
		raw, err := compressed.ReadFile("fonts/" + t.file + ".gz")
		if err == nil {
			var unpacked io.Reader
			if unpacked, err = gzip.NewReader(bytes.NewReader(raw)); err == nil {
				t.data, err = io.ReadAll(unpacked)
			}
		}
		if err == nil {
			t.face, err = font.ParseTTF(t.data)
		}
		if err != nil {
			panic("pdf: font " + t.file + ": " + err.Error())
		}
	})
	return t
}

func (t *typeface) has(r rune) bool { return t.load().face.GlyphIndex(r) != 0 }

// family is a font as a style sheet names it. Its bold has the same letters as its regular.
type family struct {
	name          string
	regular, bold *typeface
	spaced        bool // the spaces between its words are its own
}

var (
	families = append([]*family{sans, serif}, fallbacks...)

	// sans prints Latin, Greek and Cyrillic, and serif the same letters in headings.
	sans  = &family{"Sans", newTypeface("NotoSans-Regular.ttf"), newTypeface("NotoSans-Bold.ttf"), true}
	serif = &family{"Serif", newTypeface("NotoSerif-Bold.ttf"), nil, true}

	emoji = &family{"Emoji", newTypeface("NotoEmoji-Regular.ttf"), nil, false}

	// fallbacks print what sans does not have, in this order.
	fallbacks = []*family{
		{"Arabic", newTypeface("NotoSansArabic-Regular.ttf"), newTypeface("NotoSansArabic-Bold.ttf"), true},
		{"Hebrew", newTypeface("NotoSansHebrew-Regular.ttf"), newTypeface("NotoSansHebrew-Bold.ttf"), true},
		{"Devanagari", newTypeface("NotoSansDevanagari-Regular.ttf"), newTypeface("NotoSansDevanagari-Bold.ttf"), true},
		{"Symbols", newTypeface("DejaVuSans-Symbols.ttf"), nil, false},
		emoji,
		{"Han", newTypeface("DroidSansFallback.ttf"), nil, true}, // with kana and Hangul
	}
)

// fontFiles gives the layout the unpacked files by their names, and nothing else.
type fontFiles struct{}

// Open is never asked, since ReadFile is there.
func (fontFiles) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// ReadFile returns the file without copying it: the layout only reads it.
func (fontFiles) ReadFile(name string) ([]byte, error) {
	for _, f := range families {
		for _, t := range []*typeface{f.regular, f.bold} {
			if t != nil && t.file == name {
				return t.load().data, nil
			}
		}
	}
	return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrNotExist}
}

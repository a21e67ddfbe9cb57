package picture

import (
	"image"
	"image/color"
	"image/png"
	"strings"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"
)

// Get is part of png.EncoderBufferPool.
func (b *encoderBuffers) Get() *png.EncoderBuffer {
	x, _ := b.Pool.Get().(*png.EncoderBuffer)
	return x
}

// Put is part of png.EncoderBufferPool.
func (b *encoderBuffers) Put(x *png.EncoderBuffer) { b.Pool.Put(x) }

// drawableText returns the first of two texts that the fonts can draw completely, without
// emoji and other symbols. The fonts have Latin, Greek and Cyrillic; a script with joined
// letters or written from right to left would come out wrong letter by letter, so a name
// in one is replaced by the handle.
func (s *canvas) drawableText(text, instead string) string {
	for _, t := range []string{text, instead} {
		if t = withoutSymbols(t); t != "" && s.fontsHave(t) {
			return t
		}
	}
	return ""
}

// withoutSymbols returns a text in one line, without symbols.
func withoutSymbols(t string) string {
	t = strings.Map(func(r rune) rune {
		switch {
		case unicode.In(r, unicode.So, unicode.Sk, unicode.Cf, unicode.Cc, unicode.Co, unicode.Variation_Selector):
			if unicode.IsSpace(r) {
				return ' '
			}
			return -1
		case r == '\u202f' || r == '\u00a0' || r == '\u2009':
			return '\u00a0' // which the fonts have
		}
		return r
	}, norm.NFC.String(t))
	return strings.Join(strings.FieldsFunc(t, func(r rune) bool { return r == ' ' }), " ")
}

func (s *canvas) fontsHave(t string) bool {
	for _, r := range t {
		if !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Common) {
			return false
		}
		for _, f := range []*opentype.Font{s.serif, s.sans} {
			if i, err := f.GlyphIndex(&s.glyphs, r); err != nil || i == 0 {
				return false
			}
		}
	}
	return true
}

// newFace returns a font in a size in pixels.
func (s *canvas) newFace(f *opentype.Font, size float64) font.Face {
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil && s.err == nil {
		s.err = err
	}
	return face
}

func (s *canvas) textWidth(t string, size float64, f *opentype.Font) int {
	face := s.newFace(f, size)
	if face == nil {
		return 0
	}
	defer func() { _ = face.Close() }()
	return font.MeasureString(face, t).Ceil()
}

// drawText draws a line with its baseline at y, cut with an ellipsis if it is wider than
// the room.
func (s *canvas) drawText(t string, x, y int, size float64, f *opentype.Font, c color.Color, room int) {
	face := s.newFace(f, size)
	if face == nil || t == "" {
		return
	}
	defer func() { _ = face.Close() }()
	d := font.Drawer{Dst: s.img, Src: image.NewUniform(c), Face: face, Dot: fixed.P(x, y)}
	d.DrawString(cutToWidth(face, t, room))
}

func cutToWidth(face font.Face, t string, room int) string {
	if font.MeasureString(face, t).Ceil() <= room {
		return t
	}
	r := []rune(t)
	for len(r) > 0 && font.MeasureString(face, string(r)+"…").Ceil() > room {
		r = r[:len(r)-1]
	}
	return strings.TrimRight(string(r), " ") + "…"
}

// The sizes of a name: in one line, or in two.
const largeNameSize, smallNameSize = 68, 52

// fitName breaks a name that is too long for one line into two lines in a smaller size.
func (s *canvas) fitName(t string, room int) (lines []string, size float64) {
	if s.textWidth(t, largeNameSize, s.serif) <= room {
		return []string{t}, largeNameSize
	}
	words := strings.Split(t, " ")
	first, rest := words[0], words[1:]
	for len(rest) > 0 && s.textWidth(first+" "+rest[0], smallNameSize, s.serif) <= room {
		first, rest = first+" "+rest[0], rest[1:]
	}
	if len(rest) == 0 {
		return []string{first}, smallNameSize
	}
	return []string{first, strings.Join(rest, " ")}, smallNameSize
}

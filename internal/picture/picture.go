package picture

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	"github.com/go-fonts/liberation/liberationsansregular"
	"github.com/go-fonts/liberation/liberationserifbold"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
)

// Width and Height are what networks show whole, in pixels.
const (
	Width  = 1200
	Height = 630
)

// Card is what a picture shows: texts ready to be read, in one language.
type Card struct {
	Name    string // drawn if the font has all of it, else Handle is
	Handle  string // "@penne", or with its platform
	Where   string // what stands below: the platform and the handle
	Tribes  []Tribe
	Avatar  Avatar
	Figures []Figure // three at most
	Source  string   // where the figures come from, and how old they are
	Site    string   // the marketplace's name
}

// Mark is a shape on a field of 12 by 12, as the path of an SVG, with a hue in
// steps of ten degrees.
type Mark struct {
	Path string
	Hue  int
}

// Tribe is a tribe's name with its mark.
type Tribe struct {
	Name string
	Mark Mark
}

// Avatar is a creator without a photograph: two marks and initials.
type Avatar struct {
	First, Second Mark
	Turned        bool // the first one stands on the right
	Initials      string
}

// Figure is a number with its name.
type Figure struct{ Label, Value string }

// Drawer draws pictures, a few at a time: each takes a few megabytes and some
// milliseconds of a processor. It keeps none.
type Drawer struct {
	serif, sans *opentype.Font
	turns       chan struct{}
	buffers     buffers
}

// atOnce is how many pictures are drawn at a time.
const atOnce = 2

// New makes a Drawer with its fonts, Liberation Serif and Liberation Sans, which
// are part of the program.
func New() (*Drawer, error) {
	serif, err := opentype.Parse(liberationserifbold.TTF)
	if err != nil {
		return nil, err
	}
	sans, err := opentype.Parse(liberationsansregular.TTF)
	if err != nil {
		return nil, err
	}
	return &Drawer{serif: serif, sans: sans, turns: make(chan struct{}, atOnce)}, nil
}

// Draw is the card as a PNG. It waits for its turn, or until the context ends.
func (d *Drawer) Draw(ctx context.Context, c Card) ([]byte, error) {
	select {
	case d.turns <- struct{}{}:
		defer func() { <-d.turns }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	s := &sheet{img: image.NewRGBA(image.Rect(0, 0, Width, Height)), serif: d.serif, sans: d.sans}
	s.card(c)
	if s.err != nil {
		return nil, s.err
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.DefaultCompression, BufferPool: &d.buffers}
	err := encoder.Encode(&b, s.img)
	return b.Bytes(), err
}

// sheet is a picture as it comes about. The first error stays.
type sheet struct {
	img         *image.RGBA
	serif, sans *opentype.Font
	glyphs      sfnt.Buffer
	err         error
}

// The places of things, in pixels.
const (
	margin   = 72
	avatarAt = Width - margin - avatar
	avatar   = 224
	topLine  = 72
	nameLine = 196
	ruleLine = 418
)

func (s *sheet) card(c Card) {
	s.fill(s.img.Bounds(), paper)
	s.fill(image.Rect(0, 0, Width, 8), ink)
	s.wordmark(margin, topLine-34)
	s.text(s.drawable(c.Site, "Tribemarket"), margin+44, topLine, 34, s.serif, ink, avatarAt-margin-80)
	s.avatar(c.Avatar)

	room := avatarAt - margin - 40
	name := s.drawable(c.Name, c.Handle)
	lines, size := s.fit(name, room)
	y := nameLine
	for _, line := range lines {
		s.text(line, margin, y, size, s.serif, ink, room)
		y += int(size) + 10
	}
	y -= 8
	s.text(s.drawable(c.Where, ""), margin, y, 30, s.sans, soft, room)
	s.tribes(c.Tribes, y+54, room)

	s.fill(image.Rect(margin, ruleLine, Width-margin, ruleLine+1), ink)
	s.figures(c.Figures)
	s.text(s.drawable(c.Source, ""), margin, Height-42, 26, s.sans, soft, Width-2*margin)
}

// tribes stand beside each other as far as there is room.
func (s *sheet) tribes(all []Tribe, y, room int) {
	x := margin
	for _, t := range all {
		name := s.drawable(t.Name, "")
		wide := 36 + s.width(name, 28, s.sans)
		if name == "" || x+wide > margin+room {
			continue
		}
		s.mark(t.Mark, x, y-22, 24, tribe(t.Mark.Hue))
		s.text(name, x+36, y, 28, s.sans, ink, room)
		x += wide + 32
	}
}

func (s *sheet) figures(all []Figure) {
	all = all[:min(len(all), 3)]
	step := (Width - 2*margin) / 3
	for i, f := range all {
		x := margin + i*step
		s.text(s.drawable(f.Label, ""), x, ruleLine+46, 26, s.sans, soft, step-24)
		s.text(s.drawable(f.Value, ""), x, ruleLine+110, 60, s.serif, ink, step-24)
	}
}

// avatar is drawn as pages draw it, on a field of 56 by 56.
func (s *sheet) avatar(a Avatar) {
	const unit = avatar / 56.0
	top := topLine + 40
	s.fill(image.Rect(avatarAt, top, avatarAt+avatar, top+avatar), tribeSoft(a.First.Hue))
	first, second := tribe(a.First.Hue), mix(tribe(a.First.Hue), tribeSoft(a.First.Hue), 0.55)
	at := func(m Mark, x, y, scale float64, c color.Color) {
		s.mark(m, avatarAt+int(x*unit), top+int(y*unit), scale*12*unit, c)
	}
	if a.Turned {
		at(a.First, 28, 5, 1.9, first)
		at(a.Second, 6, 8, 1.4, second)
	} else {
		at(a.First, 5, 5, 1.9, first)
		at(a.Second, 33, 6, 1.4, second)
	}
	initials := s.drawable(a.Initials, "")
	x := avatarAt + int(6*unit)
	if a.Turned {
		x = avatarAt + int(50*unit) - s.width(initials, 21*unit, s.serif)
	}
	s.text(initials, x, top+int(49*unit), 21*unit, s.serif, ink, avatar)
}

func (s *sheet) fill(r image.Rectangle, c color.Color) {
	draw.Draw(s.img, r, image.NewUniform(c), image.Point{}, draw.Src)
}

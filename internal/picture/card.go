package picture

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	_ "image/jpeg" // of portraits
	"image/png"
	"time"

	"github.com/go-fonts/liberation/liberationsansregular"
	"github.com/go-fonts/liberation/liberationserifbold"
	xdraw "golang.org/x/image/draw"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/sync/singleflight"

	"tribemarket/models"
)

// Width and Height are the size that networks show uncropped, in pixels.
const (
	Width  = 1200
	Height = 630
)

// Card is the content of a picture: texts in one language, ready to be drawn.
type Card struct {
	Name    string // drawn if the fonts have all its characters, otherwise Handle
	Handle  string // "@penne", or with its platform
	Where   string // the line below: the platform and the handle
	Tribes  []Tribe
	Avatar  Avatar
	Figures []Figure // three at most
	Source  string   // where the figures come from, and how old they are
	Site    string   // the marketplace's name
}

// Mark is a shape on a grid of 12 by 12, as SVG path data, with a hue in steps of ten
// degrees.
type Mark struct {
	Path string
	Hue  int
}

// Tribe is a tribe's name with its mark.
type Tribe struct {
	Name string
	Mark Mark
}

// Avatar is a creator's portrait or, without one, two marks and initials.
type Avatar struct {
	Portrait      []byte // a JPEG or PNG, of any size
	First, Second Mark
	Turned        bool // the first mark is on the right
	Initials      string
}

// Figure is a number with its name.
type Figure struct{ Label, Value string }

// Drawer draws each picture once and keeps the latest ones. It draws a few at a time:
// each takes a few megabytes and about a tenth of a second of processor time.
type Drawer struct {
	serif, sans *opentype.Font
	queue       *models.WorkQueue
	drawing     singleflight.Group
	kept        pictureCache
	buffers     encoderBuffers
}

// New returns a Drawer with its fonts, Liberation Serif and Liberation Sans, which are
// embedded in the program.
func New() (*Drawer, error) {
	serif, err := opentype.Parse(liberationserifbold.TTF)
	if err != nil {
		return nil, err
	}
	sans, err := opentype.Parse(liberationsansregular.TTF)
	if err != nil {
		return nil, err
	}
	return &Drawer{
		serif: serif, sans: sans,
		queue: models.NewWorkQueue(16, 5*time.Second, "web.error.busy", 3*time.Second),
		kept:  pictureCache{limit: keptBytes},
	}, nil
}

// Draw returns the card as a PNG, which is drawn unless it is kept or somebody else has
// just asked for it. If too many others are waiting it is unavailable. The caller does not
// change the picture.
func (d *Drawer) Draw(ctx context.Context, c Card) ([]byte, error) {
	text, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	key := sha256.Sum256(text)
	if b, ok := d.kept.get(key); ok {
		return b, nil
	}
	// For all who ask, whether or not the first one waits.
	shared := context.WithoutCancel(ctx)
	done := d.drawing.DoChan(string(key[:]), func() (any, error) { return d.drawInTurn(shared, key, c) })
	select {
	case r := <-done:
		b, _ := r.Val.([]byte)
		return b, r.Err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (d *Drawer) drawInTurn(ctx context.Context, key [sha256.Size]byte, c Card) ([]byte, error) {
	turn, err := d.queue.Enter(ctx)
	if err != nil {
		return nil, err
	}
	defer turn.Leave()
	b, err := d.draw(c)
	if err == nil {
		d.kept.add(key, b)
	}
	return b, err
}

func (d *Drawer) draw(c Card) ([]byte, error) {
	s := &canvas{img: image.NewRGBA(image.Rect(0, 0, Width, Height)), serif: d.serif, sans: d.sans}
	s.drawCard(c)
	if s.err != nil {
		return nil, s.err
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.DefaultCompression, BufferPool: &d.buffers}
	err := encoder.Encode(&b, s.img)
	return b.Bytes(), err
}

// canvas is a picture being drawn. It keeps the first error.
type canvas struct {
	img         *image.RGBA
	serif, sans *opentype.Font
	glyphs      sfnt.Buffer
	err         error
}

// The positions of the parts, in pixels.
const (
	pageMargin = 72
	avatarLeft = Width - pageMargin - avatarSize
	avatarSize = 224
	topLine    = 72
	nameLine   = 196
	ruleLine   = 418
)

func (s *canvas) drawCard(c Card) {
	s.fillRectangle(s.img.Bounds(), paperColour)
	s.fillRectangle(image.Rect(0, 0, Width, 8), inkColour)
	s.drawWordmark(pageMargin, topLine-34)
	s.drawText(s.drawableText(c.Site, "Tribemarket"), pageMargin+44, topLine, 34, s.serif, inkColour, avatarLeft-pageMargin-80)
	s.drawAvatar(c.Avatar)

	room := avatarLeft - pageMargin - 40
	name := s.drawableText(c.Name, c.Handle)
	lines, size := s.fitName(name, room)
	y := nameLine
	for _, line := range lines {
		s.drawText(line, pageMargin, y, size, s.serif, inkColour, room)
		y += int(size) + 10
	}
	y -= 8
	s.drawText(s.drawableText(c.Where, ""), pageMargin, y, 30, s.sans, softInkColour, room)
	s.drawTribes(c.Tribes, y+54, room)

	s.fillRectangle(image.Rect(pageMargin, ruleLine, Width-pageMargin, ruleLine+1), inkColour)
	s.drawFigures(c.Figures)
	s.drawText(s.drawableText(c.Source, ""), pageMargin, Height-42, 26, s.sans, softInkColour, Width-2*pageMargin)
}

// drawTribes draws the tribes side by side, as far as there is room.
func (s *canvas) drawTribes(all []Tribe, y, room int) {
	x := pageMargin
	for _, t := range all {
		name := s.drawableText(t.Name, "")
		wide := 36 + s.textWidth(name, 28, s.sans)
		if name == "" || x+wide > pageMargin+room {
			continue
		}
		s.drawMark(t.Mark, x, y-22, 24, tribeColour(t.Mark.Hue))
		s.drawText(name, x+36, y, 28, s.sans, inkColour, room)
		x += wide + 32
	}
}

func (s *canvas) drawFigures(all []Figure) {
	all = all[:min(len(all), 3)]
	step := (Width - 2*pageMargin) / 3
	for i, f := range all {
		x := pageMargin + i*step
		s.drawText(s.drawableText(f.Label, ""), x, ruleLine+46, 26, s.sans, softInkColour, step-24)
		s.drawText(s.drawableText(f.Value, ""), x, ruleLine+110, 60, s.serif, inkColour, step-24)
	}
}

// drawAvatar draws the avatar as on the pages, on a grid of 56 by 56.
func (s *canvas) drawAvatar(a Avatar) {
	const unit = avatarSize / 56.0
	top := topLine + 40
	if len(a.Portrait) > 0 {
		s.drawPortrait(a.Portrait, image.Rect(avatarLeft, top, avatarLeft+avatarSize, top+avatarSize))
		return
	}
	s.fillRectangle(image.Rect(avatarLeft, top, avatarLeft+avatarSize, top+avatarSize), softTribeColour(a.First.Hue))
	first, second := tribeColour(a.First.Hue), mixColours(tribeColour(a.First.Hue), softTribeColour(a.First.Hue), 0.55)
	at := func(m Mark, x, y, scale float64, c color.Color) {
		s.drawMark(m, avatarLeft+int(x*unit), top+int(y*unit), scale*12*unit, c)
	}
	if a.Turned {
		at(a.First, 28, 5, 1.9, first)
		at(a.Second, 6, 8, 1.4, second)
	} else {
		at(a.First, 5, 5, 1.9, first)
		at(a.Second, 33, 6, 1.4, second)
	}
	initials := s.drawableText(a.Initials, "")
	x := avatarLeft + int(6*unit)
	if a.Turned {
		x = avatarLeft + int(50*unit) - s.textWidth(initials, 21*unit, s.serif)
	}
	s.drawText(initials, x, top+int(49*unit), 21*unit, s.serif, inkColour, avatarSize)
}

// drawPortrait fills a square with the middle of a portrait.
func (s *canvas) drawPortrait(portrait []byte, at image.Rectangle) {
	img, _, err := image.Decode(bytes.NewReader(portrait))
	if err != nil {
		s.err = errors.Join(s.err, fmt.Errorf("read a portrait: %w", err))
		return
	}
	from := img.Bounds()
	side := min(from.Dx(), from.Dy())
	corner := from.Min.Add(image.Pt((from.Dx()-side)/2, (from.Dy()-side)/2))
	xdraw.CatmullRom.Scale(s.img, at, img, image.Rectangle{corner, corner.Add(image.Pt(side, side))}, draw.Over, nil)
}

func (s *canvas) fillRectangle(r image.Rectangle, c color.Color) {
	draw.Draw(s.img, r, image.NewUniform(c), image.Point{}, draw.Src)
}

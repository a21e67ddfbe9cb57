package artwork

import (
	"fmt"
	"image/color"
	"io/fs"
	"sync"

	"tribemarket/static/art"
)

// ink is how much of each colour a drawing has.
type ink struct {
	palette color.Palette
	behind  []int
	counts  []uint64
}

var inks sync.Map // of a drawing's smallest file

func inkOf(d art.Drawing) (ink, error) {
	file := d.File(160)
	if known, ok := inks.Load(file); ok {
		return known.(ink), nil
	}
	m, err := decode(file)
	if err != nil {
		return ink{}, err
	}
	of := ink{m.Palette, background(m), make([]uint64, len(m.Palette))}
	for _, i := range m.Pix {
		of.counts[i]++
	}
	inks.Store(file, of)
	return of, nil
}

// Look is what is known of a picture before it is painted.
type Look struct {
	Width, Height int    // of the largest size, pixels
	Colour        string // the average, "#rrggbb"
	Bytes         int64  // of all sizes, about
}

// Look tells how the variant looks.
func (v Variant) Look() (Look, error) {
	of, err := inkOf(v.Drawing)
	if err != nil {
		return Look{}, err
	}
	var r, g, b, n uint64
	for i, c := range recolour(of.palette, of.behind, radians(v.Ground), radians(v.Things)) {
		red, green, blue, _ := c.RGBA()
		r, g, b, n = r+of.counts[i]*uint64(red>>8), g+of.counts[i]*uint64(green>>8), b+of.counts[i]*uint64(blue>>8), n+of.counts[i]
	}
	l := Look{Colour: fmt.Sprintf("#%02x%02x%02x", r/n, g/n, b/n)}
	l.Width, l.Height = v.Drawing.Size()
	for _, side := range v.Drawing.Sides() {
		i, err := fs.Stat(art.Files, v.Drawing.File(side))
		if err != nil {
			return l, err
		}
		l.Bytes += i.Size()
	}
	return l, nil
}

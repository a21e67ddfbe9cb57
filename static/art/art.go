// Package art holds the drawings of the demo and of examples: works that suit the tribes,
// portraits of people who don't exist, and signs of brands that don't.
package art

import (
	"embed"
	"fmt"
	"image"
	"image/png"
	"slices"
	"strings"
	"sync"
)

// Files are all drawings, each in every one of its sides.
//
//go:embed *.png
var Files embed.FS

// Drawing is one of the set.
type Drawing struct {
	Name   string
	Tribes []string // slugs of those that a work suits
	Square bool     // of a work: not upright, and nearer
}

// AltKey is the message key of what can be seen.
func (d Drawing) AltKey() string { return "art.alt." + strings.ReplaceAll(d.Name, "-", "_") }

// Sides are the sizes of a drawing, as those of uploaded pictures are given: neither its
// width nor its height is larger. The first stands for the largest that there is.
func (d Drawing) Sides() []int {
	if strings.HasPrefix(d.Name, "face-") || strings.HasPrefix(d.Name, "sign-") {
		return []int{480, 160}
	}
	return []int{1600, 480, 160}
}

// File is the name of its file in one of its Sides, in Files.
func (d Drawing) File(side int) string {
	name := d.Name
	if d.Square {
		name += "-square"
	}
	if side == 1600 {
		return name + ".png"
	}
	return fmt.Sprintf("%s-%d.png", name, side)
}

// Works are the works.
func Works() []Drawing { return slices.Clone(works) }

// Faces are the portraits.
func Faces() []Drawing { return slices.Clone(faces) }

// Signs are the signs of brands.
func Signs() []Drawing { return slices.Clone(signs) }

// Find is the drawing of a name; a name that does not exist is a mistake of ours and
// panics.
func Find(name string) Drawing {
	for _, d := range slices.Concat(works, faces, signs) {
		if d.Name == name {
			return d
		}
	}
	panic("art: there is no " + name)
}

// Size is the size of its largest file, in pixels.
func (d Drawing) Size() (width, height int) {
	f, err := Files.Open(d.File(d.Sides()[0]))
	if err != nil {
		panic("art: " + err.Error())
	}
	head, err := png.DecodeConfig(f)
	if err != nil {
		panic("art: " + d.Name + ": " + err.Error())
	}
	return head.Width, head.Height
}

// Colour is its average, "#rrggbb".
func (d Drawing) Colour() string { return averages()[d.File(160)] }

// averages are the average colours, by the smallest files.
var averages = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for _, d := range slices.Concat(works, faces, signs) {
		for _, square := range []bool{false, true} {
			if d.Square = square; square && len(d.Tribes) == 0 {
				continue
			}
			all[d.File(160)] = average(d.open(160))
		}
	}
	return all
})

func average(m *image.Paletted) string {
	var r, g, b, n uint64
	for _, i := range m.Pix {
		red, green, blue, _ := m.Palette[i].RGBA()
		r, g, b, n = r+uint64(red>>8), g+uint64(green>>8), b+uint64(blue>>8), n+1
	}
	return fmt.Sprintf("#%02x%02x%02x", r/n, g/n, b/n)
}

// open decodes a file; one that is missing or broken means a broken build, so it panics.
func (d Drawing) open(side int) *image.Paletted {
	f, err := Files.Open(d.File(side))
	if err != nil {
		panic("art: " + err.Error())
	}
	m, err := png.Decode(f)
	if err != nil {
		panic("art: " + d.File(side) + ": " + err.Error())
	}
	return m.(*image.Paletted)
}

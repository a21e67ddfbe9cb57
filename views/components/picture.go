package components

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"tribemarket/static"
	"tribemarket/static/art"
)

// Picture is a picture that was uploaded, or one of ours.
type Picture struct {
	Base          string // its address without a size
	Width, Height int64  // pixels
	Alt           string // what can be seen; "" where its name stands beside it
	Colour        string // its average, "#rrggbb"
	Class         string // pic, portrait, logo or square, and what goes with them
	Sizes         string // how wide it is shown, as in HTML's sizes; "" for a small picture
	First         bool   // it is seen at once, so that it is not loaded lazily
	Sides         []int  // the sizes that there are, pixels, the largest first

	Address func(side int) string // of a size, where it does not follow from Base
}

// DrawnPicture is a drawing that comes with the program.
func DrawnPicture(d art.Drawing, class, sizes string) Picture {
	width, height := d.Size()
	return Picture{
		Width: int64(width), Height: int64(height), Colour: d.Colour(), Class: class, Sizes: sizes, Sides: d.Sides(),
		Address: func(side int) string { return static.URL("art/" + d.File(side)) },
	}
}

// Largest is the address of the largest size.
func (p Picture) Largest() string { return p.address(p.Sides[0]) }

// usual is the size for browsers that don't choose.
func (p Picture) usual() string { return p.address(p.Sides[len(p.Sides)/2]) }

func (p Picture) address(side int) string {
	if p.Address != nil {
		return p.Address(side)
	}
	return p.Base + "/" + strconv.Itoa(side)
}

// sourceSet lists the sizes by their widths: those are smaller than the side where a
// picture is upright, or was small.
func (p Picture) sourceSet() string {
	var all []string
	for _, side := range p.Sides {
		width := p.Width
		if longest := max(p.Width, p.Height); longest > int64(side) {
			width = max(1, p.Width*int64(side)/longest)
		}
		all = append(all, p.address(side)+" "+strconv.FormatInt(width, 10)+"w")
	}
	return strings.Join(all, ", ")
}

// choices let a browser choose between several sizes: by the width, or, where that is not
// said, the largest for fine screens.
func (p Picture) choices() templ.Attributes {
	switch {
	case len(p.Sides) < 2:
		return nil
	case p.Sizes == "":
		return templ.Attributes{"srcset": p.address(p.Sides[0]) + " 2x"}
	}
	return templ.Attributes{"srcset": p.sourceSet(), "sizes": p.Sizes}
}

func (p Picture) loading() templ.Attributes {
	if p.First {
		return nil
	}
	return templ.Attributes{"loading": "lazy"}
}

package components

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// Picture is an uploaded picture.
type Picture struct {
	Base          string // its address without a size
	Width, Height int64  // pixels
	Alt           string // what can be seen; "" where its name stands beside it
	Colour        string // its average, "#rrggbb"
	Class         string // pic, portrait or thumb, and what goes with them
	Sizes         string // how wide it is shown, as in HTML's sizes
	First         bool   // it is seen at once, so that it is not loaded lazily
	Sides         []int  // the sizes that there are, pixels, the largest first
}

// usual is the size for browsers that don't choose.
func (p Picture) usual() string { return p.address(p.Sides[len(p.Sides)/2]) }

func (p Picture) address(side int) string { return p.Base + "/" + strconv.Itoa(side) }

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

func (p Picture) loading() templ.Attributes {
	if p.First {
		return nil
	}
	return templ.Attributes{"loading": "lazy"}
}

package site

import (
	"slices"

	"tribemarket/static/art"
	"tribemarket/views/components"
)

// wall gives out the drawings, each once.
type wall struct{ left []art.Drawing }

// favourites are drawings that look well beside each other, for the headline.
var favourites = []string{"serum", "noodles", "camera", "polish", "cat", "tulips", "sneaker", "candle"}

func newWall() *wall { return &wall{art.Works()} }

// drawingFor is a drawing that suits a tribe, if one is left, and no favourite as long as
// there is another.
func (w *wall) drawingFor(tribe string) *components.Picture {
	suits := func(d art.Drawing) bool { return slices.Contains(d.Tribes, tribe) }
	i := slices.IndexFunc(w.left, func(d art.Drawing) bool { return suits(d) && !slices.Contains(favourites, d.Name) })
	if i < 0 {
		i = slices.IndexFunc(w.left, suits)
	}
	return new(w.take(max(i, 0), tribeSizes))
}

// nextDrawing is a drawing for the headline.
func (w *wall) nextDrawing(first bool) components.Picture {
	i := slices.IndexFunc(w.left, func(d art.Drawing) bool { return slices.Contains(favourites, d.Name) })
	p := w.take(max(i, 0), hungSizes)
	p.First = first
	return p
}

func (w *wall) take(i int, sizes string) components.Picture {
	d := w.left[i]
	w.left = slices.Delete(w.left, i, i+1)
	return components.DrawnPicture(d, "pic", sizes)
}

package site

import (
	"cmp"
	"context"
	"slices"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/models/rankings"
	"tribemarket/static/art"
	"tribemarket/views/components"
	filesview "tribemarket/views/files"
	"tribemarket/views/search"
)

// How much the home page shows.
const (
	homeTribes  = 8
	homeFaces   = 3
	homeColumns = 4 // of works beside the headline
	homeWorks   = 2 * homeColumns
)

// HomeContent is what the home page is made from.
type HomeContent struct {
	Tribes []creators.Tribe // all that are visible, in the catalogue's order
	Sizes  map[string]int64 // creators by tribe
	Faces  map[string][]rankings.TribeCreator
	Floor  int64 // followers from which an account is listed
	Row    *search.SearchProps
	Turn   components.TurnCard
}

// PresentHome presents the home page: the largest tribes, each with a work that suits it,
// and other works beside the headline. No picture is shown twice.
func PresentHome(ctx context.Context, c HomeContent) HomeProps {
	p := HomeProps{Floor: c.Floor, AllTribes: len(c.Tribes), Row: c.Row, Turn: c.Turn}
	wall := newWall()
	for _, t := range largestTribes(c) {
		p.Tribes = append(p.Tribes, HomeTribe{
			Slug: t.Slug, Name: t.Display, Mark: t.Mark, Hue: t.Hue, Size: i18n.T(ctx, "site.home.size", "n", c.Sizes[t.Slug]), Picture: wall.drawingFor(t.Slug), Faces: faces(c.Faces[t.Slug]),
		})
	}
	for i := range homeWorks {
		p.Works = append(p.Works, wall.nextDrawing(i%2 == 0))
	}
	return p
}

// faces are the portraits of the first creators of a tribe, or what stands for them.
func faces(all []rankings.TribeCreator) []components.Avatar {
	var shown []components.Avatar
	for _, c := range all[:min(len(all), homeFaces)] {
		shown = append(shown, filesview.CreatorAvatar(c.PublicID, c.Name, c.Face, components.Small))
	}
	return shown
}

// largestTribes are those with the most creators.
func largestTribes(c HomeContent) []creators.Tribe {
	all := slices.Clone(c.Tribes)
	slices.SortStableFunc(all, func(a, b creators.Tribe) int { return cmp.Compare(c.Sizes[b.Slug], c.Sizes[a.Slug]) })
	return all[:min(len(all), homeTribes)]
}

func (p HomeProps) tribesNote(ctx context.Context) string {
	return i18n.T(ctx, "site.home.tribes_note", "n", len(p.Tribes), "all", p.AllTribes)
}

// columns are the works beside the headline, from the left.
func (p HomeProps) columns() [][]components.Picture {
	var all [][]components.Picture
	for i := 0; i+1 < len(p.Works); i += 2 {
		all = append(all, p.Works[i:i+2])
	}
	return all
}

// wall gives out the drawings, each once.
type wall struct{ left []art.Drawing }

// favourites are drawings that look well beside each other, for the headline.
var favourites = []string{"serum", "noodles", "camera", "polish", "cat", "tulips", "sneaker", "candle"}

func newWall() *wall { return &wall{art.Works()} }

// drawingFor is a drawing that suits a tribe, if one is left, and no favourite as long as
// there is another.
func (w *wall) drawingFor(tribe string) components.Picture {
	suits := func(d art.Drawing) bool { return slices.Contains(d.Tribes, tribe) }
	i := slices.IndexFunc(w.left, func(d art.Drawing) bool { return suits(d) && !slices.Contains(favourites, d.Name) })
	if i < 0 {
		i = slices.IndexFunc(w.left, suits)
	}
	return w.take(max(i, 0), "pic", "(min-width: 62rem) 17rem, (min-width: 40rem) 25vw, 50vw")
}

// nextDrawing is a drawing for the headline.
func (w *wall) nextDrawing(first bool) components.Picture {
	i := slices.IndexFunc(w.left, func(d art.Drawing) bool { return slices.Contains(favourites, d.Name) })
	p := w.take(max(i, 0), "pic", "(min-width: 62rem) 9rem, 25vw")
	p.First = first
	return p
}

func (w *wall) take(i int, class, sizes string) components.Picture {
	d := w.left[i]
	w.left = slices.Delete(w.left, i, i+1)
	return components.DrawnPicture(d, class, sizes)
}

package site

import (
	"cmp"
	"context"
	"slices"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/models/files"
	"tribemarket/models/rankings"
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

	WorksOfEach = 3 // works to choose from, of each creator whose face is shown
)

// HomeContent is what the home page is made from.
type HomeContent struct {
	Tribes []creators.Tribe // all that are visible, in the catalogue's order
	Sizes  map[string]int64 // creators by tribe
	Faces  map[string][]rankings.TribeCreator
	Works  map[int64]files.CreatorPictures // of those in Faces
	Floor  int64                           // followers from which an account is listed
	Row    *search.SearchProps
	Turn   components.TurnCard
}

// CreatorIDs are those whose faces or works the page shows.
func (c HomeContent) CreatorIDs() (ids []int64) {
	for _, x := range slices.Concat(c.faceCreators(), c.firstOfOthers()) {
		ids = append(ids, x.ID)
	}
	return ids
}

// faceCreators are the creators whose faces are shown: the first of each tribe, then the
// second.
func (c HomeContent) faceCreators() (all []rankings.TribeCreator) {
	largest, _ := c.tribesBySize()
	for n := range homeFaces {
		for _, t := range largest {
			if x := c.Faces[t.Slug]; n < len(x) {
				all = append(all, x[n])
			}
		}
	}
	return all
}

// firstOfOthers are the first creators of the tribes that have no place on the page.
func (c HomeContent) firstOfOthers() (all []rankings.TribeCreator) {
	_, others := c.tribesBySize()
	for _, t := range others {
		if x := c.Faces[t.Slug]; len(x) > 0 {
			all = append(all, x[0])
		}
	}
	return all
}

// PresentHome presents the home page: the largest tribes, each with a work of a creator who
// is in it, and beside the headline works of other tribes. As long as nobody shows works, drawings
// take their places. No picture is shown twice.
func PresentHome(ctx context.Context, c HomeContent) HomeProps {
	p := HomeProps{Floor: c.Floor, AllTribes: len(c.Tribes), Row: c.Row, Turn: c.Turn}
	shown, drawn := newWorks(c), newWall()
	largest, _ := c.tribesBySize()
	for _, t := range largest {
		picture := shown.workFor(t.Slug)
		if picture == nil {
			picture = drawn.drawingFor(t.Slug)
		}
		p.Tribes = append(p.Tribes, HomeTribe{
			Slug: t.Slug, Name: t.Display, Mark: t.Mark, Hue: t.Hue, Size: i18n.T(ctx, "site.home.size", "n", c.Sizes[t.Slug]), Picture: *picture, Faces: faces(c.Faces[t.Slug]),
		})
	}
	for len(p.Works) < homeWorks {
		work, ok := shown.nextWork(ctx)
		if !ok {
			break
		}
		work.Picture.First = len(p.Works)%2 == 0
		p.Works = append(p.Works, work)
	}
	if p.Works = p.Works[:len(p.Works)/2*2]; len(p.Works) > 0 {
		return p
	}
	for i := range homeWorks {
		p.Works = append(p.Works, HungWork{Picture: drawn.nextDrawing(i%2 == 0)})
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

// tribesBySize are the tribes with the most creators, and the others.
func (c HomeContent) tribesBySize() (largest, others []creators.Tribe) {
	all := slices.Clone(c.Tribes)
	slices.SortStableFunc(all, func(a, b creators.Tribe) int { return cmp.Compare(c.Sizes[b.Slug], c.Sizes[a.Slug]) })
	n := min(len(all), homeTribes)
	return all[:n], all[n:]
}

func (p HomeProps) tribesNote(ctx context.Context) string {
	return i18n.T(ctx, "site.home.tribes_note", "n", len(p.Tribes), "all", p.AllTribes)
}

// columns are the works beside the headline, from the left.
func (p HomeProps) columns() [][]HungWork {
	var all [][]HungWork
	for i := 0; i+1 < len(p.Works); i += 2 {
		all = append(all, p.Works[i:i+2])
	}
	return all
}

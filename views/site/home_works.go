package site

import (
	"context"
	"slices"

	"tribemarket/internal/i18n"
	"tribemarket/models/files"
	"tribemarket/models/rankings"
	"tribemarket/views/components"
	filesview "tribemarket/views/files"
	"tribemarket/views/paths"
)

// How wide works are shown, as in HTML's sizes.
const (
	tribeSizes = "(min-width: 62rem) 17rem, (min-width: 40rem) 25vw, 50vw"
	hungSizes  = "(min-width: 62rem) 9rem, 25vw"
)

// shownWorks gives out the works of creators, each once. Of works that are described alike
// it takes the first: they show the same thing.
type shownWorks struct {
	content HomeContent
	order   []rankings.TribeCreator
	seen    map[string]bool // by id, and by description
}

func newWorks(c HomeContent) *shownWorks {
	w := &shownWorks{content: c, order: slices.Concat(c.firstOfOthers(), c.faceCreators()), seen: map[string]bool{}}
	if c.Row != nil {
		for _, x := range c.Row.Result.Hits[0].Pictures.Works {
			w.take(x)
		}
	}
	return w
}

// workFor is a work for a tribe, rather of a creator for whom it comes first; nil if none of
// its creators has one.
func (w *shownWorks) workFor(tribe string) *components.Picture {
	others := func(c rankings.TribeCreator) bool {
		return len(c.Face.Tribes) == 0 || c.Face.Tribes[0].Tribe.Slug != tribe
	}
	for _, rest := range []bool{false, true} {
		for _, c := range w.content.Faces[tribe] {
			if others(c) != rest {
				continue
			}
			if x := w.next(c); x != nil {
				p := filesview.Picture(*x, "pic", tribeSizes)
				p.Alt = ""
				return &p
			}
		}
	}
	return nil
}

// nextWork is a work for the headline, named by its creator: one of each, then another of
// each.
func (w *shownWorks) nextWork(ctx context.Context) (HungWork, bool) {
	for i, c := range w.order {
		x := w.next(c)
		if x == nil {
			continue
		}
		w.order = append(slices.Delete(w.order, 0, i+1), c)
		p := filesview.Picture(*x, "pic", hungSizes)
		p.Alt = i18n.T(ctx, "creators.works_of", "name", c.Name)
		return HungWork{p, paths.Creator(c.PublicID)}, true
	}
	return HungWork{}, false
}

// next is the creator's next work that is not shown yet; nil if there is none.
func (w *shownWorks) next(c rankings.TribeCreator) *files.Picture {
	for _, x := range w.content.Works[c.ID].Works {
		if w.take(x) {
			return &x
		}
	}
	return nil
}

// take marks a work as shown, and says whether it was not yet.
func (w *shownWorks) take(x files.Picture) bool {
	if w.seen[x.PublicID] || x.Alt != "" && w.seen[x.Alt] {
		return false
	}
	w.seen[x.PublicID], w.seen[x.Alt] = true, true
	return true
}

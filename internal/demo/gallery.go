package demo

import (
	"slices"
	"strings"

	"tribemarket/internal/artwork"
	"tribemarket/models/creators"
	"tribemarket/static/art"
)

// hues is how many steps make a whole turn.
const hues = 360 / artwork.Step

// gallery counts how often each drawing is shown, so that no two look the same, and how
// many members each tribe has, so that neighbours begin with different drawings.
type gallery struct{ variants, members map[string]int }

func newGallery() gallery { return gallery{map[string]int{}, map[string]int{}} }

// hang is the next variant of a drawing.
func (g gallery) hang(d art.Drawing) artwork.Variant {
	const apart = 5 // steps, which go through all hues
	n := g.variants[d.File(160)]
	g.variants[d.File(160)]++
	v := artwork.Variant{Drawing: d, Mirrored: (n+n/hues)%2 == 1, Ground: uint8(n * apart % hues), Number: uint64(n)}
	if d.Tribes != nil { // people keep their colours
		v.Things = [...]uint8{0, 1, hues - 1}[n/(2*hues)%3]
	}
	return v
}

// neutralWorks are the drawings of things that anybody may show.
var neutralWorks = strings.Fields("coffee desk phone armchair suitcase cat dog monstera tulips camera kitchen")

const (
	worksInRow    = 5 // as many as a row of a search shows, all different things
	ownWorksInRow = 3 // of them suit the first tribe, so that those who share it differ
)

// worksOf are so many works: first a row of those that suit the creator's first tribe, one
// that suits the second and neutral ones, then the others. Each drawing is there at most
// once upright and once square.
func (g gallery) worksOf(p person, most int) []artwork.Variant {
	turn := g.members[p.tribes[0].Slug]
	g.members[p.tribes[0].Slug]++
	own, second, neutral := distinctiveFirst(worksFor(p.tribes[:1]), turn), without(worksFor(p.tribes[1:]), p.tribes[0]), neutralFor(p.tribes)
	rounds := turn / len(own)
	rotate(second, turn)
	rotate(neutral, turn*7)
	row := slices.Concat(own[:min(len(own), ownWorksInRow)], second[:min(len(second), 1)])
	row = append(row, neutral[:worksInRow-len(row)]...)
	shown := map[string]bool{}
	var all []artwork.Variant
	hang := func(d art.Drawing, square bool) {
		if d.Square = square; len(all) < most && !shown[d.File(160)] {
			shown[d.File(160)], all = true, append(all, g.hang(d))
		}
	}
	for i, d := range row {
		hang(d, (rounds+i)%2 == 1)
	}
	for _, d := range slices.Concat(own, second) {
		hang(d, false)
		hang(d, true)
	}
	for _, d := range neutral {
		hang(d, false)
	}
	return all
}

// worksFor are the drawings that suit one of the tribes.
func worksFor(tribes []creators.Tribe) []art.Drawing {
	return slices.DeleteFunc(art.Works(), func(d art.Drawing) bool {
		return !slices.ContainsFunc(tribes, func(t creators.Tribe) bool { return slices.Contains(d.Tribes, t.Slug) })
	})
}

// distinctiveFirst turns the drawings of a tribe for its next member. Those that only some
// tribes show come first, where there are several.
func distinctiveFirst(own []art.Drawing, turn int) []art.Drawing {
	isNeutral := func(d art.Drawing) bool { return slices.Contains(neutralWorks, d.Name) }
	distinctive := slices.DeleteFunc(slices.Clone(own), isNeutral)
	if len(distinctive) < 2 {
		rotate(own, turn)
		return own
	}
	rotate(distinctive, turn)
	return append(distinctive, slices.DeleteFunc(own, func(d art.Drawing) bool { return !isNeutral(d) })...)
}

// without leaves out the drawings that suit a tribe.
func without(all []art.Drawing, t creators.Tribe) []art.Drawing {
	return slices.DeleteFunc(all, func(d art.Drawing) bool { return slices.Contains(d.Tribes, t.Slug) })
}

// neutralFor are the neutral drawings, without those that suit one of the tribes.
func neutralFor(tribes []creators.Tribe) []art.Drawing {
	all := slices.DeleteFunc(art.Works(), func(d art.Drawing) bool { return !slices.Contains(neutralWorks, d.Name) })
	for _, t := range tribes {
		all = without(all, t)
	}
	return all
}

func rotate[T any](all []T, by int) {
	if len(all) > 0 {
		by %= len(all)
		copy(all, append(slices.Clone(all[by:]), all[:by]...))
	}
}

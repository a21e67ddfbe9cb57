package demo

import (
	"cmp"
	"slices"
	"strings"

	"tribemarket/static/art"
)

// beardNames are the first names with which people would expect one of beardFaces.
var (
	beardNames = strings.Fields("Basile Éloi Joris Sacha Ilan Joost Mees Tygo Sami Pim Corin Jude Rafi Falk Jannis Lenn Emre Veit Ciro Elio Iker Nico Saúl Brando Elia Orso Zeno")
	beardFaces = strings.Fields("face-03 face-06 face-08 face-11")
)

// castFaces chooses a drawn face for each member. Those who are followed most stand beside
// each other where their tribes are shown, so a tribe repeats a face only after all others.
func castFaces(members []member) []art.Drawing {
	chosen := make([]art.Drawing, len(members))
	inTribe, everywhere := map[[2]string]int{}, map[string]int{}
	for _, i := range mostFollowedFirst(members) {
		p := members[i].person
		first, _, _ := strings.Cut(p.name, " ")
		bearded := slices.Contains(beardNames, first)
		faces := slices.DeleteFunc(art.Faces(), func(d art.Drawing) bool { return slices.Contains(beardFaces, d.Name) != bearded })
		seen := func(d art.Drawing) (n int) {
			for _, t := range p.tribes {
				n += inTribe[[2]string{t.Slug, d.Name}]
			}
			return n
		}
		chosen[i] = slices.MinFunc(faces, func(a, b art.Drawing) int {
			return cmp.Or(cmp.Compare(seen(a), seen(b)), cmp.Compare(everywhere[a.Name], everywhere[b.Name]))
		})
		for _, t := range p.tribes {
			inTribe[[2]string{t.Slug, chosen[i].Name}]++
		}
		everywhere[chosen[i].Name]++
	}
	return chosen
}

// mostFollowedFirst are the places of the members, in the order of most lists.
func mostFollowedFirst(members []member) []int {
	order := make([]int, len(members))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(members[b].followers, members[a].followers) })
	return order
}

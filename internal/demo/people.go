package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"tribemarket/models/creators"
)

// A place is where an invented creator lives and what is spoken there. The
// weights are chosen; names are put together from syllables.
type place struct {
	country, language string
	weight            int
	first             []string
}

var (
	french  = []string{"Maëlle", "Anouk", "Basile", "Clélie", "Éloi", "Joris", "Solène", "Théa", "Ilan", "Nour", "Sacha", "Awa"}
	dutch   = []string{"Fenna", "Joost", "Liv", "Mees", "Noor", "Tygo", "Wieke", "Sami", "Bo", "Yara", "Pim", "Iris"}
	english = []string{"Ada", "Blythe", "Corin", "Imani", "Jude", "Kit", "Marlo", "Nell", "Rafi", "Tamsin", "Wren", "Zadie"}
	german  = []string{"Anneke", "Falk", "Henrike", "Jannis", "Kaya", "Lenn", "Mika", "Runa", "Swantje", "Emre", "Tilda", "Veit"}
	spanish = []string{"Abril", "Bruna", "Ciro", "Elio", "Gala", "Iker", "Lola", "Mar", "Nico", "Paz", "Saúl", "Vera"}
	italian = []string{"Alba", "Brando", "Diletta", "Elia", "Fiamma", "Gioia", "Luce", "Nives", "Orso", "Sveva", "Tea", "Zeno"}

	places = []place{
		{"FR", "French", 22, french}, {"BE", "French", 7, french}, {"BE", "Dutch", 7, dutch}, {"NL", "Dutch", 14, dutch},
		{"GB", "English", 13, english}, {"DE", "German", 12, german}, {"ES", "Spanish", 8, spanish}, {"IT", "Italian", 6, italian},
		{"US", "English", 5, english}, {"CH", "German", 3, german}, {"CA", "English", 3, english},
	}

	syllables = []string{"bel", "cor", "dar", "fen", "gal", "hol", "ker", "lum", "mar", "nol", "per", "quin", "ros", "sel", "tav", "vel", "wim", "zan"}
	endings   = []string{"ande", "ick", "mond", "ette", "ova", "aert", "holt", "ini", "ères", "quist", "ow", "ara"}
)

// person is an invented creator. The same seed and number give the same one.
type person struct {
	number          int
	handle, name    string
	place           place
	tribes          []creators.Tribe
	followers       int64
	likes, allPosts int64
	posts           []post
}

// generator makes persons, each by itself, so that a million needs no memory.
type generator struct {
	seed   uint64
	now    time.Time
	tribes []creators.Tribe
}

func newGenerator(seed uint64, now time.Time, catalogue *creators.Catalogue) *generator {
	return &generator{seed, now.UTC().Truncate(time.Hour), catalogue.All()}
}

// person makes one. Posts take most of the work and are made only when asked for.
func (g *generator) person(number, posts int) person {
	r := rand.New(rand.NewPCG(g.seed, uint64(number))) //nolint:gosec // invented figures
	p := person{number: number, place: pick(r), followers: followers(r)}
	if number < Joined {
		p.place = places[number%5] // the ones with stories live where the demo's languages are spoken
		p.followers = 12_000 + p.followers%380_000
	}
	last := syllables[r.IntN(len(syllables))] + endings[r.IntN(len(endings))]
	first := p.place.first[r.IntN(len(p.place.first))]
	p.name = first + " " + strings.ToUpper(last[:1]) + last[1:]
	p.handle = fmt.Sprintf("%s.%s%d", ascii(first), ascii(last), number)
	p.tribes = g.pickTribes(r)
	p.likes, p.allPosts = totals(r, p.followers)
	l := newLevel(r, p.followers)
	at := g.now.Add(-time.Duration(r.IntN(40)) * time.Hour)
	for i := range posts {
		x := l.post(r)
		x.id, x.at, x.hashtags = 7_400_000_000_000_000_000+int64(number)*1_000+int64(posts-i), at, p.hashtags(r)
		p.posts = append(p.posts, x)
		at = at.Add(-gap(r))
	}
	return p
}

func pick(r *rand.Rand) place {
	x := r.IntN(100)
	for _, p := range places {
		if x -= p.weight; x < 0 {
			return p
		}
	}
	return places[0]
}

// pickTribes favours the first of the catalogue, since tribes differ in size.
func (g *generator) pickTribes(r *rand.Rand) []creators.Tribe {
	n := float64(len(g.tribes))
	a := int(n * r.Float64() * r.Float64())
	if r.IntN(3) > 0 {
		return []creators.Tribe{g.tribes[a]}
	}
	b := (a + 1 + r.IntN(len(g.tribes)-1)) % len(g.tribes)
	return []creators.Tribe{g.tribes[a], g.tribes[b]}
}

func (p person) hashtags(r *rand.Rand) []string {
	t := p.tribes[r.IntN(len(p.tribes))]
	return []string{t.Hashtags[r.IntN(len(t.Hashtags))], t.Hashtags[r.IntN(len(t.Hashtags))], "fyp"}
}

var plain = strings.NewReplacer("ë", "e", "é", "e", "É", "e", "è", "e", "ú", "u")

func ascii(s string) string { return strings.ToLower(plain.Replace(s)) }

package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
	"unicode"

	"tribemarket/models/creators"
	"tribemarket/models/platform"
)

// homePlace is where an invented creator lives and what is spoken there. The weights are
// chosen; names are assembled from syllables.
type homePlace struct {
	country, language string
	weight            int
	firstNames        []string
}

var (
	french  = []string{"Maëlle", "Anouk", "Basile", "Clélie", "Éloi", "Joris", "Solène", "Théa", "Ilan", "Nour", "Sacha", "Awa"}
	dutch   = []string{"Fenna", "Joost", "Liv", "Mees", "Noor", "Tygo", "Wieke", "Sami", "Bo", "Yara", "Pim", "Iris"}
	english = []string{"Ada", "Blythe", "Corin", "Imani", "Jude", "Kit", "Marlo", "Nell", "Rafi", "Tamsin", "Wren", "Zadie"}
	german  = []string{"Anneke", "Falk", "Henrike", "Jannis", "Kaya", "Lenn", "Mika", "Runa", "Swantje", "Emre", "Tilda", "Veit"}
	spanish = []string{"Abril", "Bruna", "Ciro", "Elio", "Gala", "Iker", "Lola", "Mar", "Nico", "Paz", "Saúl", "Vera"}
	italian = []string{"Alba", "Brando", "Diletta", "Elia", "Fiamma", "Gioia", "Luce", "Nives", "Orso", "Sveva", "Tea", "Zeno"}

	places = []homePlace{
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
	place           homePlace
	tribes          []creators.Tribe
	platform        string
	followers       int64
	engagement      float64 // reactions to a view
	likes, allPosts int64
	posts           []post
}

// generator creates persons, each independently, so that a million need no memory.
type generator struct {
	seed   uint64
	now    time.Time
	tribes []creators.Tribe
}

func newGenerator(seed uint64, now time.Time, catalogue *creators.TribeCatalogue) *generator {
	return &generator{seed, now.UTC().Truncate(time.Hour), catalogue.VisibleTribes()}
}

// makePerson creates one person. Posts are most of the work and are created only on
// request.
func (g *generator) makePerson(number, posts int) person {
	r := rand.New(rand.NewPCG(g.seed, uint64(number))) //nolint:gosec // invented figures
	p := person{number: number, place: drawPlace(r), followers: drawFollowers(r)}
	p.platform = g.drawPlatform(number)
	switch {
	case number < JoinedCreators:
		p.place = places[number%5] // the ones with stories live where the demo's languages are spoken
		p.followers = 12_000 + p.followers%380_000
		if number%4 == 1 || number == 3 { // some are as small as most of the trade
			p.followers = 10_300 + p.followers%9_500
		}
	case isMember(number) && p.followers < creators.DefaultFollowerFloor:
		p.followers += creators.DefaultFollowerFloor
	}
	last := syllables[r.IntN(len(syllables))] + endings[r.IntN(len(endings))]
	first := p.place.firstNames[r.IntN(len(p.place.firstNames))]
	p.name = first + " " + strings.ToUpper(last[:1]) + last[1:]
	p.handle = fmt.Sprintf("%s.%s%d", toASCII(first), toASCII(last), number)
	if p.platform == platform.Twitch { // which allows no full stops
		p.handle = strings.ReplaceAll(p.handle, ".", "_")
	}
	p.tribes = g.drawTribes(r)
	p.likes, p.allPosts = drawTotals(r, p.followers)
	p.engagement = drawEngagement(r, p)
	l := drawPostingLevel(r, p)
	at := g.now.Add(-time.Duration(r.IntN(40)) * time.Hour)
	for i := range posts {
		x := l.drawPost(r)
		x.id, x.at, x.hashtags = 7_400_000_000_000_000_000+int64(number)*1_000+int64(posts-i), at, p.drawHashtags(r)
		p.posts = append(p.posts, x)
		at = at.Add(-drawTimeBetweenPosts(r))
	}
	return p
}

// drawPlatform draws where the creator is; those with stories are on TikTok.
func (g *generator) drawPlatform(number int) string {
	if number < JoinedCreators {
		return platform.TikTok
	}
	r := rand.New(rand.NewPCG(g.seed+1, uint64(number))) //nolint:gosec // invented figures
	switch x := r.IntN(100); {
	case x < 62:
		return platform.TikTok
	case x < 84:
		return platform.Instagram
	case x < 93:
		return platform.YouTube
	}
	return platform.Twitch
}

func drawPlace(r *rand.Rand) homePlace {
	x := r.IntN(100)
	for _, p := range places {
		if x -= p.weight; x < 0 {
			return p
		}
	}
	return places[0]
}

// drawTribes favours the first tribes of the catalogue, since tribes differ in size.
func (g *generator) drawTribes(r *rand.Rand) []creators.Tribe {
	n := float64(len(g.tribes))
	a := int(n * r.Float64() * r.Float64())
	if r.IntN(3) > 0 {
		return []creators.Tribe{g.tribes[a]}
	}
	b := (a + 1 + r.IntN(len(g.tribes)-1)) % len(g.tribes)
	return []creators.Tribe{g.tribes[a], g.tribes[b]}
}

func (p person) drawHashtags(r *rand.Rand) []string {
	tags := latinHashtags(p.tribes[r.IntN(len(p.tribes))])
	return []string{tags[r.IntN(len(tags))], tags[r.IntN(len(tags))], "fyp"}
}

// latinHashtags are the hashtags of a tribe that the invented people could read.
func latinHashtags(t creators.Tribe) []string {
	return slices.DeleteFunc(slices.Clone(t.Hashtags), func(tag string) bool {
		return strings.ContainsFunc(tag, func(r rune) bool { return r > unicode.MaxLatin1 })
	})
}

var accentReplacer = strings.NewReplacer("ë", "e", "é", "e", "É", "e", "è", "e", "ú", "u")

func toASCII(s string) string { return strings.ToLower(accentReplacer.Replace(s)) }

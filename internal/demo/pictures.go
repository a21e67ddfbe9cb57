package demo

import (
	"context"
	"slices"
	"strings"
	"time"

	"tribemarket/internal/artwork"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/files"
	"tribemarket/static/art"
)

// showPictures gives members portraits and works that suit their tribes, and brands their
// logos. They are painted when they are looked at.
func (m *worldMaker) showPictures(ctx context.Context, _ *World) error {
	m.clock.setTime(m.now)
	var all []files.Picture
	hall := gallery{}
	for i, x := range m.members {
		if x.number == memberWithoutPictures {
			continue
		}
		var shown []artwork.Variant
		if i%6 != 5 { // some show none, and are drawn by their initials
			shown = append(shown, hall.hang(faceOf(x.person, i)))
		}
		for n, v := range append(shown, hall.worksOf(x.person, 4+x.number*7%6)...) {
			p, err := pictureOf(ctx, v, localeOf(x.person))
			if err != nil {
				return err
			}
			p.CreatorID, p.UploadedBy, p.Use, p.Place = &m.members[i].actor.CreatorID, &m.members[i].actor.PersonID, files.Work, int64(n-len(shown)+1)
			if n < len(shown) {
				p.Use, p.Place = files.Portrait, 1
			}
			all = append(all, p)
		}
	}
	logos, err := m.logos(ctx)
	if err != nil {
		return err
	}
	return m.app.Files.ShowStored(ctx, append(all, logos...))
}

// memberWithoutPictures has none yet.
const memberWithoutPictures = 26

// hues is how many steps make a whole turn.
const hues = 360 / artwork.Step

// beardNames are the first names with which people would expect one of beardFaces.
var (
	beardNames = strings.Fields("Basile Éloi Joris Sacha Ilan Joost Mees Tygo Sami Pim Corin Jude Rafi Falk Jannis Lenn Emre Veit Ciro Elio Iker Nico Saúl Brando Elia Orso Zeno")
	beardFaces = strings.Fields("face-03 face-06 face-08 face-11")
)

// faceOf chooses a drawn face, so that neighbours have different ones.
func faceOf(p person, at int) art.Drawing {
	first, _, _ := strings.Cut(p.name, " ")
	bearded := slices.Contains(beardNames, first)
	faces := slices.DeleteFunc(art.Faces(), func(d art.Drawing) bool { return slices.Contains(beardFaces, d.Name) != bearded })
	return faces[at*3%len(faces)]
}

// gallery counts how often each drawing is shown, so that no two look the same.
type gallery map[string]int

// hang is the next variant of a drawing.
func (g gallery) hang(d art.Drawing) artwork.Variant {
	const apart = 5 // steps, which go through all hues
	n := g[d.File(160)]
	g[d.File(160)]++
	v := artwork.Variant{Drawing: d, Mirrored: (n+n/hues)%2 == 1, Ground: uint8(n * apart % hues), Number: uint64(n)}
	if d.Tribes != nil { // people keep their colours
		v.Things = [...]uint8{0, 1, hues - 1}[n/(2*hues)%3]
	}
	return v
}

// anybodys are the drawings of things that anybody may show.
var anybodys = strings.Fields("coffee desk phone armchair suitcase books cat dog monstera tulips camera kitchen")

// worksOf are so many works, each drawing once in a shape: those that suit the creator's
// tribes, then anybody's, then the first ones again, square and nearer.
func (g gallery) worksOf(p person, most int) []artwork.Variant {
	var suited, square, others []art.Drawing
	for _, d := range art.Works() {
		if !suits(d, p) {
			if slices.Contains(anybodys, d.Name) {
				others = append(others, d)
			}
			continue
		}
		suited = append(suited, d)
		d.Square = true
		square = append(square, d)
	}
	rotate(suited, p.number)
	rotate(square, p.number+1)
	rotate(others, p.number*7)
	const row = 5 // as many as a row of a search shows, all different things
	first := min(len(suited), most)
	more := max(0, min(row, most)-first)
	chosen := slices.Concat(suited[:first], others[:more], square, others[more:])
	var all []artwork.Variant
	for _, d := range chosen[:most] {
		all = append(all, g.hang(d))
	}
	return all
}

func suits(d art.Drawing, p person) bool {
	for _, t := range p.tribes {
		if slices.Contains(d.Tribes, t.Slug) {
			return true
		}
	}
	return false
}

func rotate[T any](all []T, by int) {
	if len(all) > 0 {
		by %= len(all)
		copy(all, append(slices.Clone(all[by:]), all[:by]...))
	}
}

// logos are the signs of the brands that have one; those of brands with which nobody signs
// in have other colours.
func (m *worldMaker) logos(ctx context.Context) ([]files.Picture, error) {
	var all []files.Picture
	add := func(sign, locale string, turn uint8, actor models.Actor) error {
		if sign == "" {
			return nil
		}
		v := artwork.Variant{Drawing: art.Find(sign), Ground: turn, Things: turn}
		p, err := pictureOf(ctx, v, locale)
		p.BrandID, p.UploadedBy, p.Use, p.Place = &actor.BrandID, &actor.PersonID, files.Logo, 1
		all = append(all, p)
		return err
	}
	for i, b := range demoBrands {
		if err := add(b.sign, b.locale, 0, m.brands[i]); err != nil {
			return nil, err
		}
	}
	for i, b := range pastBrands {
		if err := add(b.sign, b.locale, hues/3, m.pastBrands[i]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// pictureOf describes a picture in the language of whoever shows it.
func pictureOf(ctx context.Context, v artwork.Variant, locale string) (files.Picture, error) {
	l, err := v.Look()
	if err != nil {
		return files.Picture{}, err
	}
	reader := i18n.WithLocale(ctx, i18n.Locale(locale), time.UTC)
	return files.Picture{
		Alt: i18n.T(reader, v.Drawing.AltKey()), Colour: l.Colour, Width: int64(l.Width), Height: int64(l.Height), Type: "image/png", Bytes: l.Bytes, StorageKey: v.Key(),
	}, nil
}

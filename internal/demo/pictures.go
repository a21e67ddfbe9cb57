package demo

import (
	"context"
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
	var ids []int64
	for _, x := range m.members {
		ids = append(ids, x.actor.CreatorID)
	}
	posts, err := m.app.Creators.LatestPostsOf(ctx, ids)
	if err != nil {
		return err
	}
	hall, faces := newGallery(), castFaces(m.members)
	for _, i := range mostFollowedFirst(m.members) { // neighbours in lists show different pictures
		x := m.members[i]
		if x.number == memberWithoutPictures {
			continue
		}
		var shown []artwork.Variant
		if i%6 != 5 { // some show none, and are drawn by their initials
			shown = append(shown, hall.hang(faces[i]))
		}
		works := 4 + x.number*7%6
		for n, v := range append(shown, hall.worksOf(x.person, works+len(posts[x.actor.CreatorID]))...) {
			p, err := pictureOf(ctx, v, localeOf(x.person))
			if err != nil {
				return err
			}
			p.CreatorID, p.UploadedBy, p.Use, p.Place = &m.members[i].actor.CreatorID, &m.members[i].actor.PersonID, files.Work, int64(n-len(shown)+1)
			if n < len(shown) {
				p.Use, p.Place = files.Portrait, 1
			}
			if nth := n - len(shown) - works; nth >= 0 { // none of the works is on a thumbnail too
				p.Use, p.Place, p.PostID, p.Alt, p.UploadedBy = files.Thumbnail, 0, &posts[x.actor.CreatorID][nth], "", nil
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

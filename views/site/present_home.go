package site

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
)

// PresentHome presents the home page, with these tribes; floor is the number of followers
// from which an account is listed.
func PresentHome(ctx context.Context, tribes []creators.Tribe, floor int64) HomeProps {
	p := HomeProps{Floor: floor}
	for _, t := range tribes {
		p.Tribes = append(p.Tribes, HomeTribe{Slug: t.Slug, Name: t.Display, Line: t.Description(string(i18n.LocaleOf(ctx))), Mark: t.Mark, Hue: t.Hue})
	}
	return p
}

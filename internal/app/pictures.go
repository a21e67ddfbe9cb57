package app

import (
	"context"

	"tribemarket/internal/picture"
	"tribemarket/views/components"
	creatorsview "tribemarket/views/creators"
)

// drawPicture draws the preview picture of a creator's page.
func (a *App) drawPicture(ctx context.Context, p creatorsview.Picture) ([]byte, error) {
	c := picture.Card{
		Site: p.Site, Name: p.Name, Handle: p.Handle, Where: p.Where, Source: p.Source,
		Avatar: picture.Avatar{First: pictureMark(p.First), Second: pictureMark(p.Second), Turned: p.Turned, Initials: p.Initials},
	}
	for _, t := range p.Tribes {
		c.Tribes = append(c.Tribes, picture.Tribe{Name: t.Name, Mark: pictureMark(t.Mark)})
	}
	for _, f := range p.Figures {
		c.Figures = append(c.Figures, picture.Figure{Label: f.Label, Value: f.Value})
	}
	return a.pictures.Draw(ctx, c)
}

func pictureMark(m components.Mark) picture.Mark { return picture.Mark{Path: m.Path(), Hue: m.Hue} }

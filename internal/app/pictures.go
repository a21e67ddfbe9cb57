package app

import (
	"context"
	"io"

	"tribemarket/internal/picture"
	"tribemarket/models"
	"tribemarket/models/files"
	"tribemarket/views/components"
	creatorsview "tribemarket/views/creators"
)

// drawPicture draws the preview picture of a creator's page.
func (a *App) drawPicture(ctx context.Context, p creatorsview.Picture) ([]byte, error) {
	c := picture.Card{
		Site: p.Site, Name: p.Name, Handle: p.Handle, Where: p.Where, Source: p.Source,
		Avatar: picture.Avatar{First: pictureMark(p.First), Second: pictureMark(p.Second), Turned: p.Turned, Initials: p.Initials},
	}
	if p.Portrait != "" {
		var err error
		if c.Avatar.Portrait, err = a.readPortrait(ctx, p.Portrait); err != nil {
			return nil, err
		}
	}
	for _, t := range p.Tribes {
		c.Tribes = append(c.Tribes, picture.Tribe{Name: t.Name, Mark: pictureMark(t.Mark)})
	}
	for _, f := range p.Figures {
		c.Figures = append(c.Figures, picture.Figure{Label: f.Label, Value: f.Value})
	}
	return a.pictures.Draw(ctx, c)
}

// readPortrait reads a portrait that everybody may see, in its middle size; nothing if it
// has been removed or hidden meanwhile.
func (a *App) readPortrait(ctx context.Context, publicID string) ([]byte, error) {
	content, err := a.Files.OpenPicture(ctx, models.Actor{}, publicID, files.Sides()[1])
	if models.CodeOf(err) == models.CodeNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = content.Close() }()
	return io.ReadAll(content)
}

func pictureMark(m components.Mark) picture.Mark { return picture.Mark{Path: m.Path(), Hue: m.Hue} }

package files

import (
	"strings"

	"tribemarket/models/creators"
	"tribemarket/models/files"
	"tribemarket/static/art"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// drawn begins the id of a drawing that comes with the program, which no upload has.
const drawn = "art:"

// Drawing is a drawing that comes with the program, in the place of an upload: in examples.
func Drawing(d art.Drawing, alt string) files.Picture {
	width, height := d.Size()
	return files.Picture{PublicID: drawn + d.Name, Alt: alt, Width: int64(width), Height: int64(height), Colour: d.Colour()}
}

// Picture is an uploaded picture as components show it.
func Picture(x files.Picture, class, sizes string) components.Picture {
	if name, ok := strings.CutPrefix(x.PublicID, drawn); ok {
		p := components.DrawnPicture(art.Find(name), class, sizes)
		p.Alt = x.Alt
		return p
	}
	return components.Picture{Base: paths.Picture(x.PublicID), Width: x.Width, Height: x.Height, Alt: x.Alt, Colour: x.Colour, Class: class, Sizes: sizes, Sides: files.Sides()}
}

// CreatorAvatar is a creator's portrait or, without one, a drawing that is the same on
// every page. The name stands beside it.
func CreatorAvatar(publicID, name string, f creators.Face, size string) components.Avatar {
	a := components.Avatar{Name: name, Key: publicID, Size: size, Picture: avatarPicture(f.Portrait, "portrait", size)}
	for _, t := range f.Tribes {
		a.Marks = append(a.Marks, components.Mark{Name: t.Tribe.Mark, Hue: t.Tribe.Hue})
	}
	return a
}

// BrandAvatar is a brand's logo or, without one, a drawing that is the same on every page.
// The name stands beside it.
func BrandAvatar(publicID, name string, logo *files.Picture, size string) components.Avatar {
	return components.Avatar{Name: name, Key: publicID, Size: size, Picture: avatarPicture(logo, "logo", size)}
}

// avatarPicture is the picture of an avatar; nil if there is none.
func avatarPicture(x *files.Picture, class, size string) *components.Picture {
	if x == nil {
		return nil
	}
	width := map[string]string{components.Small: "2.25rem", components.Large: "6.5rem"}[size]
	if width == "" {
		width = "3.5rem"
	}
	p := Picture(*x, class+" "+size, width)
	p.Alt, p.First = "", size == components.Large
	if !p.First { // the smallest is enough, also on a fine screen
		p.Sides = p.Sides[len(p.Sides)-1:]
	}
	return &p
}

package emails

import (
	"cmp"
	"strconv"

	"tribemarket/models/files"
	"tribemarket/views/paths"
)

// Picture is a portrait or a logo. Mails are opened without a session, so that it is one
// that everybody may see.
type Picture struct {
	URL           string // full
	Alt           string // whose it is
	Width, Height int64  // as shown, pixels
}

// The longer sides of pictures, pixels.
const (
	headlinePicture = 64
	entryPicture    = 40
)

// picture shows a portrait or a logo with its longer side as said, from the smallest size
// that is stored; nil for none.
func picture(site Site, p *files.Picture, name string, side int64) *Picture {
	if p == nil {
		return nil
	}
	sides, longest := files.Sides(), cmp.Or(max(p.Width, p.Height), 1)
	return &Picture{
		URL: site.Link(paths.Picture(p.PublicID) + "/" + strconv.Itoa(sides[len(sides)-1])), Alt: name,
		Width: max(1, p.Width*side/longest), Height: max(1, p.Height*side/longest),
	}
}

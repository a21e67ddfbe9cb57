package creators

import (
	"context"

	"github.com/a-h/templ"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/models/discovery"
	"tribemarket/views/paths"
)

// Saved is a parameter of a page with creators: the one who has just been put on a list.
const Saved = "saved"

// SaveProps are what a page needs to save creators.
type SaveProps struct {
	Kept     discovery.Kept
	SeesKept bool   // the reader has a brand, whose lists and searches are beside the creators
	CanKeep  bool   // creators on shortlists of the reader's brand
	Visitor  bool   // nobody has signed in
	Saved    string // the creator of whom it is said where they went
	Back     string // the address of the page
	Live     bool   // htmx swaps in the list's next state
}

// saveAttributes send the form of all rows to an address, and back to the list.
func (p SaveProps) saveAttributes(to string) templ.Attributes {
	a := templ.Attributes{"form": "save", "formaction": to}
	if p.Live {
		a["hx-post"] = "" // the address of the button
	}
	return a
}

// removalAttributes take a creator off the list that they are on.
func (p SaveProps) removalAttributes(c creators.Creator, b discovery.Bookmark) templ.Attributes {
	return p.saveAttributes(paths.ShortlistCreatorRemoval(b.Shortlist, c.PublicID))
}

// bookmarkText names the list of a bookmark.
func bookmarkText(ctx context.Context, b discovery.Bookmark) string {
	if b.Others > 0 {
		return i18n.T(ctx, "search.bookmarked_more", "list", b.Name, "n", b.Others)
	}
	return i18n.T(ctx, "search.bookmarked", "list", b.Name)
}

// signInToSave leads back to a creator's row.
func (p SaveProps) signInToSave(c creators.Creator) string {
	return paths.SignIn(p.Back + "#c-" + c.PublicID)
}

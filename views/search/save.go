package search

import (
	"context"

	"github.com/a-h/templ"

	"tribemarket/internal/i18n"
	"tribemarket/models/discovery"
	"tribemarket/models/search"
	"tribemarket/views/paths"
)

// Saved is a parameter of a list of creators that is not part of the search: the creator
// who has just been put on a list.
const Saved = "saved"

// SaveProps are what a list of creators needs to save them.
type SaveProps struct {
	Kept     discovery.Kept
	SeesKept bool   // the reader has a brand, whose lists and searches are beside the creators
	CanKeep  bool   // creators on shortlists of the reader's brand
	CanAdd   bool   // the same on a page that does not know who is on one: a link leads to the lists
	Visitor  bool   // nobody has signed in
	Saved    string // the creator of whom it is said where they went
	Back     string // the address of the list
	Live     bool   // htmx swaps in the list's next state
}

// saveAttributes send the form of all rows to an address, and back to the list.
func (p SaveProps) saveAttributes(to string) templ.Attributes {
	a := templ.Attributes{"form": "save", "formaction": to}
	if p.Live {
		a["hx-post"] = to
	}
	return a
}

// removalAttributes take a creator off the list that they are on.
func (p SaveProps) removalAttributes(h search.Hit, b discovery.Bookmark) templ.Attributes {
	return p.saveAttributes(paths.ShortlistCreatorRemoval(b.Shortlist, h.Creator.PublicID))
}

// bookmarkText names the list of a bookmark.
func bookmarkText(ctx context.Context, b discovery.Bookmark) string {
	if b.Others > 0 {
		return i18n.T(ctx, "search.bookmarked_more", "list", b.Name, "n", b.Others)
	}
	return i18n.T(ctx, "search.bookmarked", "list", b.Name)
}

// signInToSave leads back to a creator's row.
func (p SaveProps) signInToSave(h search.Hit) string {
	return paths.SignIn(p.Back + "#c-" + h.Creator.PublicID)
}

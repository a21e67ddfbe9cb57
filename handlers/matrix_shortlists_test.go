package handlers_test

import (
	"context"
	"testing"

	"tribemarket/models"
	"tribemarket/models/discovery"
)

// addShortlists adds a list of each brand with a creator on it, and one that is
// deleted.
func (g *grid) addShortlists(t *testing.T, first, second models.Actor, creatorID string) {
	t.Helper()
	ctx := context.Background()
	list := func(brand models.Actor, name string) string {
		id, err := g.Discovery.CreateShortlist(ctx, brand, name)
		g.must(t, err)
		g.must(t, g.Discovery.AddToShortlist(ctx, brand, discovery.AddToShortlistForm{Creator: creatorID, Shortlists: []string{id}}))
		return id
	}
	gone := list(first, "Gone")
	g.must(t, g.Discovery.DeleteShortlist(ctx, first, gone))
	g.kinds["shortlist"] = sides(id(list(first, "Own"), ":creator", creatorID), id(list(second, "Theirs"), ":creator", creatorID),
		id("bcdfghjkmn", ":creator", creatorID), id(gone, ":creator", creatorID))
}

package handlers_test

import (
	"context"
	"testing"

	"tribemarket/models"
	"tribemarket/models/discovery"
	"tribemarket/models/search"
)

// addSearches are saved searches of two brands, and one that was deleted.
func (g *grid) addSearches(t *testing.T, first, second models.Actor) {
	t.Helper()
	ctx := context.Background()
	save := func(brand models.Actor, name string) string {
		public, err := g.Discovery.SaveSearch(ctx, brand, discovery.SavedSearchForm{Name: name, Alert: discovery.AlertOff}, search.Filter{})
		g.must(t, err)
		return public
	}
	gone := save(first, "Gone")
	g.must(t, g.Discovery.DeleteSearch(ctx, first, gone))
	g.kinds["saved search"] = sides(id(save(first, "Own")), id(save(second, "Theirs")), id("bcdfghjkmn"), id(gone))
}

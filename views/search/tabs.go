package search

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models/discovery"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// KeptTabs are the pages that a brand has of creators: all of them, its lists, and its
// saved searches. here is the path of the present one; creators is how many fit, "" where
// that is not known.
func KeptTabs(ctx context.Context, here, creators string, k discovery.Kept) []components.Tab {
	return []components.Tab{
		{Href: paths.Creators(nil), Label: i18n.T(ctx, "search.title"), Count: creators, Here: here == paths.Creators(nil)},
		{Href: paths.Shortlists(), Label: i18n.T(ctx, "discovery.shortlists.title"), Count: i18n.Number(ctx, k.Shortlists), Here: here == paths.Shortlists()},
		{Href: paths.Searches(), Label: i18n.T(ctx, "discovery.searches.title"), Count: i18n.Number(ctx, k.SavedSearches), Here: here == paths.Searches()},
	}
}

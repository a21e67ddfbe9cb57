package moderation

import (
	"context"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models/search"
	"tribemarket/views/components"
)

// indexFacts are what an administrator sees of this node's search index; none
// while there is none.
func indexFacts(ctx context.Context, s search.IndexState) []components.Fact {
	if !s.Ready {
		return nil
	}
	var all []components.Fact
	for _, f := range []struct{ key, value string }{
		{"accounts", i18n.Number(ctx, int64(s.Rows))},
		{"creators", i18n.Number(ctx, int64(s.Creators))},
		{"memory", i18n.T(ctx, "moderation.admin.index.megabytes", "n", i18n.Decimal(ctx, s.Bytes/100_000, 1))},
		{"built", i18n.DateTime(ctx, s.BuiltAt)},
		{"took", i18n.T(ctx, "moderation.admin.index.seconds", "n", i18n.Decimal(ctx, int64(s.Took/(100*time.Millisecond)), 1))},
		{"segments", i18n.Number(ctx, int64(s.Segments))},
		{"merged", i18n.DateTime(ctx, s.MergedAt)},
	} {
		all = append(all, components.Fact{Label: i18n.T(ctx, "moderation.admin.index."+f.key), Value: f.value})
	}
	return all
}

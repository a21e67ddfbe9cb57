package rankings_test

import (
	"fmt"
	"slices"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/platform"
	"tribemarket/models/rankings"
)

// Each threshold is named with what is missing, and who misses none is told nothing.
func TestCreatorsLearnWhyTheyAreNotRanked(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		good := posted(3, 3, 1000, 100)
		wants := []struct {
			who  someone
			want []rankings.Shortfall
		}{
			{someone{handle: "whole", posts: good, readings: map[int]int64{0: 20_000, 7: 19_000}}, nil},
			{someone{handle: "few", posts: posted(2, 3, 1000, 100)}, []rankings.Shortfall{{rankings.ShortOfPosts, 2, 3}}},
			{someone{handle: "fresh", posts: posted(5, 1, 1000, 100)}, []rankings.Shortfall{{rankings.ShortOfPosts, 0, 3}}},
			{someone{handle: "small", posts: posted(3, 3, 333, 30)}, []rankings.Shortfall{{rankings.ShortOfViews, 999, 1000}}},
			{someone{handle: "old", posts: good, readings: map[int]int64{3: 20_000, 10: 19_000}}, []rankings.Shortfall{{rankings.ShortOfReadings, 3, 2}}},
			{someone{handle: "tiny", posts: good, readings: map[int]int64{0: 20_000, 7: 999}}, []rankings.Shortfall{{rankings.ShortOfFollowers, 999, 1000}}},
			{someone{handle: "young", posts: good, readings: map[int]int64{0: 20_000}}, nil},
			{someone{handle: "both", readings: map[int]int64{4: 20_000}}, []rankings.Shortfall{{rankings.ShortOfPosts, 0, 3}, {rankings.ShortOfReadings, 4, 2}}},
			{someone{handle: "tube", platform: platform.YouTube}, nil},
		}
		for _, tc := range wants {
			id := w.come(tc.who)[tc.who.handle]
			got, err := w.OwnShortfalls(t.Context(), models.Actor{PersonID: 1, CreatorID: id}, rankings.SpanWeek)
			if err != nil || !slices.Equal(got, tc.want) {
				t.Errorf("%s: %v, %v, want %v", tc.who.handle, got, err, tc.want)
			}
		}
		// It agrees with the ranking itself.
		w.must(w.ComputeRankings(t.Context()))
		for _, tc := range wants[:6] {
			ranked := w.rows("SELECT count(*) FROM ranking_places x JOIN creator_accounts a ON a.id = x.account_id JOIN ranking_editions e ON e.id = x.edition_id WHERE a.handle = ? AND x.tribe = '' AND x.country = '' AND e.span = 'week'", tc.who.handle)
			if tc.want == nil && ranked != 2 || tc.want != nil && ranked > 1 {
				t.Errorf("%s has %d places and misses %s", tc.who.handle, ranked, fmt.Sprint(tc.want))
			}
		}
		if got, err := w.OwnShortfalls(t.Context(), models.Actor{}, rankings.SpanWeek); got != nil || err != nil {
			t.Errorf("a visitor learns %v, %v", got, err)
		}
	})
}

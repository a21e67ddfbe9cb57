package discovery

import (
	"slices"
	"testing"
	"time"

	"tribemarket/models/creators"
	"tribemarket/models/platform"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// brief is a creator of whom the figures that matter here are known.
func brief(followers int64, engagement, median *int64, prices ...creators.StartingPrice) creators.CreatorSummary {
	a := creators.Account{Platform: platform.TikTok, Followers: followers, Source: creators.SourceVerified, AsOf: noon.Add(-time.Hour)}
	a.EngagementPPM, a.MedianViews = engagement, median
	return creators.CreatorSummary{Creator: creators.Creator{Country: "FR"}, Account: a, Prices: prices, Derived: true}
}

func video(minor int64, currency string) creators.StartingPrice {
	return creators.StartingPrice{Format: "video", Minor: minor, Currency: currency}
}

func rowOf(t *testing.T, rows []ComparisonRow, m ComparisonMeasure) ComparisonRow {
	t.Helper()
	for _, r := range rows {
		if r.Measure == m {
			return r
		}
	}
	t.Fatalf("no row %s", m)
	return ComparisonRow{}
}

func bestOf(r ComparisonRow) (at []int) {
	for i, c := range r.Cells {
		if c.Best {
			at = append(at, i)
		}
	}
	return at
}

func TestAComparisonMarksDifferencesAndTheBest(t *testing.T) {
	t.Parallel()
	rows := comparisonRows([]creators.CreatorSummary{
		brief(50_000, new(int64(40_000)), new(int64(10_000)), video(40_000, "EUR")),
		brief(50_000, nil, new(int64(20_000)), video(50_000, "EUR")),
		brief(9_000, new(int64(60_000)), nil, video(30_000, "EUR")),
	}, noon)
	for _, r := range []struct {
		measure ComparisonMeasure
		differs bool
		best    []int
	}{
		{MeasurePlatform, false, nil},
		{MeasureCountry, false, nil},
		{MeasureFollowers, true, []int{0, 1}},
		{MeasureEngagement, true, []int{2}},
		{MeasureMedian, true, []int{1}},
		{MeasureReach, true, []int{1}},
		{MeasurePrice, true, []int{2}},
		{MeasureCPM, true, []int{1}}, // 25.00 against 40.00
		{MeasureSource, false, nil},
	} {
		got := rowOf(t, rows, r.measure)
		if got.Differs != r.differs || !slices.Equal(bestOf(got), r.best) {
			t.Errorf("%s differs %v, best %v", r.measure, got.Differs, bestOf(got))
		}
	}
	for _, m := range []ComparisonMeasure{MeasureGrowth30, MeasurePosts30, MeasureAge, MeasureResponds, MeasureLanguages} {
		if slices.ContainsFunc(rows, func(r ComparisonRow) bool { return r.Measure == m }) {
			t.Errorf("there is a row %s, of which nothing is known", m)
		}
	}
}

func TestAmountsOfTwoCurrenciesAreNotCompared(t *testing.T) {
	t.Parallel()
	rows := comparisonRows([]creators.CreatorSummary{
		brief(1, nil, new(int64(10)), video(100, "EUR")), brief(1, nil, new(int64(10)), video(100, "USD")),
	}, noon)
	for _, m := range []ComparisonMeasure{MeasurePrice, MeasureCPM} {
		if r := rowOf(t, rows, m); !r.Differs || bestOf(r) != nil {
			t.Errorf("%s differs %v, best %v", m, r.Differs, bestOf(r))
		}
	}
}

func TestAPlatformThatForbidsDerivedFiguresHasNoCPM(t *testing.T) {
	t.Parallel()
	b := brief(1, nil, new(int64(10)), video(100, "EUR"))
	b.Derived = false
	if m := ExpectedCPM(b, "video"); m != nil {
		t.Errorf("%+v", m)
	}
	b.Listing.P25Views, b.Listing.MedianViews, b.Listing.P75Views = new(int64(1)), new(int64(10)), new(int64(20))
	if budgetCandidate(b, "video").hasExpectedViews() {
		t.Error("views are expected")
	}
	b.Derived = true
	if !budgetCandidate(b, "video").hasExpectedViews() {
		t.Error("no views are expected where they may be")
	}
}

func TestAnAddressComparesAtMostFive(t *testing.T) {
	t.Parallel()
	if got := DistinctComparedIDs([]string{"a", "", "b", "a", "c", "d", "e", "f"}); !slices.Equal(got, []string{"a", "b", "c", "d", "e"}) {
		t.Errorf("%v", got)
	}
}

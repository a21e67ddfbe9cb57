package search

import (
	"testing"

	"pgregory.net/rapid"

	"tribemarket/models/creators"
)

func TestEngagementIsMeasuredAgainstItsNiche(t *testing.T) {
	t.Parallel()
	a, b := creators.EngagementBand{LowPPM: 10_000, HighPPM: 50_000}, creators.EngagementBand{LowPPM: 40_000, HighPPM: 40_000}
	for name, c := range map[string]struct {
		rate  *int64
		bands []creators.EngagementBand
		want  int16
	}{
		"no rate":            {nil, []creators.EngagementBand{a}, 0},
		"no band":            {new(int64(90_000)), nil, 500},
		"below":              {new(int64(9_999)), []creators.EngagementBand{a}, 0},
		"at the tenth":       {new(int64(10_000)), []creators.EngagementBand{a}, 0},
		"in the middle":      {new(int64(30_000)), []creators.EngagementBand{a}, 500},
		"at the ninetieth":   {new(int64(50_000)), []creators.EngagementBand{a}, 1000},
		"above":              {new(int64(2_000_000)), []creators.EngagementBand{a}, 1000},
		"two tribes":         {new(int64(40_000)), []creators.EngagementBand{a, b}, 875},
		"a band of one rate": {new(int64(39_999)), []creators.EngagementBand{b}, 0},
	} {
		if got := engagementFit(c.rate, c.bands); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

func TestTrustGoesByWhoSaysItAndWhen(t *testing.T) {
	t.Parallel()
	for want, c := range map[int16]struct {
		source creators.FigureSource
		aged   bool
	}{1000: {creators.SourceVerified, false}, 600: {creators.SourceVerified, true}, 300: {creators.SourceDeclared, false}, 150: {creators.SourceImported, false}} {
		if got := trustPart(c.source, c.aged); got != want {
			t.Errorf("%v: %d, want %d", c, got, want)
		}
	}
}

func TestAnswersCountByHowOftenAndHowFast(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		ppm, minutes *int64
		want         int16
	}{
		"nobody has asked":   {nil, nil, 500},
		"too few to tell":    {new(int64(1_000_000)), nil, 750},
		"all at once":        {new(int64(1_000_000)), new(int64(0)), 1000},
		"all within an hour": {new(int64(1_000_000)), new(int64(60)), 1000},
		"all after a week":   {new(int64(1_000_000)), new(int64(10_080)), 750},
		"all after a month":  {new(int64(1_000_000)), new(int64(43_200)), 750},
		"half of them":       {new(int64(500_000)), new(int64(60)), 750},
		"none":               {new(int64(0)), nil, 250},
	} {
		if got := responsePart(c.ppm, c.minutes); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

// Whatever a creator has answered so far, and however late, declining one more
// proposal never makes a creator less relevant.
func TestDecliningNeverLowersRelevance(t *testing.T) {
	t.Parallel()
	minutes := rapid.SliceOfN(rapid.Int64Range(0, 100_000), 0, 6)
	rapid.Check(t, func(t *rapid.T) {
		accepted, declined := minutes.Draw(t, "accepted"), minutes.Draw(t, "declined")
		expired := rapid.Int64Range(0, 5).Draw(t, "expired")
		part := func(declined []int64) int16 {
			answered := int64(len(accepted) + len(declined))
			return responsePart(creators.Ratio(answered, answered+expired, 1_000_000), creators.TypicalResponseMinutes(accepted, declined))
		}
		before := part(declined)
		if after := part(append(declined[:len(declined):len(declined)], rapid.Int64Range(0, 100_000).Draw(t, "another"))); after < before {
			t.Fatalf("%d became %d", before, after)
		}
	})
}

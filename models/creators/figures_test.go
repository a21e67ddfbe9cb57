package creators

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tribemarket/models/platform"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// post is a post of some days ago with its counts.
func post(days int, views, likes, comments, shares int64) Post {
	return Post{
		PlatformPostID: fmt.Sprintf("%d-%d", days, views), PostedAt: noon.AddDate(0, 0, -days),
		Views: &views, Likes: &likes, Comments: &comments, Shares: &shares,
	}
}

func value(p *int64) any {
	if p == nil {
		return nil
	}
	return *p
}

func TestFigure(t *testing.T) {
	t.Parallel()
	five := []Post{post(2, 1000, 100, 10, 5), post(3, 2000, 100, 10, 5), post(4, 3000, 100, 10, 5), post(5, 4000, 100, 10, 5), post(6, 90_000, 100, 10, 5)}
	hidden := post(4, 1, 1, 1, 1)
	hidden.Likes = nil
	young := post(0, 1_000_000, 1, 1, 1)
	young.PostedAt = noon.Add(-FigureAge + time.Second)
	for name, tc := range map[string]struct {
		platform                            string
		posts                               []Post
		sample, engagement, median, meanAll any
	}{
		"no posts":           {platform.TikTok, nil, int64(0), nil, nil, nil},
		"five":               {platform.TikTok, five, int64(5), int64(5750), int64(3000), int64(20_000)},
		"four are too few":   {platform.TikTok, five[:4], int64(4), nil, nil, int64(2500)},
		"an even number":     {platform.TikTok, append(five[:5:5], post(7, 3001, 100, 10, 5)), int64(6), int64(6698), int64(3000), int64(17_166)},
		"a hidden count":     {platform.TikTok, append(five[:5:5], hidden), int64(5), int64(5750), int64(3000), int64(20_000)},
		"a young post":       {platform.TikTok, append(five[:5:5], young), int64(5), int64(5750), int64(3000), int64(20_000)},
		"no views":           {platform.TikTok, slices.Repeat([]Post{post(3, 0, 2, 0, 0)}, 5), int64(5), nil, int64(0), int64(0)},
		"likes beyond views": {platform.TikTok, slices.Repeat([]Post{post(3, 1, 2, 0, 0)}, 5), int64(5), nil, int64(1), int64(1)},
		"YouTube":            {platform.YouTube, five, int64(5), nil, nil, nil},
		"Twitch":             {platform.Twitch, five, int64(5), nil, int64(3000), int64(20_000)},
		"Instagram":          {platform.Instagram, five, int64(5), int64(5750), int64(3000), int64(20_000)},
	} {
		f := new(Store).ComputeFigures(tc.platform, tc.posts, noon)
		got := []any{value(f.Sample), value(f.EngagementPPM), value(f.MedianViews), value(f.MeanViews)}
		if want := []any{tc.sample, tc.engagement, tc.median, tc.meanAll}; !slices.Equal(got, want) {
			t.Errorf("%s: sample, engagement, median and mean are %v, want %v", name, got, want)
		}
		if f.Basis != BasisPosts || f.FiguresAsOf == nil || !f.FiguresAsOf.Equal(noon) || (f.WindowFrom == nil) != (*f.Sample == 0) {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

func TestFigureTakesTheLatestThirty(t *testing.T) {
	t.Parallel()
	var posts []Post
	for i := range 40 {
		posts = append(posts, post(i+2, int64(1000+i), 100, 0, 0))
	}
	f := new(Store).ComputeFigures(platform.TikTok, posts, noon)
	if *f.Sample != 30 || !f.WindowTo.Equal(posts[0].PostedAt) || !f.WindowFrom.Equal(posts[29].PostedAt) || *f.MedianViews != 1014 {
		t.Errorf("%d posts from %v to %v, median %d", *f.Sample, f.WindowFrom, f.WindowTo, *f.MedianViews)
	}
}

func draw(t *rapid.T) []Post {
	count := rapid.Int64Range(0, 1_000_000)
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Post {
		p := post(rapid.IntRange(0, 90).Draw(t, "days"), count.Draw(t, "views"), count.Draw(t, "likes"), count.Draw(t, "comments"), count.Draw(t, "shares"))
		p.PlatformPostID = fmt.Sprint(rapid.Uint64().Draw(t, "id"))
		if rapid.IntRange(0, 9).Draw(t, "hidden") == 0 {
			p.Comments = nil
		}
		return p
	}), 0, 50).Draw(t, "posts")
}

func same(a, b Figures) bool {
	return fmt.Sprint(shown(a)...) == fmt.Sprint(shown(b)...)
}

func shown(f Figures) []any {
	return []any{f.Basis, value(f.Sample), f.WindowFrom, f.WindowTo, value(f.EngagementPPM), value(f.MedianViews), value(f.MeanViews), value(f.MeanLikes), value(f.MeanComments), value(f.MeanShares), f.FiguresAsOf}
}

// The order of the posts changes nothing, and neither do posts that are too
// young or hide a count; a figure lies where it must.
func TestFigureProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		posts := draw(t)
		f := new(Store).ComputeFigures(platform.TikTok, slices.Clone(posts), noon)
		mixed := rapid.Permutation(posts).Draw(t, "mixed")
		young, hidden := post(1, 7, 7, 7, 7), post(9, 7, 7, 7, 7)
		hidden.Views = nil
		if g := new(Store).ComputeFigures(platform.TikTok, append(mixed, young, hidden), noon); !same(f, g) {
			t.Fatalf("%v, then %v", shown(f), shown(g))
		}
		sample := figureFormulaFor(platform.TikTok, false).samplePosts(posts, noon)
		if *f.Sample != int64(len(sample)) || (f.MedianViews != nil) != (len(sample) >= minFigurePosts) {
			t.Fatalf("%v from %d posts", shown(f), len(sample))
		}
		if f.MedianViews != nil {
			below, above := 0, 0
			for _, p := range sample {
				if *p.Views <= *f.MedianViews {
					below++
				}
				if *p.Views >= *f.MedianViews {
					above++
				}
			}
			if 2*below < len(sample) || 2*above < len(sample) {
				t.Fatalf("the median %d has %d at or below it and %d at or above, of %d", *f.MedianViews, below, above, len(sample))
			}
		}
	})
}

// One more like never lowers the rate.
func TestEngagementGrowsWithLikes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		posts := draw(t)
		before := new(Store).ComputeFigures(platform.TikTok, posts, noon).EngagementPPM
		for i := range posts {
			posts[i].Likes = new(*posts[i].Likes + 1)
		}
		after := new(Store).ComputeFigures(platform.TikTok, posts, noon).EngagementPPM
		if (before == nil) != (after == nil) || before != nil && *after < *before {
			t.Fatalf("%v, then %v", value(before), value(after))
		}
	})
}

func TestReachAndTiers(t *testing.T) {
	t.Parallel()
	a := Account{Followers: 10_000, Figures: Figures{MedianViews: new(int64(24_099))}}
	if got := value(a.ReachHundredths()); got != int64(240) {
		t.Errorf("reach is %v", got)
	}
	if a.Followers = 0; a.ReachHundredths() != nil {
		t.Error("nobody follows, and there is a reach per follower")
	}
	for followers, want := range map[int64]Tier{
		0: TierNano, 9_999: TierNano, 10_000: TierMicro, 99_999: TierMicro, 100_000: TierMid, 499_999: TierMid,
		500_000: TierMacro, 999_999: TierMacro, 1_000_000: TierMega,
	} {
		if got := TierOf(followers); got != want {
			t.Errorf("%d followers are %s, want %s", followers, got, want)
		}
	}
	if Ratio(1<<62, 1, 1_000_000) != nil || *Ratio(1<<40, 1<<40, 1_000_000) != 1_000_000 {
		t.Error("ratio overflows")
	}
}

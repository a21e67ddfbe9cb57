package site

import (
	"testing"
	"time"

	"tribemarket/models/creators"
	"tribemarket/models/platform"
)

// The page says what the rules do; a rule that changes changes the page.
func TestThePageCountsAsTheRulesDo(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	posts := func(n int, age time.Duration) []creators.Post {
		all := make([]creators.Post, n)
		for i := range all {
			likes, comments, shares, views := sample.likes, sample.comments, sample.shares, sample.views
			all[i] = creators.Post{PostedAt: now.Add(-age - time.Duration(i)*time.Hour), Likes: &likes, Comments: &comments, Shares: &shares, Views: &views}
		}
		return all
	}
	old := postHours * time.Hour
	if f := new(creators.Store).ComputeFigures(platform.TikTok, posts(latestPosts+10, old), now); *f.Sample != latestPosts || *f.EngagementPPM != ratePPM() {
		t.Errorf("%d posts count and give %d ppm", *f.Sample, *f.EngagementPPM)
	}
	if f := new(creators.Store).ComputeFigures(platform.TikTok, posts(fewestPosts, old), now); f.EngagementPPM == nil || f.MedianViews == nil {
		t.Error("the fewest posts give no figures")
	}
	if f := new(creators.Store).ComputeFigures(platform.TikTok, posts(fewestPosts-1, old), now); f.EngagementPPM != nil || f.MedianViews != nil {
		t.Error("fewer posts give figures")
	}
	if f := new(creators.Store).ComputeFigures(platform.TikTok, posts(1, old-time.Second), now); *f.Sample != 0 {
		t.Error("a younger post counts")
	}
	if f := new(creators.Store).ComputeFigures(platform.YouTube, posts(latestPosts, old), now); f.EngagementPPM != nil || f.MedianViews != nil {
		t.Error("YouTube has derived figures")
	}
	if f := new(creators.Store).ComputeFigures(platform.Twitch, posts(latestPosts, old), now); f.EngagementPPM != nil {
		t.Error("Twitch has a rate")
	}
}

func TestThePagesClassesAreTheRules(t *testing.T) {
	t.Parallel()
	for i, c := range tiers {
		if creators.TierOf(c.from) != c.name {
			t.Errorf("%d followers are %s, not %s", c.from, creators.TierOf(c.from), c.name)
		}
		if c.to > 0 && (creators.TierOf(c.to-1) != c.name || tiers[i+1].from != c.to) {
			t.Errorf("%s does not end at %d", c.name, c.to)
		}
	}
}

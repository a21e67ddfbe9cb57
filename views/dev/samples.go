package dev

import (
	"strconv"

	c "tribemarket/views/components"
)

var beauty, food, tech = c.Mark{Name: "circle", Hue: 35}, c.Mark{Name: "bowl", Hue: 4}, c.Mark{Name: "square", Hue: 25}

var made = c.FigureExplanation{
	Formula: "(likes + comments + shares) ÷ views = 92,146 ÷ 1,261,492", Kind: "ratio of sums",
	Posts: "latest 30, each at least 48 h old", Window: "8 Sept – 17 Nov 2026", Source: "TikTok, through the creator’s sign-in", Age: "6 hours",
}

// samplePosts returns n posts whose figures vary without randomness.
func samplePosts(n int) []c.Post {
	all := make([]c.Post, n)
	for i := range all {
		views := int64(24_000 + i*i*7919%41_000)
		all[i] = c.Post{
			At: strconv.Itoa(i%28+1) + " Nov", Views: views, Likes: views / 15, Comments: views / 200, Shares: views / 120,
			Rate: int64(52_000 + i*i*3571%38_000), Sponsored: i%7 == 4,
		}
	}
	if n > 12 {
		all[9].Rate = -1
	}
	return all
}

// outlierPosts returns posts of which one was seen by very many and one by nobody,
// without engagement.
func outlierPosts() []c.Post {
	all := samplePosts(8)
	for i := range all {
		all[i].Rate = -1
	}
	all[3].Views, all[6].Views = 12_400_000, 0
	return all
}

func sampleOptions(more ...c.Option) []c.Option {
	return append([]c.Option{{Value: "video", Label: "Video"}, {Value: "live", Label: "Live"}, {Value: "story", Label: "Story"}}, more...)
}

var counts = []int64{1, 3, 9, 17, 26, 34, 38, 33, 26, 19, 12, 0, 4, 2, 1}

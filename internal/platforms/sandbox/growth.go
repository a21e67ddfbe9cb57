package sandbox

import (
	"hash/fnv"
	"slices"
	"time"
)

// growthHours is the age in hours after which a video gains no more views.
const growthHours = 60 * 24

// withGrowth is the account as of now, if figures change: each hour gives the account its
// own share of followers, from -5 to +44 in ten thousand a day, and its videos 120 in ten
// thousand of their views, for sixty days. The same clock gives the same figures.
func (s *Sandbox) withGrowth(a Account) Account {
	hours := int64(s.clock().Sub(s.opts.GrowingSince) / time.Hour)
	if s.opts.GrowingSince.IsZero() || hours <= 0 {
		return a
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(a.OpenID))
	a.Followers = grownBy(a.Followers, hours, int64(h.Sum32()%50)-5)
	a.Videos = slices.Clone(a.Videos)
	a.Likes = grownBy(a.Likes, min(hours, growthHours), 120)
	for i := range a.Videos {
		v := &a.Videos[i]
		for _, n := range []*int64{&v.Views, &v.Likes, &v.Comments, &v.Shares, &v.Saves, &v.Reach} {
			*n = grownBy(*n, min(hours, growthHours), 120)
		}
	}
	return a
}

// grownBy is n after some hours, with perDay ten-thousandths a day.
func grownBy(n, hours, perDay int64) int64 { return max(n+n*hours*perDay/(24*10_000), 0) }

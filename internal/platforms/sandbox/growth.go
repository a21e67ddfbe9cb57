package sandbox

import (
	"hash/fnv"
	"slices"
	"time"
)

// settled is when an old video gains no more views.
const settled = 60 * 24

// grown is the account as it is now, when figures move: each hour brings the
// account its own share of followers, from -5 to +44 in ten thousand a day,
// and its videos 120 in ten thousand of their views, for sixty days. The same
// clock gives the same figures.
func (s *Sandbox) grown(a Account) Account {
	hours := int64(s.clock().Sub(s.opts.Growing) / time.Hour)
	if s.opts.Growing.IsZero() || hours <= 0 {
		return a
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(a.OpenID))
	a.Followers = more(a.Followers, hours, int64(h.Sum32()%50)-5)
	a.Videos = slices.Clone(a.Videos)
	a.Likes = more(a.Likes, min(hours, settled), 120)
	for i := range a.Videos {
		v := &a.Videos[i]
		for _, n := range []*int64{&v.Views, &v.Likes, &v.Comments, &v.Shares, &v.Saves, &v.Reach} {
			*n = more(*n, min(hours, settled), 120)
		}
	}
	return a
}

// more is n after some hours, with perDay ten-thousandths a day.
func more(n, hours, perDay int64) int64 { return max(n+n*hours*perDay/(24*10_000), 0) }

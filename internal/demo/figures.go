package demo

import (
	"math"
	"math/rand/v2"
	"time"
)

// The parameters of the generated figures. They were fitted to public data
// sets of real creators, of which no row is part of this program:
//
//   - followers within a tier: log-normal, fitted to the five tiers of the TIDES
//     TikTok influencer data set (ICWSM 2024, 5,000 creators, 1,000 a tier);
//   - views, likes, comments and shares: fitted to per-video statistics of 1,677
//     TikTok creators with ten or more videos (github.com/datares/TikTok_Famous,
//     2020, 41,702 videos).
//
// Natural logarithms throughout. Each creator draws a level of their own, and each post
// varies around it.
const (
	// mean of ln(views) of a creator = viewsBase + viewsSlope · ln(followers) ± viewsSpread
	viewsBase   = -1.367
	viewsSlope  = 0.970
	viewsSpread = 1.170
	// a post's ln(views) around the creator's mean; the spread differs by creator
	viewsSwing, viewsSwingSpread = 0.919, 0.289

	// logit(likes / views)
	likesMean, likesSpread, likesSwing = -1.813, 0.506, 0.293
	// ln(comments / likes)
	commentsMean, commentsSpread, commentsSwing = -4.754, 0.708, 0.612
	// ln(shares / likes)
	sharesMean, sharesSpread, sharesSwing = -5.434, 0.997, 0.775
	// ln(total likes / followers)
	totalLikesMean, totalLikesSpread = 2.501, 0.978
	// ln(total videos)
	totalPostsMean, totalPostsSpread = 5.430, 1.466
	// ln(days between posts), cut to at most six days so that a page's posts are recent
	gapMean, gapSpread = -0.400, 1.671
)

// A tier's followers are log-normal with mean and spread, cut to its bounds. The share of
// each tier is chosen for a marketplace, where most are small; it is not fitted, since
// the data set has equally many in each tier.
var followerTiers = []struct{ share, mean, spread, least, most float64 }{
	{0.08, 8.535, 0.531, 1_000, 9_999},
	{0.58, 10.127, 0.449, 10_000, 49_999},
	{0.25, 12.006, 0.656, 50_000, 499_999},
	{0.06, 13.451, 0.202, 500_000, 999_999},
	{0.03, 14.738, 0.760, 1_000_000, 75_000_000},
}

func drawFollowers(r *rand.Rand) int64 {
	x := r.Float64()
	for _, t := range followerTiers {
		if x -= t.share; x < 0 {
			return int64(min(max(math.Exp(t.mean+t.spread*r.NormFloat64()), t.least), t.most))
		}
	}
	return 10_000
}

// postingLevel is the level around which a creator's posts vary.
type postingLevel struct{ views, swing, likes, comments, shares float64 }

func drawPostingLevel(r *rand.Rand, followers int64) postingLevel {
	return postingLevel{
		views:    viewsBase + viewsSlope*math.Log(float64(followers)) + viewsSpread*r.NormFloat64(),
		swing:    max(0.2, viewsSwing+viewsSwingSpread*r.NormFloat64()),
		likes:    likesMean + likesSpread*r.NormFloat64(),
		comments: commentsMean + commentsSpread*r.NormFloat64(),
		shares:   sharesMean + sharesSpread*r.NormFloat64(),
	}
}

type post struct {
	id                             int64
	at                             time.Time
	seconds                        int
	views, likes, comments, shares int64
	hashtags                       []string
}

func (l postingLevel) drawPost(r *rand.Rand) post {
	views := math.Exp(l.views + l.swing*r.NormFloat64())
	likes := views / (1 + math.Exp(-(l.likes + likesSwing*r.NormFloat64())))
	return post{
		views:    int64(min(max(views, 20), 400_000_000)),
		likes:    int64(min(likes, 60_000_000)),
		comments: int64(likes * min(math.Exp(l.comments+commentsSwing*r.NormFloat64()), 0.5)),
		shares:   int64(likes * min(math.Exp(l.shares+sharesSwing*r.NormFloat64()), 0.8)),
		seconds:  10 + r.IntN(80),
	}
}

func drawTimeBetweenPosts(r *rand.Rand) time.Duration {
	days := min(math.Exp(gapMean+gapSpread*r.NormFloat64()), 6)
	return time.Duration((days + 0.2) * float64(24*time.Hour))
}

func drawTotals(r *rand.Rand, followers int64) (likes, posts int64) {
	return int64(float64(followers) * math.Exp(totalLikesMean+totalLikesSpread*r.NormFloat64())),
		int64(min(max(math.Exp(totalPostsMean+totalPostsSpread*r.NormFloat64()), 8), 9_000))
}

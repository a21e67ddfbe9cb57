package demo

import (
	"math"
	"math/rand/v2"
	"time"

	"tribemarket/models/creators"
	"tribemarket/models/platform"
)

// The parameters of the generated figures. They were fitted to public data
// sets of real creators, of which no row is part of this program:
//
//   - followers within a tier: log-normal, fitted to the five tiers of the TIDES
//     TikTok influencer data set (ICWSM 2024, 5,000 creators, 1,000 a tier);
//   - views, and comments and shares per like: fitted to per-video statistics of 1,677
//     TikTok creators with ten or more videos (github.com/datares/TikTok_Famous,
//     2020, 41,702 videos). Likes are not: those creators were famous, and their
//     engagement of 12 to 15 % is far above what is published for their tiers.
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

	// logit(likes / views) of a post around the creator's level, see publishedBands
	likesSwing = 0.293
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

// engagementBand is a range of engagement rates.
type engagementBand struct{ low, high float64 }

// publishedBands are typical engagement rates by views, as published: for TikTok by
// kolens.ai, for Instagram the lower estimate of tiktraining.de, which is by followers or
// views. YouTube's and Twitch's counts give no rate here.
var publishedBands = map[string]map[creators.Tier]engagementBand{
	platform.TikTok: {
		creators.TierNano: {0.08, 0.15}, creators.TierMicro: {0.05, 0.08}, creators.TierMid: {0.03, 0.06}, creators.TierMacro: {0.015, 0.035}, creators.TierMega: {0.015, 0.035},
	},
	platform.Instagram: {
		creators.TierNano: {0.05, 0.08}, creators.TierMicro: {0.03, 0.05}, creators.TierMid: {0.02, 0.03}, creators.TierMacro: {0.01, 0.02}, creators.TierMega: {0.005, 0.01},
	},
}

// nicheShift moves a creator within the band: where tribes are published to engage more
// or less than most (calculatecreator.com), in parts of the band.
var nicheShift = map[string]float64{
	"dancetok": 0.25, "comedytok": 0.2, "beautytok": 0.1, "skintok": 0.1, "fittok": 0.1, "learntok": -0.1, "techtok": -0.15, "biztok": -0.25, "financetok": -0.25,
}

// drawEngagement draws a creator's engagement rate, within the band of their tier.
func drawEngagement(r *rand.Rand, p person) float64 {
	bands := publishedBands[p.platform]
	if bands == nil {
		bands = publishedBands[platform.TikTok]
	}
	b, place := bands[creators.TierOf(p.followers)], 0.5+nicheShift[p.tribes[0].Slug]+0.22*r.NormFloat64()
	return b.low + (b.high-b.low)*min(max(place, 0.06), 0.94)
}

// postingLevel is the level around which a creator's posts vary.
type postingLevel struct{ views, swing, likes, comments, shares float64 }

func drawPostingLevel(r *rand.Rand, p person) postingLevel {
	l := postingLevel{
		views:    viewsBase + viewsSlope*math.Log(float64(p.followers)) + viewsSpread*r.NormFloat64(),
		swing:    max(0.2, viewsSwing+viewsSwingSpread*r.NormFloat64()),
		comments: commentsMean + commentsSpread*r.NormFloat64(),
		shares:   sharesMean + sharesSpread*r.NormFloat64(),
	}
	// What is over the likes, and the mean over a swing, come off.
	reactions := (1 + mean(l.comments, commentsSwing, 0.5) + mean(l.shares, sharesSwing, 0.8)) * math.Exp(likesSwing*likesSwing/2)
	likes := p.engagement / reactions
	l.likes = math.Log(likes / (1 - likes))
	return l
}

// mean is that of a log-normal value, about, which is cut at most.
func mean(log, swing, most float64) float64 { return min(math.Exp(log+swing*swing/2), most) }

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

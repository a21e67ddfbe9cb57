package creators

import "time"

// FollowerFloor is the number of followers from which the marketplace lists an
// account, the number itself included.
const FollowerFloor int64 = 10_000

// Basis says what an account's figures were computed from.
type Basis string

// The bases: nothing, the posts themselves, or a mean that somebody else
// computed over a number of posts that is not known.
const (
	BasisNone  Basis = "none"
	BasisPosts Basis = "posts"
	BasisMean  Basis = "mean"
)

// Figures are what follows from an account's latest posts. A figure is nil
// where there is too little to compute it from.
type Figures struct {
	Basis         Basis
	Sample        *int64 // number of posts; nil when the source doesn't say
	WindowFrom    *time.Time
	WindowTo      *time.Time
	EngagementPPM *int64 `gorm:"column:engagement_ppm"` // millionths
	MedianViews   *int64
	MeanViews     *int64
	MeanLikes     *int64
	MeanComments  *int64
	MeanShares    *int64
}

// Tier is the class of an account by followers.
type Tier string

// The tiers, from the bottom.
const (
	TierNano  Tier = "nano"  // under 10,000
	TierMicro Tier = "micro" // under 100,000
	TierMid   Tier = "mid"   // under 500,000
	TierMacro Tier = "macro" // under a million
	TierMega  Tier = "mega"
)

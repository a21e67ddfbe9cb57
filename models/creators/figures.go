package creators

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"time"

	"tribemarket/models/platform"
)

// DefaultFollowerFloor is the initial follower floor of the marketplace's
// programme; Store.FollowerFloor is the present one.
const DefaultFollowerFloor int64 = 10_000

// Figures are computed from the latest maxFigurePosts posts that are at least
// FigureAge old, since younger ones still gain views; fewer than minFigurePosts
// posts give no rate and no median.
const (
	maxFigurePosts = 30
	FigureAge      = 48 * time.Hour
	minFigurePosts = 5
)

// FigureBasis says what an account's figures were computed from.
type FigureBasis string

// The bases: nothing, the posts themselves, or a mean that somebody else
// computed over an unknown number of posts.
const (
	BasisNone  FigureBasis = "none"
	BasisPosts FigureBasis = "posts"
	BasisMean  FigureBasis = "mean"
)

// Figures are computed from an account's latest posts. A figure is nil if there
// is too little to compute it from.
//
// The engagement rate is the sum of likes, comments and shares over the sum of
// views, as TikTok's Creator Marketplace defines it, over the latest 30 posts
// that are at least 48 hours old; Instagram's reels are counted the same way.
// Posts that lack a count which the platform gives are left out; below five
// posts, or without views, there is no rate. YouTube's terms allow no figures
// derived from its counts, so its accounts have only imported ones, unless its
// derived-metrics amendment is accepted: then the rate is likes and comments
// over views, since its API gives no shares. Twitch gives only views, so there
// is a median but no rate.
type Figures struct {
	Basis         FigureBasis
	Sample        *int64 // number of posts; nil when the source doesn't say
	WindowFrom    *time.Time
	WindowTo      *time.Time
	EngagementPPM *int64 `gorm:"column:engagement_ppm"` // millionths
	MedianViews   *int64
	P25Views      *int64 `gorm:"column:p25_views"` // 25th percentile of views of the same posts (nearest rank); nil without a median of posts
	P75Views      *int64 `gorm:"column:p75_views"` // likewise the 75th
	MeanViews     *int64
	MeanLikes     *int64
	MeanComments  *int64
	MeanShares    *int64
	FiguresAsOf   *time.Time `gorm:"column:figures_as_of"` // their date; nil without any
}

// figureFormula says which of a platform's counts become figures.
type figureFormula struct {
	countsLikes, countsComments, countsShares bool // counts that the formula uses; a post without one is left out
	allowsFigures                             bool // figures of any kind may be computed
}

// figureFormulaFor returns the platform's formula. YouTube's depends on whether its
// derived-metrics amendment is accepted.
func figureFormulaFor(name string, youtubeDerived bool) figureFormula {
	switch name {
	case platform.YouTube:
		return figureFormula{countsLikes: youtubeDerived, countsComments: youtubeDerived, allowsFigures: youtubeDerived}
	case platform.Twitch:
		return figureFormula{allowsFigures: true}
	}
	return figureFormula{countsLikes: true, countsComments: true, countsShares: true, allowsFigures: true}
}

// hasEngagementRate says whether there is an engagement rate.
func (rule figureFormula) hasEngagementRate() bool { return rule.countsLikes }

// countsPost says whether the post has every count that the formula needs.
func (rule figureFormula) countsPost(p Post) bool {
	return p.Views != nil && (!rule.countsLikes || p.Likes != nil) && (!rule.countsComments || p.Comments != nil) && (!rule.countsShares || p.Shares != nil)
}

// postCondition is countsPost as an SQL condition.
func (rule figureFormula) postCondition() string { return rule.postConditionFor("") }

// postConditionFor is postCondition with a prefix for the table of posts,
// including the dot.
func (rule figureFormula) postConditionFor(posts string) string {
	s := posts + "views IS NOT NULL"
	for _, c := range []struct {
		needed bool
		column string
	}{{rule.countsLikes, "likes"}, {rule.countsComments, "comments"}, {rule.countsShares, "shares"}} {
		if c.needed {
			s += " AND " + posts + c.column + " IS NOT NULL"
		}
	}
	return s
}

// reactions is the SQL sum of the reactions to a post that a rate counts.
func (rule figureFormula) reactions(posts string) string {
	s := posts + "likes"
	if rule.countsComments {
		s += " + " + posts + "comments"
	}
	if rule.countsShares {
		s += " + " + posts + "shares"
	}
	return s
}

// EngagementSQL returns a condition on a table of posts for those that count
// for a platform's engagement rate, which ones with more likes than views do not, and the
// sum of a post's reactions; ok is false if there is no rate.
func (s *Store) EngagementSQL(name, posts string) (counts, reactions string, ok bool) {
	rule := s.formulaFor(name)
	counts = rule.postConditionFor(posts+".") + " AND " + posts + ".likes <= " + posts + ".views"
	return counts, rule.reactions(posts + "."), rule.hasEngagementRate()
}

// HasEngagementRate says whether the platform's counts give an engagement rate
// without further permission.
func HasEngagementRate(platform string) bool {
	return figureFormulaFor(platform, false).hasEngagementRate()
}

// MayDeriveFigures says whether this instance may derive figures from a
// platform's counts, growth, ranks and expected prices included.
func (s *Store) MayDeriveFigures(platform string) bool { return s.formulaFor(platform).allowsFigures }

func (s *Store) formulaFor(platform string) figureFormula {
	return figureFormulaFor(platform, s.YouTubeDerived)
}

// NoEngagementKey is the message key of why an account has no engagement rate,
// "" if it has one.
func (a Account) NoEngagementKey() string {
	switch {
	case a.EngagementPPM != nil:
		return ""
	case a.Platform == platform.YouTube:
		return "creators.no_engagement.youtube"
	case a.Platform == platform.Twitch:
		return "creators.no_engagement.twitch"
	case a.ImplausibleLikes():
		return "creators.no_engagement.likes"
	case a.Basis == BasisPosts && a.Sample != nil && *a.Sample < minFigurePosts:
		return "creators.no_engagement.few"
	}
	return "creators.no_engagement.missing"
}

// ReachHundredths is the median number of views per follower in hundredths: 240
// means that a typical post has 2.4 times as many views as the account has
// followers.
func (a Account) ReachHundredths() *int64 {
	if a.MedianViews == nil || a.Followers == 0 {
		return nil
	}
	return Ratio(*a.MedianViews, a.Followers, 100)
}

// ComputeFigures computes an account's figures as of a time from posts in any order.
func (s *Store) ComputeFigures(platform string, posts []Post, asOf time.Time) Figures {
	return s.formulaFor(platform).computeFigures(posts, asOf)
}

func (rule figureFormula) computeFigures(posts []Post, asOf time.Time) Figures {
	sample := rule.samplePosts(posts, asOf)
	f := Figures{Basis: BasisPosts, Sample: new(int64(len(sample))), FiguresAsOf: &asOf}
	if len(sample) == 0 {
		return f
	}
	f.WindowFrom, f.WindowTo = &sample[len(sample)-1].PostedAt, &sample[0].PostedAt
	if !rule.allowsFigures {
		return f
	}
	var views, likes, comments, shares int64
	all := make([]int64, len(sample))
	for i, p := range sample {
		all[i] = *p.Views
		views += *p.Views
		if rule.countsLikes {
			likes += *p.Likes
		}
		if rule.countsComments {
			comments += *p.Comments
		}
		if rule.countsShares {
			shares += *p.Shares
		}
	}
	n := int64(len(sample))
	f.MeanViews = new(views / n)
	if rule.countsLikes {
		f.MeanLikes = new(likes / n)
	}
	if rule.countsComments {
		f.MeanComments = new(comments / n)
	}
	if rule.countsShares {
		f.MeanShares = new(shares / n)
	}
	if n < minFigurePosts {
		return f
	}
	f.MedianViews = new(Median(all)) // which also sorts them
	f.P25Views, f.P75Views = new(percentile(all, 25)), new(percentile(all, 75))
	if rule.hasEngagementRate() && views > 0 && likes <= views {
		f.EngagementPPM = Ratio(likes+comments+shares, views, 1_000_000)
	}
	return f
}

// samplePosts returns the posts that count, newest first.
func (rule figureFormula) samplePosts(posts []Post, asOf time.Time) []Post {
	var sample []Post
	for _, p := range posts {
		if !p.PostedAt.After(asOf.Add(-FigureAge)) && rule.countsPost(p) {
			sample = append(sample, p)
		}
	}
	slices.SortFunc(sample, func(a, b Post) int {
		return cmp.Or(b.PostedAt.Compare(a.PostedAt), cmp.Compare(b.PlatformPostID, a.PlatformPostID))
	})
	return sample[:min(len(sample), maxFigurePosts)]
}

// Median of an even number of values is the mean of the two in the middle, rounded down.
func Median(all []int64) int64 {
	slices.Sort(all)
	mid := len(all) / 2
	if len(all)%2 == 1 {
		return all[mid]
	}
	return all[mid-1] + (all[mid]-all[mid-1])/2
}

// Ratio is a/b in parts of unit, rounded down; nil if b is 0 or the result is
// absurdly large.
func Ratio(a, b, unit int64) *int64 {
	if a < 0 || b <= 0 {
		return nil
	}
	hi, lo := bits.Mul64(uint64(a), uint64(unit))
	if hi >= uint64(b) {
		return nil
	}
	q, _ := bits.Div64(hi, lo, uint64(b))
	if q > 1<<62 {
		return nil
	}
	return new(int64(q))
}

// Tier classifies an account by its number of followers.
type Tier string

// The tiers, from the bottom.
const (
	TierNano  Tier = "nano"  // under 10,000
	TierMicro Tier = "micro" // under 100,000
	TierMid   Tier = "mid"   // under 500,000
	TierMacro Tier = "macro" // under a million
	TierMega  Tier = "mega"
)

// Tiers lists the tiers, from the bottom.
func Tiers() []Tier { return []Tier{TierNano, TierMicro, TierMid, TierMacro, TierMega} }

// tierLimits are the followers from which on an account is in the next tier.
var tierLimits = []int64{10_000, 100_000, 500_000, 1_000_000}

// TierOf returns the tier of a number of followers.
func TierOf(followers int64) Tier {
	for i, limit := range tierLimits {
		if followers < limit {
			return Tiers()[i]
		}
	}
	return TierMega
}

// tierSQL is TierOf of a column, in SQL.
func tierSQL(column string) string {
	var b strings.Builder
	for i, limit := range tierLimits {
		fmt.Fprintf(&b, " WHEN %s < %d THEN '%s'", column, limit, Tiers()[i])
	}
	return "CASE" + b.String() + " ELSE '" + string(TierMega) + "' END"
}

// ImplausibleLikes says whether posts have more likes than views, on average: one of the
// two cannot be, and no rate comes from them.
func (f Figures) ImplausibleLikes() bool {
	return f.MeanViews != nil && f.MeanLikes != nil && *f.MeanLikes > *f.MeanViews
}

package site

import (
	"context"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/models/search"
)

// The constants of the rules in models/creators; a test holds them equal.
const (
	latestPosts = 30
	postHours   = 48
	fewestPosts = 5
	staleDays   = int(creators.StaleAfter / (24 * time.Hour))
)

// sample is the example on the page, chosen so that the rate comes out even.
var sample = struct{ likes, comments, shares, views int64 }{2_480, 220, 100, 40_000}

// ratePPM is the rate of the example in millionths.
func ratePPM() int64 {
	return (sample.likes + sample.comments + sample.shares) * 1_000_000 / sample.views
}

// tier is a tier of accounts with its lowest number of followers and that of the next
// tier, 0 for the last.
type tier struct {
	name     creators.Tier
	from, to int64
}

var tiers = []tier{
	{creators.TierNano, 0, 10_000},
	{creators.TierMicro, 10_000, 100_000},
	{creators.TierMid, 100_000, 500_000},
	{creators.TierMacro, 500_000, 1_000_000},
	{creators.TierMega, 1_000_000, 0},
}

// FiguresProps is the part of the page that depends on the instance.
type FiguresProps struct {
	Floor          int64 // followers from which an account is listed
	YouTubeDerived bool  // YouTube has accepted the instance's amendment
	Weights        []search.RelevanceWeight
}

// maximumPoints is the maximum number of points that a creator can have.
func (p FiguresProps) maximumPoints() int64 {
	var sum int64
	for _, w := range p.Weights {
		sum += w.Weight
	}
	return sum
}

// isListed says whether accounts of the tier are listed, all or some of them.
func (t tier) isListed(floor int64) bool { return t.to == 0 || t.to > floor }

func (t tier) followersText(ctx context.Context) string {
	switch {
	case t.from == 0:
		return i18n.T(ctx, "site.figures.below", "to", t.to)
	case t.to == 0:
		return i18n.T(ctx, "site.figures.from", "from", t.from)
	}
	return i18n.T(ctx, "site.figures.between", "from", t.from, "to", t.to-1)
}

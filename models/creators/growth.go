package creators

import (
	"time"

	"tribemarket/models"
)

// Growth is by how much an account's followers grew over a number of days,
// measured between two readings: (followers then − followers before) ÷
// followers before. It is never estimated: PPM is nil with a Reason where there
// are no two readings to measure between.
type Growth struct {
	Days     int
	PPM      *int64    // millionths; below zero when followers went
	From, To *Snapshot // what it was measured between
	Reason   GrowthReason
	Since    models.Date // for GrowthYoung: the first reading
	Measured models.Date // for GrowthYoung: the day from which there is a figure
	Around   models.Date // for GrowthGap and GrowthZero: the day that is compared with
}

// GrowthReason says why there is no growth.
type GrowthReason string

// The reasons.
const (
	GrowthUnread  GrowthReason = "unread"  // never read from the platform
	GrowthYoung   GrowthReason = "young"   // not read for long enough
	GrowthGap     GrowthReason = "gap"     // not read around the day that is compared with
	GrowthZero    GrowthReason = "zero"    // nothing to divide by
	GrowthYouTube GrowthReason = "youtube" // the platform's terms allow none
)

// ReasonKey is the text that says why there is no growth.
func (g Growth) ReasonKey() string { return "creators.growth.none." + string(g.Reason) }

// Tolerance is by how many days a reading may miss the day that is compared
// with: a tenth of the window, and a day of a week, since readings are a day apart.
func (g Growth) Tolerance() int { return max(1, g.Days/10) }

// growthDays are the windows over which growth is measured.
func growthDays() []int { return []int{30, 90} }

// historyDays is how far back snapshots are looked at: the longest window with
// its tolerance.
const historyDays = 99

// MeasureGrowth measures between the newest snapshot and the one that is
// closest to the day so many days before; of two as close, the older. Snapshots
// come in the order of their days.
func MeasureGrowth(snapshots []Snapshot, days int) Growth {
	g := Growth{Days: days}
	if len(snapshots) == 0 {
		g.Reason = GrowthUnread
		return g
	}
	last := &snapshots[len(snapshots)-1]
	g.Around = last.Date().AddDays(-days)
	best := -1
	for i := range snapshots[:len(snapshots)-1] {
		off := snapshots[i].Date().DaysFrom(g.Around)
		if off <= g.Tolerance() && (best < 0 || off < snapshots[best].Date().DaysFrom(g.Around)) {
			best = i
		}
	}
	first := snapshots[0].Date()
	switch {
	case best < 0 && first.In(time.UTC).After(g.Around.In(time.UTC)):
		g.Reason, g.Since, g.Measured = GrowthYoung, first, first.AddDays(days-g.Tolerance())
	case best < 0:
		g.Reason = GrowthGap
	case snapshots[best].Followers == 0:
		g.Reason = GrowthZero
	default:
		g.From, g.To, g.PPM = &snapshots[best], last, changePPM(snapshots[best].Followers, last.Followers)
	}
	return g
}

// changePPM is (after − before) ÷ before in millionths, rounded towards zero.
func changePPM(before, after int64) *int64 {
	if after >= before {
		return Ratio(after-before, before, 1_000_000)
	}
	if down := Ratio(before-after, before, 1_000_000); down != nil {
		return new(-*down)
	}
	return nil
}

// growthOf is an account's growth over each window.
func (s *Store) growthOf(a Account, snapshots []Snapshot) []Growth {
	var all []Growth
	for _, days := range growthDays() {
		g := Growth{Days: days, Reason: GrowthYouTube}
		if a.Source != Verified {
			g.Reason = GrowthUnread
		} else if s.Derives(a.Platform) {
			g = MeasureGrowth(snapshots, days)
		}
		all = append(all, g)
	}
	return all
}

package creators

import (
	"time"

	"tribemarket/models"
)

// FollowerGrowth is the growth of an account's followers over a number of days,
// measured between two readings: (followers at the end − followers at the start) ÷
// followers at the start. It is never estimated: without two readings to measure
// between, PPM is nil and Reason says why.
type FollowerGrowth struct {
	Days           int
	PPM            *int64           // millionths; negative if followers were lost
	From, To       *AccountSnapshot // what it was measured between
	Reason         NoGrowthReason
	FirstReading   models.Date // for GrowthYoung: the first reading
	MeasurableFrom models.Date // for GrowthYoung: the first day with a figure
	ComparedDay    models.Date // for GrowthGap and GrowthZero: the day to compare with
}

// NoGrowthReason says why there is no growth figure.
type NoGrowthReason string

// The reasons.
const (
	GrowthUnread  NoGrowthReason = "unread"  // never read from the platform
	GrowthYoung   NoGrowthReason = "young"   // not read for long enough
	GrowthGap     NoGrowthReason = "gap"     // not read around the day to compare with
	GrowthZero    NoGrowthReason = "zero"    // nothing to divide by
	GrowthYouTube NoGrowthReason = "youtube" // the platform's terms allow none
)

// ReasonKey is the message key of why there is no growth figure.
func (g FollowerGrowth) ReasonKey() string { return "creators.growth.none." + string(g.Reason) }

// ToleranceDays is by how many days a reading may miss the day to compare with: a
// tenth of the window, but a day for a week, since readings are a day apart.
func (g FollowerGrowth) ToleranceDays() int { return max(1, g.Days/10) }

// growthWindows are the periods over which growth is measured, in days.
func growthWindows() []int { return []int{30, 90} }

// historyDays is how far back snapshots are read: the longest window with its
// tolerance.
const historyDays = 99

// MeasureGrowth measures between the newest snapshot and the one closest to
// that many days before; of two equally close, the older. Snapshots are in
// order of their days.
func MeasureGrowth(snapshots []AccountSnapshot, days int) FollowerGrowth {
	g := FollowerGrowth{Days: days}
	if len(snapshots) == 0 {
		g.Reason = GrowthUnread
		return g
	}
	last := &snapshots[len(snapshots)-1]
	g.ComparedDay = last.Date().AddDays(-days)
	best := -1
	for i := range snapshots[:len(snapshots)-1] {
		off := snapshots[i].Date().DaysFrom(g.ComparedDay)
		if off <= g.ToleranceDays() && (best < 0 || off < snapshots[best].Date().DaysFrom(g.ComparedDay)) {
			best = i
		}
	}
	first := snapshots[0].Date()
	switch {
	case best < 0 && first.StartIn(time.UTC).After(g.ComparedDay.StartIn(time.UTC)):
		g.Reason, g.FirstReading, g.MeasurableFrom = GrowthYoung, first, first.AddDays(days-g.ToleranceDays())
	case best < 0:
		g.Reason = GrowthGap
	case snapshots[best].Followers == 0:
		g.Reason = GrowthZero
	default:
		g.From, g.To, g.PPM = &snapshots[best], last, relativeChangePPM(snapshots[best].Followers, last.Followers)
	}
	return g
}

// relativeChangePPM is (after − before) ÷ before in millionths, rounded towards zero.
func relativeChangePPM(before, after int64) *int64 {
	if after >= before {
		return Ratio(after-before, before, 1_000_000)
	}
	if down := Ratio(before-after, before, 1_000_000); down != nil {
		return new(-*down)
	}
	return nil
}

// growthOf measures an account's growth over each window.
func (s *Store) growthOf(a Account, snapshots []AccountSnapshot) []FollowerGrowth {
	var all []FollowerGrowth
	for _, days := range growthWindows() {
		g := FollowerGrowth{Days: days, Reason: GrowthYouTube}
		if a.Source != SourceVerified {
			g.Reason = GrowthUnread
		} else if s.MayDeriveFigures(a.Platform) {
			g = MeasureGrowth(snapshots, days)
		}
		all = append(all, g)
	}
	return all
}

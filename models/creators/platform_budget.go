package creators

import (
	"time"

	"gorm.io/gorm/clause"

	"tribemarket/models/db"
	"tribemarket/models/platform"
)

// apiAllowance is a platform's rate limit for one app, and what a reading costs.
// Windows are fixed here.
type apiAllowance struct {
	unitsPerWindow  int // units allowed in a window
	unitsPerReading int // units that a reading costs
	windowStart     func(now time.Time) time.Time
}

// apiAllowances are the platforms' limits, minus what sign-ins need.
//
// TikTok: 600 requests a minute for each endpoint, in a sliding window, and a
// reading asks for two pages of videos; half of it, since two fixed windows can
// fall into a sliding one (developers.tiktok.com/doc/tiktok-api-v2-rate-limit).
//
// YouTube: 10,000 units a day, from midnight in California, and a reading takes
// 3: channels, playlistItems and videos (developers.google.com/youtube/v3/
// determine_quota_cost).
//
// Instagram counts by account, and gives an app with few accounts 200 calls an
// hour for each; a reading of 30 posts takes about 36. Read once a day, no
// account gets near it, so this only limits our rate.
//
// Twitch: 800 points a minute, a reading takes 3: users, followers and videos
// (dev.twitch.tv/docs/api/guide#twitch-rate-limits).
var apiAllowances = map[string]apiAllowance{
	platform.TikTok:    {unitsPerWindow: 270, unitsPerReading: 2, windowStart: startOfMinute},
	platform.YouTube:   {unitsPerWindow: 9_000, unitsPerReading: 3, windowStart: startOfCalifornianDay},
	platform.Instagram: {unitsPerWindow: 1_800, unitsPerReading: 36, windowStart: startOfMinute},
	platform.Twitch:    {unitsPerWindow: 360, unitsPerReading: 3, windowStart: startOfMinute},
}

func startOfMinute(now time.Time) time.Time { return now.UTC().Truncate(time.Minute) }

// startOfCalifornianDay returns the midnight at which YouTube's day began.
func startOfCalifornianDay(now time.Time) time.Time {
	zone, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		zone = time.FixedZone("PST", -8*60*60)
	}
	y, m, d := now.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone).UTC()
}

// PlatformBudget is what all nodes have spent of a platform's allowance, and until
// when the platform is left alone.
type PlatformBudget struct {
	Platform    string `gorm:"primaryKey"`
	WindowFrom  time.Time
	Spent       int
	Failures    int // in a row
	PausedUntil *time.Time
}

// TableName is the table's name, for GORM.
func (PlatformBudget) TableName() string { return "platform_budgets" }

// affordsReading says whether another reading fits, starting a new window if it is time.
func (b *PlatformBudget) affordsReading(now time.Time) bool {
	a := apiAllowances[b.Platform]
	if from := a.windowStart(now); from.After(b.WindowFrom) {
		b.WindowFrom, b.Spent = from, 0
	}
	return (b.PausedUntil == nil || !now.Before(*b.PausedUntil)) && b.Spent+a.unitsPerReading <= a.unitsPerWindow
}

// How long to leave a platform alone that limits us or is down.
const (
	firstPause   = time.Minute
	longestPause = time.Hour
)

// recordFailure leaves the platform alone, longer with each failure in a row.
func (b *PlatformBudget) recordFailure(now time.Time) {
	b.Failures++
	b.PausedUntil = new(now.Add(retryDelay(firstPause, longestPause, b.Failures)))
}

// lockPlatformBudget reads and locks a platform's budget.
func lockPlatformBudget(tx *db.Tx, platform string, now time.Time) (PlatformBudget, error) {
	b := PlatformBudget{Platform: platform, WindowFrom: apiAllowances[platform].windowStart(now)}
	if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&b).Error; err != nil {
		return b, err
	}
	err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("platform = ?", platform).Take(&b).Error
	return b, err
}

package creators

import (
	"time"

	"gorm.io/gorm/clause"

	"tribemarket/models/db"
	"tribemarket/models/platform"
)

// allowance is what a platform lets one app ask for, and what a reading takes
// of it. Windows are fixed here.
type allowance struct {
	units  int // in a window
	cost   int // of a reading
	window func(now time.Time) time.Time
}

// allowances are the platforms' limits, less what sign-ins need.
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
// hour for each; a reading of 30 posts takes about 36. Read once a day no account
// gets near it, so that this bounds only how fast we ask.
//
// Twitch: 800 points a minute, a reading takes 3: users, followers and videos
// (dev.twitch.tv/docs/api/guide#twitch-rate-limits).
var allowances = map[string]allowance{
	platform.TikTok:    {units: 270, cost: 2, window: minute},
	platform.YouTube:   {units: 9_000, cost: 3, window: californianDay},
	platform.Instagram: {units: 1_800, cost: 36, window: minute},
	platform.Twitch:    {units: 360, cost: 3, window: minute},
}

func minute(now time.Time) time.Time { return now.UTC().Truncate(time.Minute) }

// californianDay is the midnight at which YouTube's day began.
func californianDay(now time.Time) time.Time {
	zone, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		zone = time.FixedZone("PST", -8*60*60)
	}
	y, m, d := now.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone).UTC()
}

// Budget is what has been spent of a platform's allowance by all nodes, and
// until when the platform is left alone.
type Budget struct {
	Platform    string `gorm:"primaryKey"`
	WindowFrom  time.Time
	Spent       int
	Failures    int // in a row
	PausedUntil *time.Time
}

// TableName is GORM's.
func (Budget) TableName() string { return "platform_budgets" }

// affords says whether another reading fits, after the window has moved on.
func (b *Budget) affords(now time.Time) bool {
	a := allowances[b.Platform]
	if from := a.window(now); from.After(b.WindowFrom) {
		b.WindowFrom, b.Spent = from, 0
	}
	return (b.PausedUntil == nil || !now.Before(*b.PausedUntil)) && b.Spent+a.cost <= a.units
}

// The pauses of a platform that limits us, or is down.
const (
	pauseFirst = time.Minute
	pauseMost  = time.Hour
)

// failed leaves the platform alone, the longer the more often it has failed in a row.
func (b *Budget) failed(now time.Time) {
	b.Failures++
	b.PausedUntil = new(now.Add(growing(pauseFirst, pauseMost, b.Failures)))
}

// budgetOf is a platform's budget, locked.
func budgetOf(tx *db.Tx, platform string, now time.Time) (Budget, error) {
	b := Budget{Platform: platform, WindowFrom: allowances[platform].window(now)}
	if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&b).Error; err != nil {
		return b, err
	}
	err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("platform = ?", platform).Take(&b).Error
	return b, err
}

package demo

import (
	"context"

	"tribemarket/internal/platforms/sandbox"
	"tribemarket/models/creators"
	"tribemarket/models/platform"
)

// creatorsWithHistory is the number of creators with readings since they joined, and
// joinedDaysAgo is when they joined.
const (
	creatorsWithHistory = 40
	joinedDaysAgo       = 60
)

// readDaysAgo are the days on which they were read: what growth over a week and a month
// is measured against, and the same for the week and month before.
var readDaysAgo = []int{52, 44, 37, 30, 23, 16, 14, 9, 7, 2}

// accountInThePast is an account as it was some days ago: up to 14 in ten thousand fewer
// followers per day, or a few more, and never below the floor. Some have recently had a
// better week than before, and some a worse one.
func accountInThePast(a sandbox.Account, i, daysAgo int) sandbox.Account {
	perDay, late := int64(i*5%17)-2, int64(i*7%13)-4
	lost := perDay*int64(daysAgo) + late*int64(min(daysAgo, 6))
	a.Followers = max(a.Followers-a.Followers*lost/10_000, creators.DefaultFollowerFloor)
	return a
}

// readCreators reads the first creators several times between their joining and today, so
// that their growth can be measured.
func (m *worldMaker) readCreators(ctx context.Context, _ *World) error {
	for _, days := range readDaysAgo {
		if err := m.readCreatorsOn(ctx, days); err != nil {
			return err
		}
	}
	return nil
}

// readCreatorsOn reads them as they were so many days ago.
func (m *worldMaker) readCreatorsOn(ctx context.Context, days int) error {
	m.clock.setTime(m.now.AddDate(0, 0, -days))
	for i := range min(creatorsWithHistory, len(m.people)) {
		p := profileAsRead(accountInThePast(m.generator.sandboxAccount(i), i, days), m.clock.Now())
		p.LatestPosts = nil // the posts are read at the end
		if _, err := m.app.Creators.SignInWithPlatform(ctx, platform.TikTok, p, creators.PlatformToken{}, ""); err != nil {
			return err
		}
	}
	return nil
}

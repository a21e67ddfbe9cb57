package demo

import (
	"context"

	"tribemarket/internal/platforms/sandbox"
	"tribemarket/models/creators"
	"tribemarket/models/platform"
)

// withHistory is of how many of the first creators readings were made since they
// joined, and joinedDays when that was.
const (
	withHistory = 40
	joinedDays  = 60
)

// readOn is how many days ago they were read: what growth over a week and a
// month is measured by, and how it was in the week and month before.
var readOn = []int{52, 44, 37, 30, 23, 16, 14, 9, 7, 2}

// past is an account as it was some days ago: up to 14 in ten thousand fewer
// followers for each day, or a few more, and never below the floor. Some have
// had a better week of late than before, and some a worse one.
func past(a sandbox.Account, i, daysAgo int) sandbox.Account {
	perDay, late := int64(i*5%17)-2, int64(i*7%13)-4
	lost := perDay*int64(daysAgo) + late*int64(min(daysAgo, 6))
	a.Followers = max(a.Followers-a.Followers*lost/10_000, creators.FollowerFloor)
	return a
}

// readCreators reads the first creators now and again between their joining and
// today, so that their growth can be measured.
func (m *maker) readCreators(ctx context.Context, _ *World) error {
	for _, days := range readOn {
		if err := m.readAll(ctx, days); err != nil {
			return err
		}
	}
	return nil
}

// readAll reads them as they were so many days ago.
func (m *maker) readAll(ctx context.Context, days int) error {
	m.clock.set(m.now.AddDate(0, 0, -days))
	for i := range min(withHistory, len(m.people)) {
		p := profile(past(m.gen.sandboxAccount(i), i, days), m.clock.Now())
		p.Latest = nil // the posts are read in the end
		if _, err := m.app.Creators.Connect(ctx, platform.TikTok, p, creators.Token{}, ""); err != nil {
			return err
		}
	}
	return nil
}

package demo

import (
	"context"

	"tribemarket/internal/platforms/sandbox"
	"tribemarket/models/creators"
)

// What the history of followers is made of: of the first creators, a reading
// every few days since they joined, and more often of late, so that they stand
// in rankings of the weeks.
const (
	withHistory = 14
	joinedDays  = 60
	readEvery   = 4
	ofLate      = 16
)

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
	for days := joinedDays - readEvery; days > 0; days -= readEvery {
		if err := m.readAll(ctx, days); err != nil {
			return err
		}
		if days <= ofLate {
			if err := m.readAll(ctx, days-readEvery/2); err != nil {
				return err
			}
		}
	}
	return nil
}

// readAll reads them as they were so many days ago.
func (m *maker) readAll(ctx context.Context, days int) error {
	m.clock.set(m.now.AddDate(0, 0, -days))
	for i := range min(withHistory, len(m.people)) {
		a := past(m.gen.sandboxAccount(i), i, days)
		if _, err := m.app.Creators.Connect(ctx, creators.TikTok, profile(a, m.clock.Now()), creators.Token{}, ""); err != nil {
			return err
		}
	}
	return nil
}

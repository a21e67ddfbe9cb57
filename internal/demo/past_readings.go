package demo

import (
	"fmt"
	"time"

	"tribemarket/models"
	"tribemarket/models/creators"
)

// joinedDaysAgo is when creators joined.
const joinedDaysAgo = 100

// readDaysAgo are the days on which they were read: every week, and what growth over a
// week and a month is measured against, and the same for the week and month before.
var readDaysAgo = []int{97, 90, 83, 76, 69, 62, 60, 55, 48, 44, 37, 30, 23, 16, 14, 9, 7, 2}

// followersInThePast is how many followers an account had some days ago: up to 14 in ten
// thousand fewer per day, or a few more, never evenly, and never below the floor. Some
// have recently had a better week than before, and some a worse one.
func followersInThePast(now int64, number, daysAgo int) int64 {
	perDay, late := int64((number*5+7)%17)-2, int64(number*7%13)-4
	lost := perDay*int64(daysAgo) + late*int64(min(daysAgo, 6))
	if daysAgo > 0 {
		lost += int64((number*31+daysAgo*17)%15) - 7
	}
	return max(now-now*lost/10_000, creators.DefaultFollowerFloor)
}

// readingsOf are an account's readings on days before today, and today's for those who
// are not read again.
func (m *worldMaker) readingsOf(p person, days ...int) []creators.AccountSnapshot {
	var all []creators.AccountSnapshot
	for _, daysAgo := range days {
		at := m.now.AddDate(0, 0, -daysAgo).UTC().Truncate(time.Microsecond)
		likes, posts := p.likes-p.likes*int64(daysAgo)/2_000, max(p.allPosts-int64(daysAgo)/3, 1)
		all = append(all, creators.AccountSnapshot{
			Day: models.DateOf(at).String(), ReadAt: at, Followers: followersInThePast(p.followers, p.number, daysAgo), Likes: &likes, Posts: &posts,
		})
	}
	return all
}

// openID is how the platform calls an invented person.
func openID(number int) string { return fmt.Sprintf("-000demo-%04d", number) }

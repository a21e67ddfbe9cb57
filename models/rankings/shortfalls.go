package rankings

import (
	"context"
	"slices"
	"strings"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/platform"
)

// ShortfallReason is a threshold that a creator misses.
type ShortfallReason string

// The reasons: the first two keep a creator out of the ranking by engagement, the others
// out of that by growth.
const (
	ShortOfPosts     ShortfallReason = "posts"
	ShortOfViews     ShortfallReason = "views"
	ShortOfReadings  ShortfallReason = "readings"
	ShortOfFollowers ShortfallReason = "followers"
)

// Shortfall says why a creator is in no ranking of a measure.
type Shortfall struct {
	Reason     ShortfallReason
	Has, Needs int64 // posts, views, days since the newest reading, or followers
}

// oldestReading is how many days back readings are looked for, so that an old one is named.
const oldestReading = 90

// OwnShortfalls returns what keeps the actor's own profile out of the rankings of a span, at
// most one for each measure; nothing for a profile that is not listed.
func (s *Store) OwnShortfalls(ctx context.Context, actor models.Actor, span Span) ([]Shortfall, error) {
	if actor.CreatorID == 0 {
		return nil, nil
	}
	var rated, counts []string
	for _, p := range platform.Names() {
		if counted, _, ok := s.creators.EngagementSQL(p, "p"); ok {
			rated, counts = append(rated, p), append(counts, "l.platform = '"+p+"' AND "+counted)
		}
	}
	now := s.clock()
	today := models.DateOf(now.UTC())
	from, to := span.postWindow(now)
	var rows []rankedRow
	err := s.db.Read(ctx).Raw(shortfallSQL(strings.Join(counts, " OR ")), from, to, actor.CreatorID, rated,
		creators.SourceVerified, today.AddDays(-oldestReading).String(), today.String(), actor.CreatorID, s.derivedPlatforms()).Scan(&rows).Error
	if err != nil {
		return nil, models.Internal("ask why somebody is not ranked", err)
	}
	split := slices.IndexFunc(rows, func(r rankedRow) bool { return r.Day != "" })
	if split < 0 {
		split = len(rows)
	}
	return slices.Concat(engagementShortfall(rows[:split], span), growthShortfall(rows[split:], span, today)), nil
}

// engagementShortfall looks at the account that is nearest to the thresholds.
func engagementShortfall(accounts []rankedRow, span Span) []Shortfall {
	if len(accounts) == 0 {
		return nil
	}
	var posts, views int64
	for _, a := range accounts {
		posts = max(posts, a.Posts)
		if a.Posts >= span.LeastPosts() {
			views = max(views, a.Views)
		}
	}
	switch {
	case posts < span.LeastPosts():
		return []Shortfall{{ShortOfPosts, posts, span.LeastPosts()}}
	case views < RankViews:
		return []Shortfall{{ShortOfViews, views, RankViews}}
	}
	return nil
}

// growthShortfall looks at the readings of each account; one that misses nothing is enough.
func growthShortfall(readings []rankedRow, span Span, today models.Date) []Shortfall {
	var missed []Shortfall
	for len(readings) > 0 {
		n := 1
		for n < len(readings) && readings[n].AccountID == readings[0].AccountID {
			n++
		}
		snapshots := snapshotsOf(readings[:n])
		readings = readings[n:]
		age := int64(snapshots[n-1].Date().DaysFrom(today))
		g := creators.MeasureGrowth(snapshots, span.Days())
		switch {
		case age > RankFresh:
			missed = []Shortfall{{ShortOfReadings, age, RankFresh}}
		case g.PPM != nil && g.From.Followers < RankFollowers:
			missed = []Shortfall{{ShortOfFollowers, g.From.Followers, RankFollowers}}
		default:
			return nil
		}
	}
	return missed
}

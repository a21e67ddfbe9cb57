package negotiation

import (
	"database/sql"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/creators"
)

// Obstacle is why a creator cannot pitch to a brand now.
type Obstacle struct {
	Kind        ObstacleKind
	Until       time.Time // of Paused and TooMany
	Negotiation string    // of InTalks: its public id
}

// ObstacleKind is a reason. Its text is negotiation.obstacle.KIND.
type ObstacleKind string

// The reasons. Whoever a brand has blocked reads what everybody reads of a closed door.
const (
	DoorClosed   ObstacleKind = "closed"
	WrongTribe   ObstacleKind = "tribe"
	WrongCountry ObstacleKind = "country"
	TooSmall     ObstacleKind = "followers"
	OwnBrand     ObstacleKind = "own"
	InTalks      ObstacleKind = "talks"
	Paused       ObstacleKind = "paused"
	TooMany      ObstacleKind = "many"
	Unconfirmed  ObstacleKind = "unconfirmed"
)

// ObstacleKinds lists all reasons.
func ObstacleKinds() []ObstacleKind {
	return []ObstacleKind{DoorClosed, WrongTribe, WrongCountry, TooSmall, OwnBrand, InTalks, Paused, TooMany, Unconfirmed}
}

// err refuses a pitch.
func (o Obstacle) err(now time.Time) error {
	e := &models.Error{Code: models.CodeConflict, Key: "negotiation.obstacle." + string(o.Kind)}
	if !o.Until.IsZero() {
		e.Args = []any{"until", o.Until}
	}
	if o.Kind == TooMany {
		e.Code, e.After = models.CodeTooMany, o.Until.Sub(now)
	}
	return e
}

// How long a creator waits before they pitch to the same brand again: after it declined or
// did not answer, and after they withdrew.
const (
	PauseAfterNo         = 30 * 24 * time.Hour
	PauseAfterWithdrawal = 7 * 24 * time.Hour
)

// pastNegotiation is one that decides whether its creator may begin another.
type pastNegotiation struct {
	PublicID  string
	BrandID   int64
	Began     models.Side
	State     State
	BegunAt   time.Time
	ExpiresAt time.Time
	ClosedAt  *time.Time
	Side      models.Side // that made the latest offer
}

// obstacle says whether an earlier negotiation with the brand is in the way.
func (n pastNegotiation) obstacle(now time.Time) (o Obstacle, found bool) {
	state, ended, pause := n.State, n.ExpiresAt, PauseAfterNo
	switch {
	case n.ClosedAt != nil:
		ended = *n.ClosedAt
	case now.Before(n.ExpiresAt):
		return Obstacle{Kind: InTalks, Negotiation: n.PublicID}, true
	default: // the sweep has not reached it yet
		state = Expired
	}
	switch {
	case n.Side != models.SideCreator || state == Agreed:
		return Obstacle{}, false
	case state == Withdrawn:
		pause = PauseAfterWithdrawal
	}
	until := ended.Add(pause).UTC()
	return Obstacle{Kind: Paused, Until: until}, now.Before(until)
}

// limitReached says whether a creator, whose latest pitches come first, has to wait.
func limitReached(pitches []pastNegotiation, isNew bool, now time.Time) (o Obstacle, found bool) {
	limits := []models.Limit{models.Pitches, models.WeeklyPitches}
	if isNew {
		limits = append(limits, models.NewPitches)
	}
	for _, l := range limits {
		if len(pitches) < l.Most {
			continue
		}
		if until := pitches[l.Most-1].BegunAt.Add(l.Per).UTC(); now.Before(until) && o.Until.Before(until) {
			o, found = Obstacle{Kind: TooMany, Until: until}, true
		}
	}
	return o, found
}

// knock is what decides whether a creator may pitch to a brand.
type knock struct {
	brandID     int64 // 0 where there is none
	door        Door
	hidden      bool // the brand is suspended, or one has blocked the other
	own         bool
	reach       creators.Reach
	past        []pastNegotiation // with any brand, newest first
	newAccount  bool
	unconfirmed bool
}

// obstacles lists what is in the way, the door's first.
func (k knock) obstacles(now time.Time) []Obstacle {
	if k.own && !k.hidden {
		return []Obstacle{{Kind: OwnBrand}}
	}
	all := k.door.Obstacles(k.reach)
	if len(all) > 0 {
		return all
	}
	var pitches []pastNegotiation
	for _, n := range k.past {
		if o, found := n.obstacle(now); n.BrandID == k.brandID && found && len(all) == 0 {
			all = append(all, o)
		}
		if n.Began == models.SideCreator {
			pitches = append(pitches, n)
		}
	}
	if o, found := limitReached(pitches, k.newAccount, now); found && len(all) == 0 {
		all = append(all, o)
	}
	if k.unconfirmed {
		all = append(all, Obstacle{Kind: Unconfirmed})
	}
	return all
}

// check refuses a pitch to a brand that is not there, or for the first obstacle.
func (k knock) check(now time.Time) error {
	if k.brandID == 0 {
		return models.NotFound()
	}
	if found := k.obstacles(now); len(found) > 0 {
		return found[0].err(now)
	}
	return nil
}

// readKnock reads what decides whether the actor may pitch to a brand, by its public id, in
// one statement.
func readKnock(q *gorm.DB, a models.Actor, brandPublicID string, unlimited bool, now time.Time) (k knock, err error) {
	var rows []struct {
		Brand               int64
		Door                doorRow `gorm:"embedded"`
		Hidden, Unsure, Own bool
		JoinedAt            time.Time
		Country, OwnTribes  string
		OwnFollowers        int64
		Past                pastNegotiation `gorm:"embedded;embeddedPrefix:n_"`
	}
	err = q.Raw(knockSQL, sql.Named("creator", a.CreatorID), sql.Named("person", a.PersonID), sql.Named("brand", brandPublicID), sql.Named("side", models.SideCreator),
		sql.Named("week", now.Add(-models.WeeklyPitches.Per)), sql.Named("pause", now.Add(-PauseAfterNo))).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return k, err
	}
	r := rows[0]
	k = knock{
		brandID: r.Brand, door: r.Door.door(), hidden: r.Hidden, own: r.Own, reach: creators.Reach{Country: r.Country, Tribes: splitList(r.OwnTribes), Followers: r.OwnFollowers},
		unconfirmed: r.Unsure, newAccount: !unlimited && now.Sub(r.JoinedAt) < models.NewAccountPeriod,
	}
	if k.hidden {
		k.door = Door{Closed: true}
	}
	for _, r := range rows {
		if unlimited {
			r.Past.Began = "" // none counts towards the limits
		}
		if r.Past.PublicID != "" {
			k.past = append(k.past, r.Past)
		}
	}
	return k, nil
}

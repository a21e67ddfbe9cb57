package negotiation

import (
	"context"
	"database/sql"
	"strconv"
	"time"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
)

// OpenDoor is a brand that takes pitches.
type OpenDoor struct {
	Brand     deals.Party
	Door      Door
	Obstacles []Obstacle // none if the creator may pitch now
}

// OpenDoorPage is one page of such brands, newest first.
type OpenDoorPage struct {
	Doors []OpenDoor
	Next  string // "" on the last page
}

// ListOpenDoors lists the brands that take pitches and that the actor can see: four
// queries, however many there are.
func (s *Store) ListOpenDoors(ctx context.Context, a models.Actor, after string) (page OpenDoorPage, err error) {
	if !CanPitch(a) {
		return page, models.Forbidden("negotiation.error.creators_only")
	}
	before, err := strconv.ParseInt(after, 10, 64)
	if err != nil || before <= 0 {
		before = 1 << 62
	}
	var rows []struct {
		ID          int64
		Door        doorRow `gorm:"embedded"`
		Own, Unsure bool
		JoinedAt    time.Time
	}
	err = s.db.Read(ctx).Raw(openDoorsSQL, sql.Named("person", a.PersonID), sql.Named("creator", a.CreatorID), sql.Named("before", before), sql.Named("most", deals.PageSize+1)).Scan(&rows).Error
	if err != nil {
		return page, err
	}
	if len(rows) > deals.PageSize {
		rows = rows[:deals.PageSize]
		page.Next = strconv.FormatInt(rows[deals.PageSize-1].ID, 10)
	}
	brands := make([]int64, len(rows))
	for i, r := range rows {
		brands[i] = r.ID
	}
	who, err := s.deals.ReadParties(ctx, brands, []int64{a.CreatorID})
	if err != nil {
		return page, err
	}
	reach, err := creators.ReadReach(s.db.Read(ctx), a.CreatorID)
	if err != nil {
		return page, err
	}
	past, err := s.readPast(ctx, a, brands)
	for now, i := s.now(), 0; i < len(rows); i++ {
		r := rows[i]
		k := knock{
			brandID: r.ID, door: r.Door.door(), own: r.Own, reach: reach, past: past, unconfirmed: r.Unsure,
			newAccount: !s.db.Unlimited && now.Sub(r.JoinedAt) < models.NewAccountPeriod,
		}
		page.Doors = append(page.Doors, OpenDoor{Brand: who.Brands[r.ID], Door: k.door, Obstacles: k.obstacles(now)})
	}
	return page, err
}

// readPast reads the negotiations that decide whether a creator may pitch to brands, newest
// first.
func (s *Store) readPast(ctx context.Context, a models.Actor, brands []int64) (past []pastNegotiation, err error) {
	now := s.now()
	err = s.db.Read(ctx).Raw(pastSQL, sql.Named("creator", a.CreatorID), sql.Named("brands", append([]int64{0}, brands...)), sql.Named("side", models.SideCreator),
		sql.Named("week", now.Add(-models.WeeklyPitches.Per)), sql.Named("pause", now.Add(-PauseAfterNo))).Scan(&past).Error
	for i := range past {
		if s.db.Unlimited {
			past[i].Began = "" // none counts towards the limits
		}
	}
	return past, err
}

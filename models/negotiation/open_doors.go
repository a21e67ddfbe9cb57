package negotiation

import (
	"context"
	"strconv"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
)

// OpenDoor is a brand that takes pitches.
type OpenDoor struct {
	Brand     deals.Party
	Door      Door
	Obstacles []Obstacle // of the door alone
}

// OpenDoorPage is one page of such brands, newest first.
type OpenDoorPage struct {
	Doors []OpenDoor
	Next  string // "" on the last page
}

// ListOpenDoors lists the brands that take pitches and that the actor can see: three
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
		ID   int64
		Door doorRow `gorm:"embedded"`
	}
	if err := s.db.Read(ctx).Raw(openDoorsSQL, before, a.CreatorID, deals.PageSize+1).Scan(&rows).Error; err != nil {
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
	for _, r := range rows {
		d := r.Door.door()
		page.Doors = append(page.Doors, OpenDoor{Brand: who.Brands[r.ID], Door: d, Obstacles: d.Obstacles(reach)})
	}
	return page, err
}

package negotiation

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
	"tribemarket/models/places"
)

// DoorForm is a door as typed.
type DoorForm struct {
	Closed    string   `form:"closed"` // "yes"
	Tribes    []string `form:"tribes"`
	Countries []string `form:"countries"`
	Followers string   `form:"followers"`
}

// OwnDoor reads the door of the actor's brand.
func (s *Store) OwnDoor(ctx context.Context, a models.Actor) (Door, error) {
	if a.BrandID == 0 {
		return Door{}, models.NotFound()
	}
	var r doorRow
	err := s.db.Read(ctx).Where("brand_id = ?", a.BrandID).Limit(1).Find(&r).Error
	return r.door(), err
}

// SetDoor saves whose pitches the actor's brand takes. Pitches that wait stay.
func (s *Store) SetDoor(ctx context.Context, a models.Actor, f DoorForm) error {
	switch {
	case a.BrandID == 0:
		return models.NotFound()
	case !accounts.CanEditBrand(a, a.BrandID):
		return models.Forbidden("accounts.error.role")
	}
	door, wrong := s.readDoor(f)
	if err := wrong.Err(); err != nil {
		return err
	}
	r := doorRow{a.BrandID, door.Closed, joinList(door.Tribes), joinList(door.Countries), door.Followers, a.PersonID, s.now()}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		return tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "brand_id"}}, UpdateAll: true}).Create(&r).Error
	})
}

func (s *Store) readDoor(f DoorForm) (d Door, wrong models.Fields) {
	d.Closed = f.Closed == "yes"
	catalogue := s.creators.TribeCatalogue()
	for _, slug := range f.Tribes {
		if _, known := catalogue.TribeBySlug(slug); known && !slices.Contains(d.Tribes, slug) {
			d.Tribes = append(d.Tribes, slug)
		}
	}
	if len(d.Tribes) > MaxDoorTribes {
		wrong.Add("tribes", "terms.invalid.many", "most", MaxDoorTribes)
	}
	for _, code := range f.Countries {
		if code == "" || slices.Contains(d.Countries, code) {
			continue
		}
		if !places.IsKnownCountry(code) {
			wrong.Add("countries", "terms.invalid.country")
			break
		}
		d.Countries = append(d.Countries, code)
	}
	if len(d.Countries) > MaxDoorCountries {
		wrong.Add("countries", "terms.invalid.many", "most", MaxDoorCountries)
	}
	if typed := strings.TrimSpace(f.Followers); typed != "" {
		n, err := strconv.ParseInt(typed, 10, 64)
		if err != nil || n < 0 || n > MaxDoorFollowers {
			wrong.Add("followers", "terms.invalid.number", "least", 0, "most", MaxDoorFollowers)
		}
		d.Followers = n
	}
	return d, wrong
}

package creators

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/places"
	"tribemarket/models/platform"
)

// Bounds of a floor; the database enforces them too.
const (
	maxFloorFollowers = 1_000_000_000
	maxFloorViews     = 1_000_000_000_000
	maxFloorPosts     = 1_000
	minFloorAge       = 13 // no platform accepts anybody younger
	maxFloorAge       = 99
)

// FloorForm is a floor as an administrator typed it; an empty number requires
// nothing. Its fields are called platform, country, followers, views, posts and
// min_age.
type FloorForm struct {
	Platform, Country                   string
	Followers, Views30, Posts30, MinAge string
}

// SetFloor changes or adds a floor of a programme. If it is the marketplace's,
// everybody is judged again, a batch at a time.
func (s *Store) SetFloor(ctx context.Context, actor models.Actor, programme ProgrammeKey, form FloorForm) error {
	if !CanAdministerProgrammes(actor) {
		return models.NotFound()
	}
	f, err := form.parseFloor(programme)
	if err != nil {
		return err
	}
	return s.editFloors(ctx, programme, func(tx *db.Tx, before Programme) error {
		res := tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&f)
		if res.Error != nil {
			return res.Error
		}
		return tx.WriteAudit(ctx, db.AuditEntry{At: s.clock(), PersonID: actor.PersonID, Action: "creators.floor_set", Subject: f.auditSubject(), Detail: f.auditDetail(before)})
	})
}

// RemoveFloor removes the floor of a platform or country; the one for all stays.
func (s *Store) RemoveFloor(ctx context.Context, actor models.Actor, programme ProgrammeKey, platform, country string) error {
	if !CanAdministerProgrammes(actor) {
		return models.NotFound()
	}
	f := ProgrammeFloor{Programme: programme, Platform: platform, Country: country}
	return s.editFloors(ctx, programme, func(tx *db.Tx, before Programme) error {
		if f.IsForAll() {
			return models.Conflict("creators.error.floor_for_all")
		}
		res := tx.Exec("DELETE FROM programme_floors WHERE programme = ? AND platform = ? AND country = ?", programme, platform, country)
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected == 0 {
			return models.NotFound()
		}
		return tx.WriteAudit(ctx, db.AuditEntry{At: s.clock(), PersonID: actor.PersonID, Action: "creators.floor_dropped", Subject: f.auditSubject(), Detail: f.auditDetail(before)})
	})
}

func (s *Store) editFloors(ctx context.Context, programme ProgrammeKey, edit func(*db.Tx, Programme) error) error {
	if !slices.Contains([]ProgrammeKey{ProgrammeMarketplace, ProgrammeAffiliate, ProgrammeTips}, programme) {
		return models.NotFound()
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		all, err := readProgrammes(tx.DB)
		if err != nil {
			return err
		}
		var before Programme
		for _, p := range all {
			if p.Key == programme {
				before = p
			}
		}
		if err := edit(tx, before); err != nil {
			return err
		}
		if programme != ProgrammeMarketplace {
			return nil
		}
		return tx.Enqueue(ReapplyFloorArgs{}, nil)
	})
	if err != nil {
		if models.CodeOf(err) == models.CodeInternal {
			return models.Internal("change a programme", err)
		}
		return err
	}
	_, err = s.ListProgrammes(ctx)
	return err
}

func (f ProgrammeFloor) auditSubject() string { return "programme:" + string(f.Programme) }

// auditDetail describes where the floor applies, what it requires and what it required
// before.
func (f ProgrammeFloor) auditDetail(before Programme) map[string]string {
	d := map[string]string{"platform": f.Platform, "country": f.Country}
	write := func(prefix string, x ProgrammeFloor) {
		d[prefix+"followers"], d[prefix+"views_30"] = strconv.FormatInt(x.Followers, 10), strconv.FormatInt(x.Views30, 10)
		d[prefix+"posts_30"], d[prefix+"min_age"] = strconv.FormatInt(x.Posts30, 10), strconv.FormatInt(x.MinAge, 10)
	}
	for _, x := range before.Floors {
		if x.Platform == f.Platform && x.Country == f.Country {
			write("before_", x)
		}
	}
	write("", f)
	return d
}

// parseFloor parses the form, or says what is wrong with it.
func (form FloorForm) parseFloor(programme ProgrammeKey) (ProgrammeFloor, error) {
	var wrong models.Fields
	f := ProgrammeFloor{Programme: programme, Platform: strings.TrimSpace(form.Platform), Country: strings.TrimSpace(form.Country)}
	if f.Platform != "" && !slices.Contains(platform.Names(), f.Platform) {
		wrong.Add("platform", "creators.error.platform")
	}
	if f.Country != "" && !places.IsKnownCountry(f.Country) {
		wrong.Add("country", "creators.error.country")
	}
	f.Followers = form.parseNumber(&wrong, "followers", form.Followers, 0, maxFloorFollowers)
	f.Views30 = form.parseNumber(&wrong, "views", form.Views30, 0, maxFloorViews)
	f.Posts30 = form.parseNumber(&wrong, "posts", form.Posts30, 0, maxFloorPosts)
	f.MinAge = form.parseNumber(&wrong, "min_age", form.MinAge, minFloorAge, maxFloorAge)
	return f, wrong.Err()
}

// parseNumber parses a whole number; none, and 0, require nothing.
func (FloorForm) parseNumber(wrong *models.Fields, field, text string, least, most int64) int64 {
	if text = strings.TrimSpace(text); text == "" || text == "0" {
		return 0
	}
	n, err := strconv.ParseInt(strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "").Replace(text), 10, 64)
	if err != nil || n < least || n > most {
		wrong.Add(field, "creators.error.number", "least", least, "most", most)
		return 0
	}
	return n
}

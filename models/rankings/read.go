package rankings

import (
	"context"
	"slices"
	"time"

	"tribemarket/models"
	"tribemarket/models/creators"
)

// Query says which ranking to read.
type Query struct {
	Tribe   string // a slug, "" for all tribes
	Country string // "" for everywhere
	Measure Measure
	Span    Span
	Hidden  []int64 // creators hidden from the viewer
}

// Ranking is a ranking as shown: of the creators who are listed now.
type Ranking struct {
	Edition   *Edition // nil if nothing has been computed
	Compared  bool     // there is a ranking of the previous period
	Places    []RankedCreator
	Countries []string // those with a ranking of the tribe
}

// RankedCreator is a creator with their place.
type RankedCreator struct {
	Place     int
	Was       int // the place in the previous period; 0 for none
	CreatorID int64
	PublicID  string
	Name      string
	Platform  string
	Handle    string
	Source    creators.FigureSource
	AsOf      time.Time // the date of the number of followers
	PPM       int64     `gorm:"column:ppm"`
	Part      int64
	Whole     int64
	Posts     int64
	FromDay   string
	ToDay     string
	Face      creators.Face `gorm:"-"`
}

// PlaceChange says how a place compares with the previous one.
type PlaceChange string

// The changes.
const (
	ChangeNone PlaceChange = "none" // nothing to compare with
	ChangeNew  PlaceChange = "new"
	ChangeUp   PlaceChange = "up"
	ChangeDown PlaceChange = "down"
	ChangeSame PlaceChange = "same"
)

// ChangeOf returns the change of a row in its ranking, and by how many places.
func (r Ranking) ChangeOf(p RankedCreator) (PlaceChange, int) {
	switch {
	case !r.Compared:
		return ChangeNone, 0
	case p.Was == 0:
		return ChangeNew, 0
	case p.Was > p.Place:
		return ChangeUp, p.Was - p.Place
	case p.Was < p.Place:
		return ChangeDown, p.Place - p.Was
	}
	return ChangeSame, 0
}

// Ranking reads a ranking. Places are counted among the creators who are listed
// now, for the previous period as well, so that nobody rises or falls because
// somebody else left; the computed rows stay as they are. A tribe that the
// catalogue doesn't show is not found.
func (s *Store) Ranking(ctx context.Context, q Query) (Ranking, error) {
	var r Ranking
	if _, shown := s.creators.TribeCatalogue().TribeBySlug(q.Tribe); q.Tribe != "" && !shown {
		return r, models.NotFound()
	}
	var live []Edition
	err := s.db.Read(ctx).Where("live AND measure = ? AND span = ?", q.Measure, q.Span).Order("as_of DESC, id DESC").Limit(2).Find(&live).Error
	if err != nil {
		return r, models.Internal("ask for a ranking", err)
	}
	if len(live) == 0 {
		return r, nil
	}
	r.Edition = &live[0]
	before := int64(0)
	if len(live) == 2 && live[1].Period == q.Span.PeriodBefore(live[0].AsOf) {
		r.Compared, before = true, live[1].ID
	}
	err = s.db.Read(ctx).Raw("SELECT DISTINCT country FROM ranking_places WHERE edition_id = ? AND tribe = ? AND country <> '' ORDER BY country", r.Edition.ID, q.Tribe).Scan(&r.Countries).Error
	if err != nil {
		return r, models.Internal("ask for the countries of a ranking", err)
	}
	var rows []struct {
		EditionID     int64
		RankedCreator `gorm:"embedded"`
		FaceText      string
	}
	err = s.db.Read(ctx).Raw(placesSQL, r.Edition.ID, before, q.Tribe, q.Country).Scan(&rows).Error
	if err != nil {
		return r, models.Internal("read a ranking", err)
	}
	was, place := map[int64]int{}, map[int64]int{}
	for _, row := range rows {
		places := place
		if row.EditionID == before {
			places = was
		}
		if places[row.CreatorID] != 0 {
			continue // two profiles have been merged since
		}
		places[row.CreatorID] = len(places) + 1
		if row.EditionID == before || slices.Contains(q.Hidden, row.CreatorID) {
			continue
		}
		row.Place, row.Face = place[row.CreatorID], s.creators.ParseFace(row.FaceText)
		r.Places = append(r.Places, row.RankedCreator)
	}
	for i := range r.Places {
		r.Places[i].Was = was[r.Places[i].CreatorID]
	}
	return r, nil
}

package creators

import (
	"cmp"
	"context"
	"slices"
	"sync/atomic"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
)

// ProgrammeKey identifies a programme.
type ProgrammeKey string

// The programmes: being found by brands, sales on commission, tips from viewers.
const (
	ProgrammeMarketplace ProgrammeKey = "marketplace"
	ProgrammeAffiliate   ProgrammeKey = "affiliate"
	ProgrammeTips        ProgrammeKey = "tips"
)

// Programme is something that a creator can belong to, with the floors that
// decide it: the first is for all platforms and countries, the others are
// ordered by name.
type Programme struct {
	Key    ProgrammeKey
	Floors []ProgrammeFloor
}

// ProgrammeFloor is what a programme requires of an account, on a platform, in a
// country, or both; "" is all of them. 0 requires nothing; exactly the number is enough.
type ProgrammeFloor struct {
	Programme ProgrammeKey `gorm:"primaryKey"`
	Platform  string       `gorm:"primaryKey"`
	Country   string       `gorm:"primaryKey"`
	Followers int64
	Views30   int64 `gorm:"column:views_30"` // views of the posts of the last 30 days
	Posts30   int64 `gorm:"column:posts_30"`
	MinAge    int64 // whole years
}

// TableName is the table's name, for GORM.
func (ProgrammeFloor) TableName() string { return "programme_floors" }

// IsForAll says whether the floor is the default, for all platforms and countries.
func (f ProgrammeFloor) IsForAll() bool { return f.Platform == "" && f.Country == "" }

// FloorFor returns the floor that applies to an account: that of its platform
// and country, else of its platform, else of its country, else the one for all.
func (p Programme) FloorFor(platform, country string) ProgrammeFloor {
	var best ProgrammeFloor
	rank := -1
	for _, f := range p.Floors {
		if f.Platform != "" && f.Platform != platform || f.Country != "" && f.Country != country {
			continue
		}
		r := 0
		if f.Platform != "" {
			r += 2
		}
		if f.Country != "" {
			r++
		}
		if r > rank {
			best, rank = f, r
		}
	}
	return best
}

// lowestFollowers is the smallest number of followers that any of the floors requires.
func (p Programme) lowestFollowers() int64 {
	if len(p.Floors) == 0 {
		return DefaultFollowerFloor
	}
	return slices.MinFunc(p.Floors, func(a, b ProgrammeFloor) int { return cmp.Compare(a.Followers, b.Followers) }).Followers
}

// ListProgrammes reads all programmes, in their order, with their floors.
func (s *Store) ListProgrammes(ctx context.Context) ([]Programme, error) {
	all, err := readProgrammes(s.db.Read(ctx))
	if err != nil {
		return nil, models.Internal("read the programmes", err)
	}
	s.floor.storeFloor(all, s.clock())
	return all, nil
}

func readProgrammes(g *gorm.DB) ([]Programme, error) {
	var rows []ProgrammeFloor
	err := g.Raw(`SELECT f.* FROM programme_floors f JOIN programmes p ON p.key = f.programme ORDER BY p.place, f.platform, f.country`).Scan(&rows).Error
	var all []Programme
	for _, f := range rows {
		if len(all) == 0 || all[len(all)-1].Key != f.Programme {
			all = append(all, Programme{Key: f.Programme})
		}
		last := &all[len(all)-1]
		last.Floors = append(last.Floors, f)
	}
	return all, err
}

// readMarketplace reads the programme that decides who is listed.
func readMarketplace(g *gorm.DB) (Programme, error) {
	all, err := readProgrammes(g)
	for _, p := range all {
		if p.Key == ProgrammeMarketplace {
			return p, err
		}
	}
	return Programme{Key: ProgrammeMarketplace, Floors: []ProgrammeFloor{{Programme: ProgrammeMarketplace, Followers: DefaultFollowerFloor}}}, err
}

// floorCacheLifetime is how long a node uses the floor it has read before reading
// it again, since another node may have changed it.
const floorCacheLifetime = time.Minute

// floorCache is the marketplace's lowest floor as this node last read it,
// available to every page without a query.
type floorCache struct{ last atomic.Pointer[cachedFloor] }

type cachedFloor struct {
	followers int64
	at        time.Time
}

func (k *floorCache) storeFloor(all []Programme, now time.Time) {
	for _, p := range all {
		if p.Key == ProgrammeMarketplace {
			k.last.Store(&cachedFloor{p.lowestFollowers(), now})
		}
	}
}

// FollowerFloor is the number of followers from which the marketplace lists an account,
// inclusive: the lowest one if platforms or countries differ.
func (s *Store) FollowerFloor() int64 {
	if last := s.floor.last.Load(); last != nil {
		return last.followers
	}
	return DefaultFollowerFloor
}

// FreshFollowerFloor is FollowerFloor, read again if the cached one is too old.
func (s *Store) FreshFollowerFloor(ctx context.Context) (int64, error) {
	if last := s.floor.last.Load(); last != nil && s.clock().Sub(last.at) < floorCacheLifetime {
		return last.followers, nil
	}
	if _, err := s.ListProgrammes(ctx); err != nil {
		return 0, err
	}
	return s.FollowerFloor(), nil
}

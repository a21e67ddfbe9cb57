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

// ProgrammeKey names a programme.
type ProgrammeKey string

// The programmes: being found by brands, sales for a commission, tips of viewers.
const (
	Marketplace ProgrammeKey = "marketplace"
	Affiliate   ProgrammeKey = "affiliate"
	Tips        ProgrammeKey = "tips"
)

// Programme is something that a creator can belong to, with the floors that
// decide it: the first is for all platforms and countries, the others come in
// the order of their names.
type Programme struct {
	Key    ProgrammeKey
	Floors []Floor
}

// Floor is what a programme asks of an account, on a platform, in a country, or
// both; "" is all of them. 0 asks for nothing; the number itself is enough.
type Floor struct {
	Programme ProgrammeKey `gorm:"primaryKey"`
	Platform  string       `gorm:"primaryKey"`
	Country   string       `gorm:"primaryKey"`
	Followers int64
	Views30   int64 `gorm:"column:views_30"` // views of the posts of the last 30 days
	Posts30   int64 `gorm:"column:posts_30"`
	MinAge    int64 // whole years
}

// TableName is GORM's.
func (Floor) TableName() string { return "programme_floors" }

// ForAll says whether the floor holds where no other one does.
func (f Floor) ForAll() bool { return f.Platform == "" && f.Country == "" }

// For is the floor that counts for an account: that of its platform and
// country, else of its platform, else of its country, else the one for all.
func (p Programme) For(platform, country string) Floor {
	var best Floor
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

// least is the smallest number of followers that any of the floors asks for.
func (p Programme) least() int64 {
	if len(p.Floors) == 0 {
		return FollowerFloor
	}
	return slices.MinFunc(p.Floors, func(a, b Floor) int { return cmp.Compare(a.Followers, b.Followers) }).Followers
}

// Programmes reads all programmes, in their order, with their floors.
func (s *Store) Programmes(ctx context.Context) ([]Programme, error) {
	all, err := readProgrammes(s.db.Read(ctx))
	if err != nil {
		return nil, models.Internal("read the programmes", err)
	}
	s.floor.keep(all, s.clock())
	return all, nil
}

func readProgrammes(g *gorm.DB) ([]Programme, error) {
	var rows []Floor
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

// marketplace is the programme that decides who is listed.
func marketplace(g *gorm.DB) (Programme, error) {
	all, err := readProgrammes(g)
	for _, p := range all {
		if p.Key == Marketplace {
			return p, err
		}
	}
	return Programme{Key: Marketplace, Floors: []Floor{{Programme: Marketplace, Followers: FollowerFloor}}}, err
}

// floorLife is how long a node goes by the floor that it has read, since
// another node may have changed it.
const floorLife = time.Minute

// keptFloor is the marketplace's lowest floor as this node last read it, in
// sight of every page without a query.
type keptFloor struct{ last atomic.Pointer[readFloor] }

type readFloor struct {
	followers int64
	at        time.Time
}

func (k *keptFloor) keep(all []Programme, now time.Time) {
	for _, p := range all {
		if p.Key == Marketplace {
			k.last.Store(&readFloor{p.least(), now})
		}
	}
}

// Floor is the number of followers from which the marketplace lists an account,
// the number itself included: the lowest one, where platforms or countries differ.
func (s *Store) Floor() int64 {
	if last := s.floor.last.Load(); last != nil {
		return last.followers
	}
	return FollowerFloor
}

// FreshFloor is Floor, read again when it was read a while ago.
func (s *Store) FreshFloor(ctx context.Context) (int64, error) {
	if last := s.floor.last.Load(); last != nil && s.clock().Sub(last.at) < floorLife {
		return last.followers, nil
	}
	if _, err := s.Programmes(ctx); err != nil {
		return 0, err
	}
	return s.Floor(), nil
}

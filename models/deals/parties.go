package deals

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/files"
)

// Parties are the parties to some negotiations or deals, by id.
type Parties struct {
	Brands   map[int64]Party
	Creators map[int64]Party
}

// Other is the party on the other side from the actor.
func (p Parties) Other(a models.Actor, brandID, creatorID int64) Party {
	if a.Side() == models.SideBrand {
		return p.Creators[creatorID]
	}
	return p.Brands[brandID]
}

// own is the actor's own side.
func (p Parties) own(a models.Actor, brandID, creatorID int64) Party {
	if a.Side() == models.SideBrand {
		return p.Brands[brandID]
	}
	return p.Creators[creatorID]
}

// ReadParties reads brands and creators in one query, however many there are. A creator's
// handle is that of the account with the most followers.
func (s *Store) ReadParties(ctx context.Context, brandIDs, creatorIDs []int64) (Parties, error) {
	who := Parties{map[int64]Party{}, map[int64]Party{}}
	if len(brandIDs) == 0 {
		return who, nil
	}
	var rows []struct {
		Party      Party `gorm:"embedded"`
		Side       models.Side
		Face, Logo string
	}
	err := s.db.Read(ctx).Raw(partiesSQL, unique(brandIDs), unique(creatorIDs)).Scan(&rows).Error
	for _, r := range rows {
		if r.Side == models.SideBrand {
			r.Party.Logo = files.ParseShown(r.Logo)
			who.Brands[r.Party.ID] = r.Party
		} else {
			r.Party.Face = s.creators.ParseFace(r.Face)
			who.Creators[r.Party.ID] = r.Party
		}
	}
	return who, err
}

func unique(ids []int64) []int64 {
	seen := map[int64]bool{}
	var out []int64
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

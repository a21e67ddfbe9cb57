package deals

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/files"
)

// people are the parties to some proposals or deals, by id.
type people struct {
	brands   map[int64]Party
	creators map[int64]Party
}

// parties reads brands and creators in one query, however many there are. A creator's
// handle is that of the account with the most followers.
func (s *Store) parties(ctx context.Context, brandIDs, creatorIDs []int64) (people, error) {
	who := people{map[int64]Party{}, map[int64]Party{}}
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
			who.brands[r.Party.ID] = r.Party
		} else {
			r.Party.Face = s.creators.ParseFace(r.Face)
			who.creators[r.Party.ID] = r.Party
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

package deals

import (
	"context"

	"tribemarket/models/accounts"
	"tribemarket/models/creators"
)

// people are the parties of some proposals or deals, by id.
type people struct {
	brands   map[int64]Party
	creators map[int64]Party
}

// parties reads brands and creators in three queries, however many there are.
func (s *Store) parties(ctx context.Context, brandIDs, creatorIDs []int64) (people, error) {
	who := people{map[int64]Party{}, map[int64]Party{}}
	if len(brandIDs) == 0 {
		return who, nil
	}
	var bs []accounts.Brand
	if err := s.db.Read(ctx).Select("id", "public_id", "name", "country").Where("id IN ?", unique(brandIDs)).Find(&bs).Error; err != nil {
		return who, err
	}
	for _, b := range bs {
		who.brands[b.ID] = Party{ID: b.ID, PublicID: b.PublicID, Name: b.Name, Country: b.Country, Joined: true}
	}
	ids := unique(creatorIDs)
	var cs []creators.Creator
	if err := s.db.Read(ctx).Select("id", "public_id", "name", "country", "person_id").Where("id IN ?", ids).Find(&cs).Error; err != nil {
		return who, err
	}
	var as []creators.Account
	err := s.db.Read(ctx).Select("creator_id", "platform", "handle").Where("creator_id IN ?", ids).Order("followers DESC, id").Find(&as).Error
	if err != nil {
		return who, err
	}
	for _, c := range cs {
		p := Party{ID: c.ID, PublicID: c.PublicID, Name: c.Name, Country: c.Country, Joined: c.Claimed()}
		for _, a := range as {
			if a.CreatorID == c.ID {
				p.Handle, p.Platform = a.Handle, a.Platform
				break
			}
		}
		who.creators[c.ID] = p
	}
	return who, nil
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

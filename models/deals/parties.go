package deals

import (
	"context"

	"tribemarket/models"
)

// people are the parties of some proposals or deals, by id.
type people struct {
	brands   map[int64]Party
	creators map[int64]Party
}

// parties reads brands and creators in one query, however many there are; of a
// creator's accounts, the one with the most followers names her.
func (s *Store) parties(ctx context.Context, brandIDs, creatorIDs []int64) (people, error) {
	who := people{map[int64]Party{}, map[int64]Party{}}
	if len(brandIDs) == 0 {
		return who, nil
	}
	var rows []struct {
		Party Party `gorm:"embedded"`
		Side  models.Side
	}
	err := s.db.Read(ctx).Raw(`
		SELECT 'brand' AS side, b.id, b.public_id, b.name, b.country, b.site, b.sells, b.legal_name AS firm, b.vat_number AS vat, coalesce(v.domain, '') AS domain, '' AS handle, '' AS platform, (1 = 1) AS joined,
			b.suspended_at IS NOT NULL AS suspended
		FROM brands b LEFT JOIN brand_domains v ON v.brand_id = b.id AND v.verified_at IS NOT NULL WHERE b.id IN ?
		UNION ALL
		SELECT 'creator', c.id, c.public_id, c.name, c.country, '', '', '', '', '', coalesce(a.handle, ''), coalesce(a.platform, ''), c.person_id IS NOT NULL,
			c.suspended_at IS NOT NULL OR EXISTS (SELECT 1 FROM people p WHERE p.id = c.person_id AND p.suspended_at IS NOT NULL)
		FROM creators c LEFT JOIN creator_accounts a ON a.id =
			(SELECT m.id FROM creator_accounts m WHERE m.creator_id = c.id ORDER BY m.followers DESC, m.id LIMIT 1)
		WHERE c.id IN ?`, unique(brandIDs), unique(creatorIDs)).Scan(&rows).Error
	for _, r := range rows {
		if r.Side == models.SideBrand {
			who.brands[r.Party.ID] = r.Party
		} else {
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

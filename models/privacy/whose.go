package privacy

import (
	"context"

	"gorm.io/gorm"

	"tribemarket/models"
)

// Her creator profile, and the brands in which nobody else is.
const (
	profile = "SELECT id FROM creators WHERE person_id = @person"
	lastIn  = `SELECT brand_id FROM members WHERE person_id = @person
		AND NOT EXISTS (SELECT 1 FROM members o WHERE o.brand_id = members.brand_id AND o.person_id <> @person)`
)

// whose resolves a person into what the inventory's conditions name.
func whose(ctx context.Context, q *gorm.DB, personID int64) (map[string]any, error) {
	q = q.WithContext(ctx)
	named := map[string]any{"person": personID}
	var email string
	if err := q.Raw("SELECT coalesce(email, '') FROM people WHERE id = @person", named).Scan(&email).Error; err != nil {
		return nil, models.Internal("find the address of a person", err)
	}
	named["email"] = email
	for _, list := range []struct{ name, query string }{
		{"creators", profile},
		{"accounts", "SELECT id FROM creator_accounts WHERE creator_id IN @creators"},
		{"brands", lastIn},
		{"proposals", "SELECT id FROM proposals WHERE creator_id IN @creators OR sent_by = @person OR brand_id IN @brands"},
		{"deals", "SELECT id FROM deals WHERE proposal_id IN @proposals"},
	} {
		var ids []int64
		if err := q.Raw(list.query, named).Scan(&ids).Error; err != nil {
			return nil, models.Internal("find what is held on a person", err)
		}
		if len(ids) == 0 {
			ids = []int64{0}
		}
		named[list.name] = ids
	}
	return named, nil
}

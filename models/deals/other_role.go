package deals

import (
	"context"

	"tribemarket/models"
)

// OtherRole is the role in which a person may see what the present actor may not: as a
// member of another brand, or with their creator profile.
type OtherRole struct {
	Side    models.Side
	BrandID int64 // 0 for their profile
}

// OtherRoleInDeal finds the other role in which the actor's person may see a deal; brands
// are all those for which they may act. For a stranger the deal is not found.
func (s *Store) OtherRoleInDeal(ctx context.Context, a models.Actor, brands []int64, publicID string) (OtherRole, error) {
	return s.FindOtherRole(ctx, a, brands, "deals", publicID)
}

// FindOtherRole is OtherRoleInDeal for the rows of a table that have a brand, a creator and
// a public id.
func (s *Store) FindOtherRole(ctx context.Context, a models.Actor, brands []int64, table, publicID string) (OtherRole, error) {
	if !a.SignedIn() || !models.IsPublicID(publicID) {
		return OtherRole{}, models.NotFound()
	}
	if len(brands) == 0 {
		brands = []int64{0} // nobody's
	}
	var found []struct {
		BrandID int64
		Brand   bool
	}
	err := s.db.Read(ctx).Raw("SELECT brand_id, brand_id IN ? AS brand FROM "+table+`
		WHERE public_id = ? AND (brand_id IN ? OR creator_id IN (`+profilesSQL+`))`,
		brands, publicID, brands, a.PersonID).Scan(&found).Error
	switch {
	case err != nil:
		return OtherRole{}, models.Internal("find the role that may see it", err)
	case len(found) == 0:
		return OtherRole{}, models.NotFound()
	case found[0].Brand:
		return OtherRole{models.SideBrand, found[0].BrandID}, nil
	}
	return OtherRole{Side: models.SideCreator}, nil
}

package deals

import (
	"context"

	"tribemarket/models"
)

// Elsewhere is as whom a person may see what is not the present actor's: for a
// brand, or with her creator profile.
type Elsewhere struct {
	Side    models.Side
	BrandID int64 // 0 for her profile
}

// DealElsewhere says as whom else the actor's person may see a deal, where
// brands are all for which she may act. For a stranger it is not found.
func (s *Store) DealElsewhere(ctx context.Context, a models.Actor, brands []int64, publicID string) (Elsewhere, error) {
	return s.elsewhere(ctx, a, brands, "deals", publicID)
}

// ProposalElsewhere is DealElsewhere for a proposal.
func (s *Store) ProposalElsewhere(ctx context.Context, a models.Actor, brands []int64, publicID string) (Elsewhere, error) {
	return s.elsewhere(ctx, a, brands, "proposals", publicID)
}

func (s *Store) elsewhere(ctx context.Context, a models.Actor, brands []int64, table, publicID string) (Elsewhere, error) {
	if !a.SignedIn() || !isPublicID(publicID) {
		return Elsewhere{}, models.NotFound()
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
		return Elsewhere{}, models.Internal("find whose it is", err)
	case len(found) == 0:
		return Elsewhere{}, models.NotFound()
	case found[0].Brand:
		return Elsewhere{models.SideBrand, found[0].BrandID}, nil
	}
	return Elsewhere{Side: models.SideCreator}, nil
}

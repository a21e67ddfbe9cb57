package negotiation

import (
	"context"
	"time"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/deals"
)

// CanPropose says whether the actor may send offers to creators at all.
func CanPropose(a models.Actor) bool {
	return a.SignedIn() && !a.Suspended && a.BrandID != 0 && a.Role.ManagesDeals()
}

// Allowed says whether the actor may do the action now.
func Allowed(a models.Actor, n Negotiation, action Action, now time.Time) bool {
	side := deals.ActsAs(a, n.Brand.ID, n.Creator.ID)
	_, ok := Table.Next(n.State, action, side, extensionHolds(n.Extension, side)...)
	return ok && now.Before(n.ExpiresAt)
}

// CanInvite says whether the actor may create a new link by which the creator joins: only
// the brand may, while its offer is open and the profile unclaimed.
func CanInvite(a models.Actor, n Negotiation, now time.Time) bool {
	return deals.ActsAs(a, n.Brand.ID, n.Creator.ID) == models.SideBrand && n.IsAnswerable(now) && !n.Creator.Joined
}

// MayBePolitical says whether an administrator allows a brand political objectives.
func (s *Store) MayBePolitical(ctx context.Context, brandID int64) (bool, error) {
	return accounts.MayHavePoliticalObjectives(s.db.Read(ctx), brandID)
}

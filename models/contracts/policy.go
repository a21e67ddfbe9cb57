package contracts

import "tribemarket/models"

// CanKeepIdentity says whether the actor sees and changes the contract identity of the party
// that they act for: creators their own, and of a brand its own members, whom it lets agree
// to deals or take care of its business. Agencies do neither for a client.
func CanKeepIdentity(a models.Actor) bool {
	switch a.Side() {
	case models.SideBrand:
		return a.SignedIn() && a.AgencyID == 0 && (a.Role.ManagesDeals() || a.Role == models.RoleFinance)
	case models.SideCreator:
		return a.SignedIn()
	}
	return false
}

// CanSign says whether the actor may sign, or decline, for a side of a contract that they
// are on: creators for themselves, and of a brand those who agree to deals.
func CanSign(a models.Actor, side models.Side) bool {
	return a.SignedIn() && !a.Suspended && (side == models.SideCreator || a.Role.ManagesDeals())
}

package creators

import "tribemarket/models"

// CanEditProfile says whether the profile is the actor's own.
func CanEditProfile(a models.Actor, c Creator) bool {
	return a.SignedIn() && a.CreatorID != 0 && a.CreatorID == c.ID && c.PersonID != nil && *c.PersonID == a.PersonID
}

// CanSeeProfile says whether the profile exists for the actor: a listed one does for
// everybody, any other only for its owner.
func CanSeeProfile(a models.Actor, c Creator) bool { return c.Listed || CanEditProfile(a, c) }

// CanSeeLimits says whether the actor sees what the creator does not take, and when they are
// away: brands, who would be stopped by it, and the owner.
func CanSeeLimits(a models.Actor, c Creator) bool {
	return a.SignedIn() && a.Side() == models.SideBrand || CanEditProfile(a, c)
}

// CanConnectAccounts says whether the actor may connect and disconnect accounts of the
// profile: the owner may, unless suspended.
func CanConnectAccounts(a models.Actor, c Creator) bool { return CanEditProfile(a, c) && !a.Suspended }

// CanAdministerProgrammes says whether the actor may change programmes.
func CanAdministerProgrammes(a models.Actor) bool { return a.SignedIn() && a.Admin && !a.Suspended }

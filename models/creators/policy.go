package creators

import "tribemarket/models"

// CanEdit says whether the profile is the actor's own.
func CanEdit(a models.Actor, c Creator) bool {
	return a.SignedIn() && a.CreatorID != 0 && a.CreatorID == c.ID && c.PersonID != nil && *c.PersonID == a.PersonID
}

// CanSee says whether the profile exists for the actor: a listed one does for
// everybody, any other for its owner alone.
func CanSee(a models.Actor, c Creator) bool { return c.Listed || CanEdit(a, c) }

// CanConnect says whether the actor may connect and disconnect accounts of the
// profile: its owner, unless she is suspended.
func CanConnect(a models.Actor, c Creator) bool { return CanEdit(a, c) && !a.Suspended }

// CanAdminister says whether the actor may change programmes.
func CanAdminister(a models.Actor) bool { return a.SignedIn() && a.Admin && !a.Suspended }

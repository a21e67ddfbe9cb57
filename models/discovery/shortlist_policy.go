package discovery

import "tribemarket/models"

// CanSeeLists says whether the actor may read the shortlists of her brand:
// every member.
func CanSeeLists(a models.Actor) bool { return a.SignedIn() && a.BrandID != 0 && !a.Suspended }

// CanEditLists says whether the actor may make and change them: the roles that
// run proposals.
func CanEditLists(a models.Actor) bool { return CanSeeLists(a) && a.Role.Manages() }

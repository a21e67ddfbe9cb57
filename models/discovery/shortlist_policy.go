package discovery

import "tribemarket/models"

// CanSeeShortlists says whether the actor may read the shortlists of her brand:
// every member.
func CanSeeShortlists(a models.Actor) bool { return a.SignedIn() && a.BrandID != 0 && !a.Suspended }

// CanEditShortlists says whether the actor may make and change them: the roles that
// run proposals.
func CanEditShortlists(a models.Actor) bool { return CanSeeShortlists(a) && a.Role.ManagesDeals() }

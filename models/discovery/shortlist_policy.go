package discovery

import "tribemarket/models"

// CanSeeShortlists says whether the actor may read their brand's shortlists:
// every member may.
func CanSeeShortlists(a models.Actor) bool { return a.SignedIn() && a.BrandID != 0 && !a.Suspended }

// CanEditShortlists says whether the actor may create and change shortlists: the
// roles that run proposals may.
func CanEditShortlists(a models.Actor) bool { return CanSeeShortlists(a) && a.Role.ManagesDeals() }

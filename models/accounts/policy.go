package accounts

import "tribemarket/models"

// The brand is always the one that the actor acts for; what belongs to another
// looks missing. Nobody governs a client through an agency: only the client's
// own people manage its members, agencies and details.

func actsForBrand(a models.Actor, brandID int64) bool {
	return a.SignedIn() && brandID != 0 && a.BrandID == brandID
}

func isOwnMember(a models.Actor, brandID int64) bool {
	return actsForBrand(a, brandID) && a.AgencyID == 0
}

func isOwner(a models.Actor, brandID int64) bool {
	return isOwnMember(a, brandID) && a.Role == models.RoleOwner
}

// CanEditBrand says whether the actor may change what the brand says about itself.
func CanEditBrand(a models.Actor, brandID int64) bool {
	return isOwnMember(a, brandID) && a.Role.ManagesDeals()
}

// CanSeeMembers says whether the actor sees who is in the brand.
func CanSeeMembers(a models.Actor, brandID int64) bool { return actsForBrand(a, brandID) }

// CanInvite says whether the actor may invite somebody with this role, and take
// such an invitation back.
func CanInvite(a models.Actor, brandID int64, role models.Role) bool {
	if role != models.RoleManager && role != models.RoleFinance && role != models.RoleViewer {
		return false
	}
	return isOwnMember(a, brandID) && a.Role.ManagesDeals()
}

// CanGovern says whether the actor changes roles, removes members, transfers
// the brand and lets agencies act for it.
func CanGovern(a models.Actor, brandID int64) bool { return isOwner(a, brandID) }

// CanChangeMember says whether the actor may change the member's role or remove
// the member. Owners change only by transferring the brand.
func CanChangeMember(a models.Actor, m Member) bool {
	return isOwner(a, m.BrandID) && m.PersonID != a.PersonID && m.Role != models.RoleOwner
}

// CanLeave says whether the actor may leave the brand; owners is how many it has.
func CanLeave(a models.Actor, brandID int64, owners int) bool {
	return isOwnMember(a, brandID) && (a.Role != models.RoleOwner || owners > 1)
}

// CanEditBusiness says whether the actor may change the business details.
func CanEditBusiness(a models.Actor, brandID int64) bool {
	return isOwnMember(a, brandID) && (a.Role == models.RoleOwner || a.Role == models.RoleFinance)
}

// CanSeeBusiness says whether the actor sees all business details, the postal
// address too, which isn't public.
func CanSeeBusiness(a models.Actor, brandID int64) bool { return actsForBrand(a, brandID) }

// CanVerifyDomain says whether the actor may ask for a code and have it checked.
func CanVerifyDomain(a models.Actor, brandID int64) bool { return isOwner(a, brandID) }

func errRole() error { return models.Forbidden("accounts.error.role") }

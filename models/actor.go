package models

// Role says what a person may do in a brand.
type Role string

// The roles. An owner may do everything, and a brand always has one; a manager
// finds creators and runs proposals and deals; finance sees everything and
// takes care of business details and money; a viewer only sees.
const (
	RoleOwner   Role = "owner"
	RoleManager Role = "manager"
	RoleFinance Role = "finance"
	RoleViewer  Role = "viewer"
)

// Roles lists the roles, most powerful first.
func Roles() []Role { return []Role{RoleOwner, RoleManager, RoleFinance, RoleViewer} }

// ManagesDeals says whether the role runs proposals and deals.
func (r Role) ManagesDeals() bool { return r == RoleOwner || r == RoleManager }

// LimitedTo limits a role to another one: it returns the lesser of the two, or
// viewer if neither includes the other.
func (r Role) LimitedTo(granted Role) Role {
	switch {
	case r == granted, granted == RoleOwner:
		return r
	case r == RoleOwner:
		return granted
	}
	return RoleViewer
}

// Includes says whether the role may do everything that the other may.
func (r Role) Includes(other Role) bool {
	return r == other || r == RoleOwner || other == RoleViewer
}

// Side is the party of a proposal or a deal on whose behalf a person acts.
type Side string

// The parties. The system acts when a deadline has passed.
const (
	SideBrand   Side = "brand"
	SideCreator Side = "creator"
	SideSystem  Side = "system"
)

// Other is the party across from a brand or a creator.
func (s Side) Other() Side {
	if s == SideBrand {
		return SideCreator
	}
	return SideBrand
}

// Actor is who makes the request. Every query that is not public starts from one. The
// zero Actor is a visitor who has not signed in.
type Actor struct {
	PersonID  int64
	BrandID   int64 // 0 unless acting for a brand
	CreatorID int64 // 0 unless the person is a creator
	Role      Role  // empty unless acting for a brand
	AgencyID  int64 // the agency through which the person acts for the brand, 0 for its members
	Admin     bool  // is an administrator of the instance
	Suspended bool  // the person, or the brand or profile they act for, may do nothing but leave
	Locale    string
}

// Locales are the languages in which every text of the site exists.
func Locales() []string { return []string{"en", "fr", "nl"} }

// SignedIn says whether the actor is signed in.
func (a Actor) SignedIn() bool { return a.PersonID != 0 }

// Administers says whether the actor is an administrator of the instance. What
// only administrators see is not found for anybody else.
func (a Actor) Administers() bool { return a.SignedIn() && a.Admin }

// Side returns the party that the actor acts for, "" for a visitor.
func (a Actor) Side() Side {
	switch {
	case a.BrandID != 0:
		return SideBrand
	case a.CreatorID != 0:
		return SideCreator
	}
	return ""
}

// IsPartyOf says whether the actor is, or belongs to, one of the two parties of
// something between a brand and a creator.
func (a Actor) IsPartyOf(brandID, creatorID int64) bool {
	return a.SignedIn() && (a.BrandID != 0 && a.BrandID == brandID || a.CreatorID != 0 && a.CreatorID == creatorID)
}

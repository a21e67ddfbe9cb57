package accounts

import "tribemarket/views/components"

// MembersProps are the people who act for a brand: its members, the people invited, and
// agencies.
type MembersProps struct {
	Brand       string
	Me          []MemberRow // all members, the owners first
	Invited     []InvitedRow
	Agencies    []AgencyRow
	Clients     []ClientRow
	Agency      bool         // the brand is an agency
	Invite      *InviteProps // nil where the viewer may not
	AskAgency   *AskAgencyProps
	Transfer    string // address of the page, "" where the viewer may not
	MayLeave    bool
	OwnerStays  bool // the viewer would leave, but is the last owner
	ShowInvited bool
	Roles       []components.Option // that a member can be given
	Does        []RoleLine
	Errors      map[string]string
}

// RoleLine says what a role may do.
type RoleLine struct{ Name, Does string }

// MemberRow is one member.
type MemberRow struct {
	Ref, Name, Email, Role, RoleName, Since string
	You, MayChange                          bool
}

// InvitedRow is a pending invitation.
type InvitedRow struct {
	ID, Email, Role, By, Until string
	Expired, MayChange         bool
}

// AgencyRow is an agency that acts for the brand, or is asked to.
type AgencyRow struct {
	ID, Name, Href, Role, Status string
	Acts, MayEnd                 bool
	People                       []RoleLine // name, and role for the brand
}

// ClientRow is a brand for which the agency acts, or that asks it to.
type ClientRow struct {
	ID, Name, Href, Role, Status string
	MayAccept, MayEnd            bool
}

// InviteProps is the form that invites somebody.
type InviteProps struct{ Email, Role, Within string }

// AskAgencyProps is the form that asks an agency to act for the brand.
type AskAgencyProps struct{ Agency, Role string }

// OwnershipTransferProps is the page on which the owner transfers the brand.
type OwnershipTransferProps struct {
	Brand  string
	To     string
	People []components.Option
	Errors map[string]string
}

// InvitationProps is what an invitation's link shows.
type InvitationProps struct {
	Token, Brand, By, Role, Does, Email, Until string
	Name, Address                              string // of the signed-in person
	SignedIn, Confirmed, Known                 bool
	NewName, Zone                              string // as entered by a new person
	Errors                                     map[string]string
}

// NewBrandProps is the form in which a signed-in person creates another brand.
type NewBrandProps struct {
	Name, Site, Country, Sells, Kind string
	Errors                           map[string]string
}

// BusinessProps are the details of the firm behind a brand.
type BusinessProps struct {
	Brand, LegalName, Country, CountryName, Address, VAT string
	MayEdit                                              bool
	Errors                                               map[string]string
}

// DomainProps is the page on which a brand proves that it owns a domain.
type DomainProps struct {
	Brand, Domain, Entered   string
	Record, FileAddress      string // what to put where; "" before there is a code
	Kind, Status             string // of the mark
	Checking, MayEdit, Known bool
	Errors                   map[string]string
}

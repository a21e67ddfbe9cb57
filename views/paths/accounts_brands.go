package paths

import "net/url"

// Brand is what creators see of a brand.
func Brand(id string) string { return "/b/" + esc(id) }

// NewBrand is where somebody signed in founds one more brand.
func NewBrand() string { return "/brands/new" }

// Brands is where the form of NewBrand goes (POST).
func Brands() string { return "/brands" }

// SwitchActing is where somebody chooses for which of their brands they act (POST).
func SwitchActing() string { return "/acting" }

// BrandSettings are what a brand says about itself.
func BrandSettings() string { return "/settings/brand" }

// BusinessSettings are the details of the firm behind the brand.
func BusinessSettings() string { return "/settings/business" }

// DomainSettings is where a brand shows that a domain is its own.
func DomainSettings() string { return "/settings/domain" }

// DomainCheck has the code looked for again (POST).
func DomainCheck() string { return DomainSettings() + "/check" }

// DomainRemoval gives the mark up (POST).
func DomainRemoval() string { return DomainSettings() + "/removal" }

// Members lists who is in the brand, who is invited, and which agencies act for it.
func Members() string { return "/settings/members" }

// MemberRole changes a member's role (POST).
func MemberRole(id string) string { return Members() + "/" + esc(id) + "/role" }

// MemberRemoval removes a member (POST).
func MemberRemoval(id string) string { return Members() + "/" + esc(id) + "/removal" }

// BrandLeaving is where somebody leaves the brand (POST).
func BrandLeaving() string { return Members() + "/leaving" }

// OwnershipTransfer is where the owner hands the brand on to another member.
func OwnershipTransfer() string { return Members() + "/transfer" }

// Invitations is where a person is invited (POST).
func Invitations() string { return Members() + "/invitations" }

// InvitationResend sends an invitation's mail again (POST).
func InvitationResend(id string) string { return Invitations() + "/" + esc(id) + "/resend" }

// InvitationCancel takes an invitation back (POST).
func InvitationCancel(id string) string { return Invitations() + "/" + esc(id) + "/cancel" }

// Invitation is the link that an invitation's mail carries.
func Invitation(token string) string { return "/invitations/" + esc(token) }

// InvitationNew is where somebody who has no account accepts it (POST).
func InvitationNew(token string) string { return Invitation(token) + "/account" }

// Mandates is where a brand asks an agency to act for it (POST).
func Mandates() string { return Members() + "/agencies" }

// AgencyMandate is the form for the agency of this public id.
func AgencyMandate(agency string) string {
	return with(Members(), url.Values{"agency": {agency}}) + "#agencies"
}

// MandateAcceptance is where an agency agrees to act for a brand (POST).
func MandateAcceptance(id string) string { return Mandates() + "/" + esc(id) + "/acceptance" }

// MandateEnd is where either side ends it (POST).
func MandateEnd(id string) string { return Mandates() + "/" + esc(id) + "/end" }

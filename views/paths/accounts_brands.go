package paths

import "net/url"

// Brand is what creators see of a brand.
func Brand(id string) string { return "/b/" + esc(id) }

// NewBrand is where a signed-in person creates another brand.
func NewBrand() string { return "/brands/new" }

// Brands receives the form of NewBrand (POST).
func Brands() string { return "/brands" }

// SwitchActing switches the role in which the person acts (POST).
func SwitchActing() string { return "/acting" }

// BrandSettings are what a brand says about itself.
func BrandSettings() string { return "/settings/brand" }

// BusinessSettings are the details of the firm behind the brand.
func BusinessSettings() string { return "/settings/business" }

// LogoSettings are where a brand shows its logo.
func LogoSettings() string { return BrandSettings() + "/logo" }

// LogoRemoval is where a brand removes its logo.
func LogoRemoval() string { return LogoSettings() + "/removal" }

// BudgetSettings is what a brand plans to spend.
func BudgetSettings() string { return "/settings/budget" }

// DomainSettings is where a brand proves that it owns a domain.
func DomainSettings() string { return "/settings/domain" }

// DomainCheck checks for the code again (POST).
func DomainCheck() string { return DomainSettings() + "/check" }

// DomainRemoval removes the domain and its mark (POST).
func DomainRemoval() string { return DomainSettings() + "/removal" }

// Members lists who is in the brand, who is invited, and which agencies act for it.
func Members() string { return "/settings/members" }

// MemberRole changes a member's role (POST).
func MemberRole(id string) string { return Members() + "/" + esc(id) + "/role" }

// MemberRemoval removes a member (POST).
func MemberRemoval(id string) string { return Members() + "/" + esc(id) + "/removal" }

// BrandLeaving removes the person from the brand (POST).
func BrandLeaving() string { return Members() + "/leaving" }

// OwnershipTransfer is where the owner makes another member the owner.
func OwnershipTransfer() string { return Members() + "/transfer" }

// Invitations sends an invitation (POST).
func Invitations() string { return Members() + "/invitations" }

// InvitationResend sends an invitation's mail again (POST).
func InvitationResend(id string) string { return Invitations() + "/" + esc(id) + "/resend" }

// InvitationCancel cancels an invitation (POST).
func InvitationCancel(id string) string { return Invitations() + "/" + esc(id) + "/cancel" }

// Invitation is the link in an invitation's mail.
func Invitation(token string) string { return "/invitations/" + esc(token) }

// InvitationNew is where a person without an account accepts the invitation (POST).
func InvitationNew(token string) string { return Invitation(token) + "/account" }

// Mandates asks an agency to act for the brand (POST).
func Mandates() string { return Members() + "/agencies" }

// AgencyMandate is the request form for the agency with this public id.
func AgencyMandate(agency string) string {
	return WithQuery(Members(), url.Values{"agency": {agency}}) + "#agencies"
}

// MandateAcceptance accepts a brand's request (POST).
func MandateAcceptance(id string) string { return Mandates() + "/" + esc(id) + "/acceptance" }

// MandateEnd ends a mandate, from either side (POST).
func MandateEnd(id string) string { return Mandates() + "/" + esc(id) + "/end" }

// ApprovalSettings is who approves what the brand offers above an amount.
func ApprovalSettings() string { return "/settings/approval" }

package paths

import (
	"net/url"
	"strconv"
)

// NewNegotiation is the form of a first offer to a creator.
func NewNegotiation(creator string) string { return CreatorNegotiations(creator) + "/new" }

// NewNegotiationWith is the same form, filled in with the terms of a template.
func NewNegotiationWith(creator, template string) string {
	return WithQuery(NewNegotiation(creator), url.Values{"template": {template}})
}

// TermsTemplates lists the brand's templates of terms.
func TermsTemplates() string { return "/settings/templates" }

// TermsTemplate renames a template (POST).
func TermsTemplate(id string) string { return TermsTemplates() + "/" + id }

// TermsTemplateRemoval deletes a template (POST).
func TermsTemplateRemoval(id string) string { return TermsTemplate(id) + "/removal" }

// NegotiationTemplate keeps the terms of a negotiation as a template (POST).
func NegotiationTemplate(id string) string { return Negotiation(id) + "/template" }

// CreatorNegotiations receives the form of a first offer (POST).
func CreatorNegotiations(creator string) string { return Creator(creator) + "/negotiations" }

// Negotiations lists them.
func Negotiations() string { return "/negotiations" }

// Negotiation is one of them.
func Negotiation(id string) string { return "/negotiations/" + esc(id) }

// NegotiationBeside shows the latest offer beside an earlier one.
func NegotiationBeside(id string, number int) string {
	return WithQuery(Negotiation(id), url.Values{"beside": {strconv.Itoa(number)}})
}

// NegotiationAcceptance accepts an offer (POST).
func NegotiationAcceptance(id string) string { return Negotiation(id) + "/acceptance" }

// NegotiationRefusal declines an offer, with a reason (POST).
func NegotiationRefusal(id string) string { return Negotiation(id) + "/refusal" }

// NegotiationWithdrawal withdraws an offer (POST).
func NegotiationWithdrawal(id string) string { return Negotiation(id) + "/withdrawal" }

// Extension asks for a later last day of an offer (POST).
func Extension(id string) string { return Negotiation(id) + "/extension" }

// ExtensionAcceptance accepts it (POST).
func ExtensionAcceptance(id string) string { return Extension(id) + "/acceptance" }

// ExtensionRefusal refuses it (POST).
func ExtensionRefusal(id string) string { return Extension(id) + "/refusal" }

// OpenDoors lists the brands that take pitches.
func OpenDoors() string { return "/brands" }

// NewPitch is the form of a pitch to a brand.
func NewPitch(brand string) string { return Pitches(brand) + "/new" }

// Pitches receives the form of a pitch (POST).
func Pitches(brand string) string { return Brand(brand) + "/pitches" }

// DoorSettings is whose pitches a brand takes.
func DoorSettings() string { return "/settings/door" }

// NewOffer is the form of a counter-offer, or of another offer in place of one's own.
func NewOffer(id string) string { return Offers(id) + "/new" }

// BlankProposal is a proposal to fill in by hand, as a "pdf" or "docx".
func BlankProposal(format string) string { return "/proposal-template." + format }

// OfferDocument is an offer as a PDF.
func OfferDocument(id string, number int) string {
	return Offers(id) + "/" + strconv.Itoa(number) + "/offer.pdf"
}

// Offers receives the form of a further offer (POST).
func Offers(id string) string { return Negotiation(id) + "/offers" }

// HeldProposal is a first offer that is written and not sent.
func HeldProposal(id string) string { return Negotiations() + "/held/" + esc(id) }

// HeldProposalSending sends it (POST).
func HeldProposalSending(id string) string { return HeldProposal(id) + "/sending" }

// HeldProposalRefusal says no to what has to be approved (POST).
func HeldProposalRefusal(id string) string { return HeldProposal(id) + "/refusal" }

// HeldProposalRemoval deletes it (POST).
func HeldProposalRemoval(id string) string { return HeldProposal(id) + "/removal" }

// JoinLink creates a new link by which the creator joins (POST).
func JoinLink(id string) string { return Negotiation(id) + "/link" }

// JoinPage is the link by which a creator who has not joined reaches an offer.
func JoinPage(token string) string { return "/join/" + esc(token) }

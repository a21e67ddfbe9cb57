package notifications

import (
	"slices"

	"tribemarket/models"
)

// Kind is what a notification is about; people choose for each kind how to be notified.
// Its texts are notifications.kind.KIND and notifications.kind.KIND.what.
type Kind string

// The kinds.
const (
	DealProposal      Kind = "deals.proposal"
	DealPitch         Kind = "deals.pitch"
	DealApproval      Kind = "deals.approval"
	DealProgress      Kind = "deals.progress"
	DealOutcome       Kind = "deals.outcome"
	DealReminder      Kind = "deals.reminder"
	ContractSigning   Kind = "contracts.signing"
	SearchMatch       Kind = "discovery.match"
	BrandMembership   Kind = "accounts.membership"
	BrandMandate      Kind = "accounts.mandate"
	BrandDomain       Kind = "accounts.domain"
	CreatorConnection Kind = "creators.connection"
	CreatorStanding   Kind = "creators.standing"
	SignInSecurity    Kind = "accounts.security"
	ReportDecision    Kind = "moderation.decision"
)

// Kinds lists all kinds in the order of the settings page.
func Kinds() []Kind {
	return []Kind{
		DealProposal, DealPitch, DealApproval, DealProgress, DealOutcome, DealReminder, ContractSigning, SearchMatch, BrandMembership, BrandMandate,
		BrandDomain, CreatorConnection, CreatorStanding, SignInSecurity, ReportDecision,
	}
}

// Required says whether mails of the kind must be sent, by law or for a person's safety.
func (k Kind) Required() bool { return k == SignInSecurity || k == ReportDecision }

// Side is the only side that is notified of the kind, "" for everybody.
func (k Kind) Side() models.Side {
	switch k {
	case DealPitch, DealApproval, SearchMatch, BrandMembership, BrandMandate, BrandDomain:
		return models.SideBrand
	case CreatorConnection, CreatorStanding:
		return models.SideCreator
	}
	return ""
}

func (k Kind) isKnown() bool { return slices.Contains(Kinds(), k) }

// Channel is how a person is notified.
type Channel string

// The channels. Whatever is sent by mail is shown in the app too.
const (
	ByMail  Channel = "mail"
	ByDaily Channel = "daily"
	InApp   Channel = "app"
	Off     Channel = "off"
)

// Channels lists the channels that a person may choose for the kind.
func (k Kind) Channels() []Channel {
	if k.Required() {
		return []Channel{ByMail}
	}
	return []Channel{ByMail, ByDaily, InApp, Off}
}

package paths

import "strconv"

// NewProposal is the form of a proposal to a creator.
func NewProposal(creator string) string { return Creator(creator) + "/proposals/new" }

// CreatorProposals receives the form of a proposal (POST).
func CreatorProposals(creator string) string { return Creator(creator) + "/proposals" }

// Proposals lists the proposals sent or received.
func Proposals() string { return "/proposals" }

// Proposal is one proposal.
func Proposal(id string) string { return "/proposals/" + esc(id) }

// ProposalAcceptance accepts a proposal (POST).
func ProposalAcceptance(id string) string { return Proposal(id) + "/acceptance" }

// ProposalRefusal declines a proposal, with a reason (POST).
func ProposalRefusal(id string) string { return Proposal(id) + "/refusal" }

// ProposalWithdrawal withdraws a proposal (POST).
func ProposalWithdrawal(id string) string { return Proposal(id) + "/withdrawal" }

// HeldProposal is a proposal that is written and not sent.
func HeldProposal(id string) string { return Proposals() + "/held/" + esc(id) }

// HeldProposalSending sends it (POST).
func HeldProposalSending(id string) string { return HeldProposal(id) + "/sending" }

// HeldProposalRemoval deletes it (POST).
func HeldProposalRemoval(id string) string { return HeldProposal(id) + "/removal" }

// JoinLink creates a new link by which the creator joins (POST).
func JoinLink(id string) string { return Proposal(id) + "/link" }

// JoinPage is the link by which a creator who has not joined reaches a proposal.
func JoinPage(token string) string { return "/join/" + esc(token) }

// Deals lists the deals.
func Deals() string { return "/deals" }

// Deal is one deal.
func Deal(id string) string { return "/deals/" + esc(id) }

// DealEnding ends a running deal, with a reason (POST).
func DealEnding(id string) string { return Deal(id) + "/ending" }

// Deliverable is one deliverable of a deal, counted from 1.
func Deliverable(deal string, n int) string { return Deal(deal) + "/deliverables/" + strconv.Itoa(n) }

// DeliverableAction receives the form of an action on a deliverable (POST); last is the
// end of the action's URL, as its table says.
func DeliverableAction(deal string, n int, last string) string {
	return Deliverable(deal, n) + "/" + last
}

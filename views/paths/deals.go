package paths

import "strconv"

// NewProposal is the form of a proposal to a creator.
func NewProposal(creator string) string { return Creator(creator) + "/proposals/new" }

// CreatorProposals is where that form is sent (POST).
func CreatorProposals(creator string) string { return Creator(creator) + "/proposals" }

// Proposals lists those sent or received.
func Proposals() string { return "/proposals" }

// Proposal is one of them.
func Proposal(id string) string { return "/proposals/" + esc(id) }

// ProposalAcceptance is the creator's yes (POST).
func ProposalAcceptance(id string) string { return Proposal(id) + "/acceptance" }

// ProposalRefusal is the creator's no, with a reason (POST).
func ProposalRefusal(id string) string { return Proposal(id) + "/refusal" }

// ProposalWithdrawal takes it back (POST).
func ProposalWithdrawal(id string) string { return Proposal(id) + "/withdrawal" }

// JoinLink makes a new link by which the creator joins (POST).
func JoinLink(id string) string { return Proposal(id) + "/link" }

// JoinPage is the link by which a creator who is not here yet reaches a proposal.
func JoinPage(token string) string { return "/join/" + esc(token) }

// Deals lists what was agreed.
func Deals() string { return "/deals" }

// Deal is one of them.
func Deal(id string) string { return "/deals/" + esc(id) }

// DealEnding ends a running deal, with a reason (POST).
func DealEnding(id string) string { return Deal(id) + "/ending" }

// Deliverable is one piece of a deal, counted from 1.
func Deliverable(deal string, n int) string { return Deal(deal) + "/deliverables/" + strconv.Itoa(n) }

// DeliverableAction is where the form of an action on a piece is sent (POST);
// last is what its table says that the URL ends in.
func DeliverableAction(deal string, n int, last string) string {
	return Deliverable(deal, n) + "/" + last
}

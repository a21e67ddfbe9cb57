package deals

import (
	"tribemarket/models"
	"tribemarket/models/workflow"
)

// ProposalState is the state of a proposal.
type ProposalState string

// The states of a proposal.
const (
	Open      ProposalState = "open"
	Accepted  ProposalState = "accepted"
	Declined  ProposalState = "declined"
	Withdrawn ProposalState = "withdrawn"
	Expired   ProposalState = "expired"
)

// ProposalTable is the state machine of proposals.
var ProposalTable = &workflow.Table[ProposalState]{
	Subject: "proposal", Texts: "deals", RemindBefore: []int{1}, Effects: []workflow.Effect{workflow.Notify, FollowActivity},
	Actions: []workflow.Description{
		{Action: ActionAccept, Path: "acceptance"},
		{Action: ActionDecline, Path: "refusal", Fields: reason},
		{Action: ActionWithdraw, Path: "withdrawal"},
	},
	Rules: []workflow.Rule[ProposalState]{
		{State: Open, Doc: "Sent; the creator can answer.", Waits: models.SideCreator,
			Deadline: workflow.Deadline{From: workflow.OfferedDay, Days: ExpiresDays, MaxDays: MaxExpiresDays, After: "it was sent"}, AtDeadline: ActionExpire},
		{State: Accepted, Doc: "The creator said yes; a deal carries it out."},
		{State: Declined, Doc: "The creator said no, with a reason."},
		{State: Withdrawn, Doc: "The brand took it back before an answer."},
		{State: Expired, Doc: "Nobody answered in time."},
	},
	Begin: workflow.Transition[ProposalState]{Action: ActionPropose, By: brand, To: Open},
	Transitions: []workflow.Transition[ProposalState]{
		{From: Open, Action: ActionAccept, By: creator, To: Accepted},
		{From: Open, Action: ActionDecline, By: creator, To: Declined},
		{From: Open, Action: ActionWithdraw, By: brand, To: Withdrawn},
		{From: Open, Action: ActionExpire, By: system, If: workflow.Late, To: Expired},
	},
}

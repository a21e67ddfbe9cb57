package deals

import (
	"time"

	"tribemarket/models"
)

// ProposalState is where a proposal stands.
type ProposalState string

// The states of a proposal.
const (
	Open      ProposalState = "open"
	Accepted  ProposalState = "accepted"
	Declined  ProposalState = "declined"
	Withdrawn ProposalState = "withdrawn"
	Expired   ProposalState = "expired"
)

// State is where a deliverable stands.
type State string

// The states of a deliverable.
const (
	Drafting  State = "drafting"
	Review    State = "review"
	Changes   State = "changes"
	Approved  State = "approved"
	Claimed   State = "claimed"
	Published State = "published"
	Objected  State = "objected"
	Completed State = "completed"
	Ended     State = "ended"
)

// Action is something that a side, or the system, does.
type Action string

// The actions on a proposal.
const (
	ActionPropose  Action = "propose"
	ActionAccept   Action = "accept"
	ActionDecline  Action = "decline"
	ActionWithdraw Action = "withdraw"
	ActionExpire   Action = "expire"
)

// The actions on a deliverable; the last two are on the whole deal.
const (
	ActionSubmitDraft       Action = "submit_draft"
	ActionApprove           Action = "approve"
	ActionRequestChanges    Action = "request_changes"
	ActionPublish           Action = "publish"
	ActionConfirm           Action = "confirm"
	ActionRefuse            Action = "refuse"
	ActionObject            Action = "object"
	ActionWithdrawObjection Action = "withdraw_objection"
	ActionComplete          Action = "complete"
	ActionEnd               Action = "end"
	ActionEndLate           Action = "end_late"
)

// Proof is how a publication is known to be real.
type Proof string

// The ways in which a publication is known.
const (
	NoProof     Proof = ""
	ByAddress   Proof = "address" // the address carries the creator's own handle
	ByBrand     Proof = "brand"   // the brand confirmed it
	BySilence   Proof = "silence" // the brand said nothing in time
	day               = 24 * time.Hour
	remindAhead       = day
)

var (
	brand   = []models.Side{models.SideBrand}
	creator = []models.Side{models.SideCreator}
	system  = []models.Side{models.SideSystem}
	parties = []models.Side{models.SideBrand, models.SideCreator}
)

// ProposalTable says what can happen to a proposal.
var ProposalTable = Table[ProposalState]{
	rules: []Rule[ProposalState]{
		{State: Open, Doc: "Sent; the creator can answer.", Waits: models.SideCreator,
			Due: func(m Moments) time.Time { return m.Agreed }, DueDoc: "the day it expires: 7 days unless the brand says otherwise (1 to 30), never later than the end of the first due date",
			AtDeadline: ActionExpire},
		{State: Accepted, Doc: "The creator said yes; a deal carries it out."},
		{State: Declined, Doc: "The creator said no, with a reason."},
		{State: Withdrawn, Doc: "The brand took it back before an answer."},
		{State: Expired, Doc: "Nobody answered in time."},
	},
	transitions: []Transition[ProposalState]{
		{From: Open, Action: ActionAccept, By: creator, Next: Accepted},
		{From: Open, Action: ActionDecline, By: creator, Next: Declined},
		{From: Open, Action: ActionWithdraw, By: brand, Next: Withdrawn},
		{From: Open, Action: ActionExpire, By: system, If: Late, Next: Expired},
	},
}

// DeliverableTable says what can happen to a deliverable.
var DeliverableTable = Table[State]{
	rules: []Rule[State]{
		{State: Drafting, Doc: "Agreed; the creator prepares a draft.", Waits: models.SideCreator,
			Due: agreedDay, DueDoc: "the due date", Grace: 3 * day},
		{State: Review, Doc: "A draft is in; the brand looks at it.", Waits: models.SideBrand,
			Due: after(5 * day), DueDoc: "5 days after the draft", AtDeadline: ActionApprove},
		{State: Changes, Doc: "The brand asked for changes; the creator reworks the draft.", Waits: models.SideCreator,
			Due: laterOfAgreedAnd(3 * day), DueDoc: "the due date, or 3 days after the request if that is later", Grace: 7 * day},
		{State: Approved, Doc: "The draft is approved; the creator publishes it.", Waits: models.SideCreator,
			Due: laterOfAgreedAnd(2 * day), DueDoc: "the due date, or 2 days after the approval if that is later", Grace: 7 * day},
		{State: Claimed, Doc: "The creator says it is published where its address proves nothing; the brand looks.", Waits: models.SideBrand,
			Due: after(5 * day), DueDoc: "5 days after the creator's word", AtDeadline: ActionConfirm},
		{State: Published, Doc: "Public, and known to be; the brand can object.", Waits: models.SideBrand,
			Due: after(7 * day), DueDoc: "7 days after the publication", AtDeadline: ActionComplete},
		{State: Objected, Doc: "The brand objects to the publication; the creator puts it right.", Waits: models.SideCreator,
			Due: after(7 * day), DueDoc: "7 days after the objection"},
		{State: Completed, Doc: "Done."},
		{State: Ended, Doc: "The deal was ended before this was done."},
	},
	transitions: []Transition[State]{
		{From: Drafting, Action: ActionSubmitDraft, By: creator, Next: Review},
		{From: Drafting, Action: ActionEnd, By: parties, Next: Ended},
		{From: Drafting, Action: ActionEndLate, By: brand, If: Late, Next: Ended},

		{From: Review, Action: ActionApprove, By: brand, Next: Approved},
		{From: Review, Action: ActionApprove, By: system, If: Late, Next: Approved},
		{From: Review, Action: ActionRequestChanges, By: brand, Next: Changes},
		{From: Review, Action: ActionEnd, By: parties, Next: Ended},

		{From: Changes, Action: ActionSubmitDraft, By: creator, Next: Review},
		{From: Changes, Action: ActionEnd, By: parties, Next: Ended},
		{From: Changes, Action: ActionEndLate, By: brand, If: Late, Next: Ended},

		{From: Approved, Action: ActionPublish, By: creator, If: Proven, Next: Published, Proof: ByAddress},
		{From: Approved, Action: ActionPublish, By: creator, If: Unproven, Next: Claimed},
		{From: Approved, Action: ActionEnd, By: parties, Next: Ended},
		{From: Approved, Action: ActionEndLate, By: brand, If: Late, Next: Ended},

		{From: Claimed, Action: ActionConfirm, By: brand, Next: Published, Proof: ByBrand},
		{From: Claimed, Action: ActionConfirm, By: system, If: Late, Next: Published, Proof: BySilence},
		{From: Claimed, Action: ActionRefuse, By: brand, Next: Approved},
		{From: Claimed, Action: ActionEnd, By: parties, Next: Ended},

		{From: Published, Action: ActionComplete, By: brand, Next: Completed},
		{From: Published, Action: ActionComplete, By: system, If: Late, Next: Completed},
		{From: Published, Action: ActionObject, By: brand, Next: Objected},
		{From: Published, Action: ActionEnd, By: parties, Next: Ended},

		{From: Objected, Action: ActionPublish, By: creator, If: Proven, Next: Published, Proof: ByAddress},
		{From: Objected, Action: ActionPublish, By: creator, If: Unproven, Next: Claimed},
		{From: Objected, Action: ActionWithdrawObjection, By: brand, Next: Completed},
		{From: Objected, Action: ActionEnd, By: parties, Next: Ended},
		{From: Objected, Action: ActionEndLate, By: parties, If: Late, Next: Ended},
	},
}

func agreedDay(m Moments) time.Time { return m.Agreed }

func after(d time.Duration) func(Moments) time.Time {
	return func(m Moments) time.Time { return m.Entered.Add(d) }
}

func laterOfAgreedAnd(d time.Duration) func(Moments) time.Time {
	return func(m Moments) time.Time {
		if t := m.Entered.Add(d); t.After(m.Agreed) {
			return t
		}
		return m.Agreed
	}
}

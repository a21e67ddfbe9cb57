package deals

import "tribemarket/models/workflow"

// Action is something that a side, or the system, does to a deliverable.
type Action = workflow.Action

// The actions on a deliverable; those that end it are on the whole deal.
const (
	ActionOpen              Action = "open"
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
	ActionEndUnsigned       Action = "end_unsigned"
	ActionMove              Action = "move"
	ActionEndAway           Action = "end_away"
)

// Proof says how a publication is known to be real.
type Proof string

// The kinds of proof.
const (
	NoProof   Proof = ""
	ByAddress Proof = "address" // the URL carries the creator's own handle
	ByBrand   Proof = "brand"   // the brand confirmed it
	BySilence Proof = "silence" // the brand said nothing in time
)

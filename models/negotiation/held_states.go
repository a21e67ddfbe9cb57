package negotiation

import (
	"tribemarket/models"
	"tribemarket/models/workflow"
)

// HeldState is what a held offer waits for, or what became of it.
type HeldState string

// The states of a held offer.
const (
	HeldUnconfirmed HeldState = "unconfirmed"
	HeldAsked       HeldState = "asked"
	HeldRefused     HeldState = "refused"
	HeldLapsed      HeldState = "lapsed"
	HeldSent        HeldState = "sent"
)

// The actions on a held offer.
const (
	ActionHold      Action = "hold"
	ActionAsk       Action = "ask"
	ActionApprove   Action = "approve"
	ActionRefuse    Action = "refuse"
	ActionSend      Action = "send"
	ActionChange    Action = "change"
	ActionLapse     Action = "lapse"
	ActionSupersede Action = "supersede"
)

// LapseHeld is the effect of every step of a negotiation on what its brand holds in it: what
// waits for approval there answers an offer that is no longer the latest.
const LapseHeld workflow.Effect = "lapse_held"

// ApprovalDays is the time that whoever approves has.
const ApprovalDays = 7

// HeldTable is the state machine of held offers. Only the brand sees them.
var HeldTable = &workflow.Table[HeldState]{
	Subject: "held_offer", Texts: "negotiation.held", RemindBefore: []int{1},
	Actions: []workflow.Description{
		{Action: ActionSend, Path: "sending"},
		{Action: ActionApprove, Path: "sending"},
		{Action: ActionRefuse, Path: "refusal", Fields: []workflow.Field{{Name: "reason", Kind: workflow.TextField, Max: MaxReason, Rows: 3, Required: true}}},
	},
	Rules: []workflow.Rule[HeldState]{
		{State: HeldUnconfirmed, Doc: "Its writer's e-mail address is not confirmed.", Waits: models.SideBrand},
		{State: HeldAsked, Doc: "It is worth more than the brand lets its writer offer; whoever approves is asked.", Waits: models.SideBrand,
			Deadline: workflow.Deadline{From: workflow.AgreedDay, Days: ApprovalDays, After: "the question"}, AtDeadline: ActionLapse},
		{State: HeldRefused, Doc: "Whoever approves said no, with a reason."},
		{State: HeldLapsed, Doc: "Nobody approved it in time, or what it answers has changed.", Waits: models.SideBrand},
		{State: HeldSent, Doc: "The other side has it; the negotiation goes on from there."},
	},
	Begin: []workflow.Transition[HeldState]{{Action: ActionHold, By: brand, To: HeldUnconfirmed}},
	Transitions: []workflow.Transition[HeldState]{
		{From: HeldUnconfirmed, Action: ActionChange, By: brand, To: HeldUnconfirmed},
		{From: HeldAsked, Action: ActionChange, By: brand, To: HeldUnconfirmed, Doc: "what it was is no longer asked about"},
		{From: HeldRefused, Action: ActionChange, By: brand, To: HeldUnconfirmed},
		{From: HeldLapsed, Action: ActionChange, By: brand, To: HeldUnconfirmed},
		{From: HeldUnconfirmed, Action: ActionSend, By: brand, To: HeldSent},
		{From: HeldUnconfirmed, Action: ActionAsk, By: brand, To: HeldAsked, Effects: notifyBrand},
		{From: HeldAsked, Action: ActionApprove, By: brand, To: HeldSent, Effects: notifyBrand},
		{From: HeldAsked, Action: ActionSend, By: brand, To: HeldSent, Doc: "no approval is needed any more"},
		{From: HeldAsked, Action: ActionRefuse, By: brand, To: HeldRefused, Effects: notifyBrand},
		{From: HeldAsked, Action: ActionLapse, By: system, If: workflow.Late, To: HeldLapsed, Effects: notifyBrand},
		{From: HeldAsked, Action: ActionSupersede, By: system, To: HeldLapsed, Doc: "what it answers has changed"},
		{From: HeldLapsed, Action: ActionAsk, By: brand, To: HeldAsked, Effects: notifyBrand},
		{From: HeldLapsed, Action: ActionSend, By: brand, To: HeldSent, Doc: "no approval is needed any more"},
	},
}

var notifyBrand = []workflow.Effect{workflow.Notify}

// heldOpen lists the states in which something held can still be sent.
func heldOpen() []HeldState { return []HeldState{HeldUnconfirmed, HeldAsked, HeldRefused, HeldLapsed} }

package negotiation

import (
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/workflow"
)

// State is the state of a negotiation.
type State string

// The states of a negotiation.
const (
	WithCreator State = "with_creator"
	WithBrand   State = "with_brand"
	Agreed      State = "agreed"
	Declined    State = "declined"
	Withdrawn   State = "withdrawn"
	Expired     State = "expired"
)

// Action is something that a side, or the system, does in a negotiation.
type Action = workflow.Action

// The actions in a negotiation.
const (
	ActionPropose  Action = "propose"
	ActionPitch    Action = "pitch"
	ActionCounter  Action = "counter"
	ActionReplace  Action = "replace"
	ActionAccept   Action = "accept"
	ActionDecline  Action = "decline"
	ActionWithdraw Action = "withdraw"
	ActionExpire   Action = "expire"

	ActionAskExtension    Action = "ask_extension"
	ActionAcceptExtension Action = "accept_extension"
	ActionRefuseExtension Action = "refuse_extension"
)

// The days that the other side has to answer an offer.
const (
	AnswerDays    = 7 // unless the sender says otherwise
	MaxAnswerDays = 30
)

// MaxReason is how long a reason may be, in characters.
const MaxReason = 1000

// Table is the state machine of negotiations.
var Table = &workflow.Table[State]{
	Subject: deals.HistoryKind, Texts: "negotiation", RemindBefore: []int{1}, Effects: []workflow.Effect{workflow.Notify, deals.FollowActivity, LapseHeld},
	Actions: []workflow.Description{
		{Action: ActionCounter, Path: "offers"},
		{Action: ActionReplace, Path: "offers"},
		{Action: ActionAccept, Path: "acceptance"},
		{Action: ActionDecline, Path: "refusal", Fields: []workflow.Field{{Name: "reason", Kind: workflow.TextField, Max: MaxReason, Rows: 3, Required: true}}},
		{Action: ActionWithdraw, Path: "withdrawal"},
		{Action: ActionAskExtension, Path: "extension"},
		{Action: ActionAcceptExtension, Path: "extension/acceptance"},
		{Action: ActionRefuseExtension, Path: "extension/refusal"},
	},
	Rules: []workflow.Rule[State]{
		{State: WithCreator, Doc: "The brand made the latest offer; the creator can answer it.", Waits: models.SideCreator, Deadline: answerTime, AtDeadline: ActionExpire},
		{State: WithBrand, Doc: "The creator made the latest offer; the brand can answer it.", Waits: models.SideBrand, Deadline: answerTime, AtDeadline: ActionExpire},
		{State: Agreed, Doc: "The other side said yes to the latest offer; a deal carries it out."},
		{State: Declined, Doc: "The other side said no, with a reason."},
		{State: Withdrawn, Doc: "The latest offer was taken back before an answer, by the side that made it or because that side cannot act."},
		{State: Expired, Doc: "Nobody answered in time."},
	},
	Begin: []workflow.Transition[State]{
		{Action: ActionPropose, By: brand, To: WithCreator},
		{Action: ActionPitch, By: creator, To: WithBrand},
	},
	Transitions: []workflow.Transition[State]{
		{From: WithCreator, Action: ActionAccept, By: creator, To: Agreed},
		{From: WithCreator, Action: ActionCounter, By: creator, To: WithBrand},
		{From: WithCreator, Action: ActionDecline, By: creator, To: Declined},
		{From: WithCreator, Action: ActionReplace, By: brand, To: WithCreator},
		{From: WithCreator, Action: ActionWithdraw, By: brand, To: Withdrawn},
		{From: WithCreator, Action: ActionWithdraw, By: system, To: Withdrawn, Doc: "who made it cannot act for now"},
		{From: WithCreator, Action: ActionExpire, By: system, If: workflow.Late, To: Expired},
		{From: WithCreator, Action: ActionAskExtension, By: parties, If: NotAsked, To: WithCreator, Doc: "the deadline stays"},
		{From: WithCreator, Action: ActionAcceptExtension, By: parties, If: Asked, To: WithCreator, Doc: "with the later deadline"},
		{From: WithCreator, Action: ActionRefuseExtension, By: parties, If: Asked, To: WithCreator, Doc: "the deadline stays"},
		{From: WithBrand, Action: ActionAccept, By: brand, To: Agreed},
		{From: WithBrand, Action: ActionCounter, By: brand, To: WithCreator},
		{From: WithBrand, Action: ActionDecline, By: brand, To: Declined},
		{From: WithBrand, Action: ActionReplace, By: creator, To: WithBrand},
		{From: WithBrand, Action: ActionWithdraw, By: creator, To: Withdrawn},
		{From: WithBrand, Action: ActionWithdraw, By: system, To: Withdrawn, Doc: "who made it cannot act for now"},
		{From: WithBrand, Action: ActionExpire, By: system, If: workflow.Late, To: Expired},
		{From: WithBrand, Action: ActionAskExtension, By: parties, If: NotAsked, To: WithBrand, Doc: "the deadline stays"},
		{From: WithBrand, Action: ActionAcceptExtension, By: parties, If: Asked, To: WithBrand, Doc: "with the later deadline"},
		{From: WithBrand, Action: ActionRefuseExtension, By: parties, If: Asked, To: WithBrand, Doc: "the deadline stays"},
	},
}

var answerTime = workflow.Deadline{From: workflow.OfferedDay, Days: AnswerDays, MaxDays: MaxAnswerDays, After: "it was sent"}

var (
	brand   = []models.Side{models.SideBrand}
	creator = []models.Side{models.SideCreator}
	system  = []models.Side{models.SideSystem}
	parties = []models.Side{models.SideBrand, models.SideCreator}
)

// Waiting lists the states in which an offer can be answered.
func Waiting() []State { return []State{WithCreator, WithBrand} }

// Key is the text that names the state.
func (s State) Key() string { return "negotiation.state." + string(s) }

// IsOpen says whether an offer can still be answered in the state.
func (s State) IsOpen() bool { return !Table.Rule(s).Final() }

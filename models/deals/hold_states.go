package deals

import (
	"tribemarket/models/workflow"
)

// HoldState is the state of a hold of a deal.
type HoldState string

// The states of a hold.
const (
	HoldRuns     HoldState = "held"
	HoldMayEnd   HoldState = "may_end"
	HoldLeaving  HoldState = "leaving"
	HoldParting  HoldState = "parting"
	HoldReleased HoldState = "released"
	HoldOver     HoldState = "over"
)

// The actions on a hold; the system does all of them.
const (
	ActionHold       Action = "hold"
	ActionLeave      Action = "leave"
	ActionStay       Action = "stay"
	ActionOfferEnd   Action = "offer_end"
	ActionShorten    Action = "shorten"
	ActionRelease    Action = "release"
	ActionClose      Action = "close"
	ActionEndParting Action = "end_parting"
)

// EndParted is the effect of a hold whose time is over because a side leaves: the deal ends.
const EndParted workflow.Effect = "end_parted"

// The days of a hold: so long the other side waits for one that cannot act, and so long after
// that it can choose how to part from one that leaves.
const (
	HoldDays    = 14
	PartingDays = 14
)

// HoldTable is the state machine of holds: what happens to a running deal of which a side
// cannot act, because it is suspended or leaves.
var HoldTable = &workflow.Table[HoldState]{
	Subject: "hold", Texts: "deals.hold",
	Rules: []workflow.Rule[HoldState]{
		{State: HoldRuns, Doc: "A side is suspended; all clocks of the deal stand still.", Waits: workflow.BothSides, Deadline: heldTime, AtDeadline: ActionOfferEnd},
		{State: HoldMayEnd, Doc: "It still is; the other side may end the deal without fault, or wait on.", Waits: workflow.BothSides},
		{State: HoldLeaving, Doc: "A side has asked to be erased, which waits for the deal; all clocks of the deal stand still.", Waits: workflow.BothSides, Deadline: heldTime, AtDeadline: ActionOfferEnd},
		{State: HoldParting, Doc: "It still waits; the other side may end the deal without fault.", Waits: workflow.BothSides,
			Deadline: workflow.Deadline{From: workflow.EntryDay, Days: PartingDays, After: "that"}, AtDeadline: ActionEndParting},
		{State: HoldReleased, Doc: "The side can act again; the time held was added to every deadline."},
		{State: HoldOver, Doc: "The deal is over."},
	},
	Begin: []workflow.Transition[HoldState]{{Action: ActionHold, By: system, To: HoldRuns}},
	Transitions: []workflow.Transition[HoldState]{
		{From: HoldRuns, Action: ActionLeave, By: system, To: HoldLeaving, KeepsClock: true},
		{From: HoldRuns, Action: ActionShorten, By: system, To: HoldRuns, Effects: notify, Doc: "with the earlier day that an administrator chose"},
		{From: HoldRuns, Action: ActionOfferEnd, By: system, If: workflow.Late, To: HoldMayEnd, Effects: notify},
		{From: HoldRuns, Action: ActionRelease, By: system, To: HoldReleased, Effects: notify},
		{From: HoldRuns, Action: ActionClose, By: system, To: HoldOver},
		{From: HoldMayEnd, Action: ActionLeave, By: system, To: HoldParting},
		{From: HoldMayEnd, Action: ActionRelease, By: system, To: HoldReleased, Effects: notify},
		{From: HoldMayEnd, Action: ActionClose, By: system, To: HoldOver},
		{From: HoldLeaving, Action: ActionStay, By: system, To: HoldRuns, KeepsClock: true, Doc: "they stay, and are still suspended"},
		{From: HoldLeaving, Action: ActionShorten, By: system, To: HoldLeaving, Effects: notify, Doc: "with the earlier day that an administrator chose"},
		{From: HoldLeaving, Action: ActionOfferEnd, By: system, If: workflow.Late, To: HoldParting, Effects: notify},
		{From: HoldLeaving, Action: ActionRelease, By: system, To: HoldReleased, Effects: notify},
		{From: HoldLeaving, Action: ActionClose, By: system, To: HoldOver},
		{From: HoldParting, Action: ActionStay, By: system, To: HoldMayEnd, Doc: "they stay, and are still suspended"},
		{From: HoldParting, Action: ActionEndParting, By: system, If: workflow.Late, To: HoldOver, Effects: []workflow.Effect{EndParted}},
		{From: HoldParting, Action: ActionRelease, By: system, To: HoldReleased, Effects: notify},
		{From: HoldParting, Action: ActionClose, By: system, To: HoldOver},
	},
}

var heldTime = workflow.Deadline{From: workflow.AgreedDay, Days: HoldDays, After: "the deal was held"}

// IsOpen says whether the deal is held in the state.
func (s HoldState) IsOpen() bool { return !HoldTable.Rule(s).Final() }

// IsLeaving says whether the side that cannot act leaves for good.
func (s HoldState) IsLeaving() bool { return s == HoldLeaving || s == HoldParting }

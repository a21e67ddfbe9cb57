package deals

import (
	"tribemarket/models"
	"tribemarket/models/workflow"
)

// RepetitionState is the state of the repetition of a negotiation's deal.
type RepetitionState string

// The states of a repetition.
const (
	RepetitionRunning RepetitionState = "running"
	RepetitionNoticed RepetitionState = "noticed"
	RepetitionDone    RepetitionState = "done"
	RepetitionStopped RepetitionState = "stopped"
)

// The actions on a repetition.
const (
	ActionBeginCycle Action = "begin_cycle"
	ActionGiveNotice Action = "give_notice"
	ActionStop       Action = "stop"
)

// The conditions of steps of a repetition.
const (
	LastCycle workflow.Condition = "last_cycle" // no further cycle begins after the step
	SideGone  workflow.Condition = "side_gone"  // a side has no account any more
)

// RepetitionTable is the state machine of repetitions: each month another deal begins under
// the same terms. When the next one does is not a deadline of the table, since nobody has to
// act by then: Store.BeginCycles looks for those whose day has come.
var RepetitionTable = &workflow.Table[RepetitionState]{
	Subject: "repetition", Texts: "deals.cycles",
	Actions: []workflow.Description{
		{Action: ActionBeginCycle}, {Action: ActionStop},
		{Action: ActionGiveNotice, Path: "notice", Fields: []workflow.Field{{Name: "reason", Kind: workflow.TextField, Max: MaxReason, Rows: 3}}},
	},
	Rules: []workflow.Rule[RepetitionState]{
		{State: RepetitionRunning, Doc: "The next cycle begins on its day.", Waits: models.SideSystem},
		{State: RepetitionNoticed, Doc: "A side has given notice; cycles that begin before its end still do.", Waits: models.SideSystem},
		{State: RepetitionDone, Doc: "The last of the agreed cycles has begun."},
		{State: RepetitionStopped, Doc: "No further cycle begins."},
	},
	Transitions: []workflow.Transition[RepetitionState]{
		{From: RepetitionRunning, Action: ActionBeginCycle, By: system, If: LastCycle, To: RepetitionDone, Effects: cycleBegins},
		{From: RepetitionRunning, Action: ActionBeginCycle, By: system, To: RepetitionRunning, Effects: cycleBegins},
		{From: RepetitionRunning, Action: ActionGiveNotice, By: parties, If: LastCycle, To: RepetitionStopped, Effects: notify},
		{From: RepetitionRunning, Action: ActionGiveNotice, By: parties, To: RepetitionNoticed, Effects: notify},
		{From: RepetitionRunning, Action: ActionStop, By: system, If: SideGone, To: RepetitionStopped, Effects: notify},
		{From: RepetitionRunning, Action: ActionStop, By: system, To: RepetitionStopped, Doc: "a deal of it ended early"},

		{From: RepetitionNoticed, Action: ActionBeginCycle, By: system, If: LastCycle, To: RepetitionStopped, Effects: cycleBegins},
		{From: RepetitionNoticed, Action: ActionBeginCycle, By: system, To: RepetitionNoticed, Effects: cycleBegins},
		{From: RepetitionNoticed, Action: ActionStop, By: system, If: SideGone, To: RepetitionStopped, Effects: notify},
		{From: RepetitionNoticed, Action: ActionStop, By: system, To: RepetitionStopped, Doc: "a deal of it ended early"},
	},
}

var cycleBegins = []workflow.Effect{workflow.Notify, FollowActivity}

// GoesOn says whether a further cycle can begin.
func (s RepetitionState) GoesOn() bool { return s != "" && !RepetitionTable.Rule(s).Final() }

package deals

import (
	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/workflow"
)

// State is the state of a deliverable.
type State string

// The states of a deliverable.
const (
	Waiting   State = "waiting"
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

// The conditions of publishing.
const (
	Proven   workflow.Condition = "proven"   // the URL itself shows whose post it is
	Unproven workflow.Condition = "unproven" // it does not, or there is no URL
)

// OtherAway is the condition that the deal has been held for long enough because the other
// side cannot act.
const OtherAway workflow.Condition = "other_away"

var (
	brand   = []models.Side{models.SideBrand}
	creator = []models.Side{models.SideCreator}
	system  = []models.Side{models.SideSystem}
	parties = []models.Side{models.SideBrand, models.SideCreator}
	anybody = []models.Side{models.SideBrand, models.SideCreator, models.SideSystem}

	reason = []workflow.Field{{Name: "reason", Kind: workflow.TextField, Max: MaxReason, Rows: 3, Required: true}}
	notify = []workflow.Effect{workflow.Notify}
)

// movedBy says why a deliverable is due on another day, for docs/states.md.
const movedBy = "a signed amendment moved its due day, and its clock where that counts from there"

// maxWaitingDays bounds how long a deliverable waits for its gates: the contract has a clock
// for its preparation, and one for the signatures.
const maxWaitingDays = 2 * contracts.SigningDays

// DeliverableTable is the state machine of deliverables.
var DeliverableTable = &workflow.Table[State]{
	Subject: "deliverable", Texts: "deals", RemindBefore: []int{1}, Effects: []workflow.Effect{FollowActivity},
	Actions: []workflow.Description{
		{Action: ActionSubmitDraft, Path: "draft", Fields: []workflow.Field{
			{Name: "draft_url", Kind: workflow.URLField}, {Name: "note", Kind: workflow.TextField, Max: MaxNote, Rows: 3}}},
		{Action: ActionApprove, Path: "approval"},
		{Action: ActionRequestChanges, Path: "changes", Fields: []workflow.Field{
			{Name: "note", Texts: "changes", Kind: workflow.TextField, Max: MaxNote, Rows: 4, Required: true}}},
		{Action: ActionPublish, Path: "publication", Fields: []workflow.Field{{Name: "address", Kind: workflow.URLField}}},
		{Action: ActionConfirm, Path: "confirmation"},
		{Action: ActionRefuse, Path: "doubt", Fields: reason},
		{Action: ActionObject, Path: "objection", Fields: reason},
		{Action: ActionWithdrawObjection, Path: "objection/withdrawal"},
		{Action: ActionComplete, Path: "completion"},
		{Action: ActionEnd, Fields: reason},
		{Action: ActionEndLate, Fields: []workflow.Field{{Name: "reason", Kind: workflow.TextField, Max: MaxReason, Rows: 3}}},
		{Action: ActionEndUnsigned},
		{Action: ActionMove},
		{Action: ActionEndAway},
	},
	Rules: []workflow.Rule[State]{
		{State: Waiting, Doc: "Agreed; the work begins once both sides have signed the contract.", Waits: workflow.BothSides,
			Deadline: workflow.Deadline{From: workflow.EntryDay, Days: maxWaitingDays, After: "the agreement"}},
		{State: Drafting, Doc: "Agreed; the creator prepares a draft.", Waits: models.SideCreator,
			Deadline: workflow.Deadline{From: workflow.AgreedDay, Grace: 3}},
		{State: Review, Doc: "A draft is in; the brand looks at it.", Waits: models.SideBrand,
			Deadline: workflow.Deadline{From: workflow.EntryDay, Days: 5, After: "the draft"}, AtDeadline: ActionApprove},
		{State: Changes, Doc: "The brand asked for changes; the creator reworks the draft.", Waits: models.SideCreator,
			Deadline: workflow.Deadline{From: workflow.LaterDay, Days: 3, Grace: 7, After: "the request"}},
		{State: Approved, Doc: "The draft is approved; the creator publishes it.", Waits: models.SideCreator,
			Deadline: workflow.Deadline{From: workflow.LaterDay, Days: 2, Grace: 7, After: "the approval"}},
		{State: Claimed, Doc: "The creator says it is published where its URL proves nothing; the brand looks.", Waits: models.SideBrand,
			Deadline: workflow.Deadline{From: workflow.EntryDay, Days: 5, After: "the creator's word"}, AtDeadline: ActionConfirm},
		{State: Published, Doc: "Public, and known to be; the brand can object.", Waits: models.SideBrand,
			Deadline: workflow.Deadline{From: workflow.EntryDay, Days: 7, After: "the publication"}, AtDeadline: ActionComplete},
		{State: Objected, Doc: "The brand objects to the publication; the creator puts it right.", Waits: models.SideCreator,
			Deadline: workflow.Deadline{From: workflow.EntryDay, Days: 7, After: "the objection"}},
		{State: Completed, Doc: "Done."},
		{State: Ended, Doc: "The deal was ended before this was done."},
	},
	Transitions: []workflow.Transition[State]{
		{From: Waiting, Action: ActionOpen, By: system, Gates: []workflow.Gate{contracts.SignedGate}, To: Drafting, Doc: "due days moved by the time waited"},
		{From: Waiting, Action: ActionEnd, By: parties, To: Ended},
		{From: Waiting, Action: ActionEndLate, By: parties, If: workflow.Late, To: Ended},
		{From: Waiting, Action: ActionEndUnsigned, By: system, To: Ended, Doc: "the contract was declined or not signed in time"},
		{From: Waiting, Action: ActionEndAway, By: anybody, If: OtherAway, To: Ended, Doc: "at nobody's fault"},

		{From: Drafting, Action: ActionSubmitDraft, By: creator, To: Review, Effects: notify},
		{From: Drafting, Action: ActionMove, By: system, To: Drafting, KeepsClock: true, Doc: movedBy},
		{From: Drafting, Action: ActionEnd, By: parties, To: Ended},
		{From: Drafting, Action: ActionEndLate, By: brand, If: workflow.Late, To: Ended},
		{From: Drafting, Action: ActionEndAway, By: anybody, If: OtherAway, To: Ended, Doc: "at nobody's fault"},

		{From: Review, Action: ActionApprove, By: brand, To: Approved, Effects: notify},
		{From: Review, Action: ActionApprove, By: system, If: workflow.Late, To: Approved, Effects: notify},
		{From: Review, Action: ActionRequestChanges, By: brand, To: Changes, Effects: notify},
		{From: Review, Action: ActionMove, By: system, To: Review, KeepsClock: true, Doc: movedBy},
		{From: Review, Action: ActionEnd, By: parties, To: Ended},
		{From: Review, Action: ActionEndAway, By: anybody, If: OtherAway, To: Ended, Doc: "at nobody's fault"},

		{From: Changes, Action: ActionSubmitDraft, By: creator, To: Review, Effects: notify},
		{From: Changes, Action: ActionMove, By: system, To: Changes, KeepsClock: true, Doc: movedBy},
		{From: Changes, Action: ActionEnd, By: parties, To: Ended},
		{From: Changes, Action: ActionEndLate, By: brand, If: workflow.Late, To: Ended},
		{From: Changes, Action: ActionEndAway, By: anybody, If: OtherAway, To: Ended, Doc: "at nobody's fault"},

		{From: Approved, Action: ActionPublish, By: creator, If: Proven, To: Published, Effects: notify, Doc: "known by its URL"},
		{From: Approved, Action: ActionPublish, By: creator, If: Unproven, To: Claimed, Effects: notify},
		{From: Approved, Action: ActionEnd, By: parties, To: Ended},
		{From: Approved, Action: ActionEndLate, By: brand, If: workflow.Late, To: Ended},
		{From: Approved, Action: ActionEndAway, By: anybody, If: OtherAway, To: Ended, Doc: "at nobody's fault"},

		{From: Claimed, Action: ActionConfirm, By: brand, To: Published, Effects: notify, Doc: "confirmed by the brand"},
		{From: Claimed, Action: ActionConfirm, By: system, If: workflow.Late, To: Published, Effects: notify, Doc: "known by the brand's silence"},
		{From: Claimed, Action: ActionRefuse, By: brand, To: Approved, Effects: notify},
		{From: Claimed, Action: ActionEnd, By: parties, To: Ended},
		{From: Claimed, Action: ActionEndAway, By: anybody, If: OtherAway, To: Ended, Doc: "at nobody's fault"},

		{From: Published, Action: ActionComplete, By: brand, To: Completed, Effects: notify},
		{From: Published, Action: ActionComplete, By: system, If: workflow.Late, To: Completed, Effects: notify},
		{From: Published, Action: ActionObject, By: brand, To: Objected, Effects: notify},
		{From: Published, Action: ActionEnd, By: parties, To: Ended},
		{From: Published, Action: ActionEndAway, By: anybody, If: OtherAway, To: Ended, Doc: "at nobody's fault"},

		{From: Objected, Action: ActionPublish, By: creator, If: Proven, To: Published, Effects: notify, Doc: "known by its URL"},
		{From: Objected, Action: ActionPublish, By: creator, If: Unproven, To: Claimed, Effects: notify},
		{From: Objected, Action: ActionWithdrawObjection, By: brand, To: Completed, Effects: notify},
		{From: Objected, Action: ActionEnd, By: parties, To: Ended},
		{From: Objected, Action: ActionEndLate, By: parties, If: workflow.Late, To: Ended},
		{From: Objected, Action: ActionEndAway, By: anybody, If: OtherAway, To: Ended, Doc: "at nobody's fault"},
	},
}

package contracts

import (
	"tribemarket/models"
	"tribemarket/models/workflow"
)

// State is the state of a contract.
type State string

// The states of a contract.
const (
	Preparing   State = "preparing"
	Ready       State = "ready"
	SignedByOne State = "signed_by_one"
	Signed      State = "signed"
	Declined    State = "declined"
	Void        State = "void"
	Amended     State = "amended"
)

// Action is something that a side, or the system, does to a contract.
type Action = workflow.Action

// The actions on a contract.
const (
	ActionPrepare Action = "prepare"
	ActionReady   Action = "ready"
	ActionSign    Action = "sign"
	ActionDecline Action = "decline"
	ActionRemind  Action = "remind"
	ActionCorrect Action = "correct"
	ActionName    Action = "name"
	ActionVoid    Action = "void"
	ActionCancel  Action = "cancel"
	ActionAmend   Action = "amend"

	ActionPropose  Action = "propose"  // an amendment
	ActionWithdraw Action = "withdraw" // one's own amendment
)

// Unsigned is the condition that the side that acts has not signed yet.
const Unsigned workflow.Condition = "unsigned"

// OtherAwaited is the condition that the other side has not done its part yet.
const OtherAwaited workflow.Condition = "other_awaited"

// Proposed is the condition that the contract is an amendment which the side that acts has
// proposed, and which the other side has not signed.
const Proposed workflow.Condition = "proposed"

// AmendableGate is the question whether a deal can still become what an amendment says: it
// runs, no further cycle of it has begun since, and nothing that the amendment changes has been
// settled. It is open for any other contract.
const AmendableGate workflow.Gate = "amendable"

// SignedGate is the question whether a deal's contract is signed by both sides, where the
// work waits for that.
const SignedGate workflow.Gate = "signed"

// The effects of a contract on its deal, which the area of deals brings about.
const (
	OpenWork workflow.Effect = "open_work" // what waited for the contract can begin
	EndDeal  workflow.Effect = "end_deal"  // a deal that needs the contract ends, at nobody's fault; none needs an amendment

	AmendDeal workflow.Effect = "amend_deal" // an amendment takes the place of the contract that it changes, and the deal follows it
)

// SigningDays is the time that both sides have to say who they are, and then to sign.
const SigningDays = 14

// MaxReason is how long a reason may be, in characters.
const MaxReason = 1000

// Table is the state machine of contracts.
var Table = &workflow.Table[State]{
	Subject: "contract", Texts: "contracts", RemindBefore: []int{SigningDays - 3, SigningDays - 7, SigningDays - 12}, Effects: []workflow.Effect{workflow.Notify},
	Actions: []workflow.Description{
		{Action: ActionSign, Path: "signature"},
		{Action: ActionRemind, Path: "reminder"},
		{Action: ActionName, Path: "signer"},
		{Action: ActionWithdraw, Path: "withdrawal"},
		{Action: ActionDecline, Path: "refusal", Fields: []workflow.Field{{Name: "reason", Kind: workflow.TextField, Max: MaxReason, Rows: 3, Required: true}}},
	},
	Rules: []workflow.Rule[State]{
		{State: Preparing, Doc: "Each side says who it is in contracts; then the document is made.", Waits: workflow.BothSides,
			Deadline: workflow.Deadline{From: workflow.EntryDay, Days: SigningDays, After: "it was asked for"}, AtDeadline: ActionVoid},
		{State: Ready, Doc: "The document is there; both sides sign its hash, in any order.", Waits: workflow.BothSides,
			Deadline: workflow.Deadline{From: workflow.EntryDay, Days: SigningDays, After: "it was ready"}, AtDeadline: ActionVoid},
		{State: SignedByOne, Doc: "One side has signed; the other can still sign.", Waits: workflow.BothSides,
			Deadline: workflow.Deadline{From: workflow.AgreedDay, Days: SigningDays, After: "it was ready"}, AtDeadline: ActionVoid},
		{State: Signed, Doc: "Both sides have signed."},
		{State: Declined, Doc: "A side does not sign, with a reason."},
		{State: Void, Doc: "Not everybody signed in time, or the deal ended before."},
		{State: Amended, Doc: "A later contract of the same deal, which names its hash, is signed."},
	},
	Begin: []workflow.Transition[State]{
		{Action: ActionPrepare, By: []models.Side{models.SideSystem, models.SideBrand, models.SideCreator}, To: Preparing},
		{Action: ActionPropose, By: parties, To: Preparing, Doc: "an amendment of the contract in force"},
	},
	Transitions: []workflow.Transition[State]{
		{From: Preparing, Action: ActionReady, By: system, To: Ready},
		{From: Preparing, Action: ActionRemind, By: parties, If: OtherAwaited, To: Preparing, KeepsClock: true},
		{From: Preparing, Action: ActionDecline, By: parties, To: Declined, Effects: endDeal, Doc: keepsContract},
		{From: Preparing, Action: ActionVoid, By: system, If: workflow.Late, To: Void, Effects: endDeal, Doc: keepsContract},
		{From: Preparing, Action: ActionWithdraw, By: parties, If: Proposed, To: Void, Doc: keepsContract},
		{From: Preparing, Action: ActionCancel, By: system, To: Void},
		{From: Ready, Action: ActionSign, By: parties, If: Unsigned, Gates: amendable, To: SignedByOne},
		{From: Ready, Action: ActionName, By: brand, If: Unsigned, To: Ready, KeepsClock: true},
		{From: Ready, Action: ActionRemind, By: parties, If: OtherAwaited, To: Ready, KeepsClock: true},
		{From: Ready, Action: ActionCorrect, By: parties, To: Preparing, KeepsClock: true, Doc: "a side says anew who it is, and the document is made anew"},
		{From: Ready, Action: ActionDecline, By: parties, If: Unsigned, To: Declined, Effects: endDeal, Doc: keepsContract},
		{From: Ready, Action: ActionVoid, By: system, If: workflow.Late, To: Void, Effects: endDeal, Doc: keepsContract},
		{From: Ready, Action: ActionWithdraw, By: parties, If: Proposed, To: Void, Doc: keepsContract},
		{From: Ready, Action: ActionCancel, By: system, To: Void},
		{From: SignedByOne, Action: ActionSign, By: parties, If: Unsigned, Gates: amendable, To: Signed, Effects: []workflow.Effect{OpenWork, AmendDeal}},
		{From: SignedByOne, Action: ActionName, By: brand, If: Unsigned, To: SignedByOne, KeepsClock: true},
		{From: SignedByOne, Action: ActionRemind, By: parties, If: OtherAwaited, To: SignedByOne, KeepsClock: true},
		{From: SignedByOne, Action: ActionDecline, By: parties, If: Unsigned, To: Declined, Effects: endDeal, Doc: keepsContract},
		{From: SignedByOne, Action: ActionVoid, By: system, If: workflow.Late, To: Void, Effects: endDeal, Doc: keepsContract},
		{From: SignedByOne, Action: ActionWithdraw, By: parties, If: Proposed, To: Void, Doc: keepsContract},
		{From: SignedByOne, Action: ActionCancel, By: system, To: Void},
		{From: Signed, Action: ActionAmend, By: system, To: Amended},
	},
}

var (
	parties = []models.Side{models.SideBrand, models.SideCreator}
	brand   = []models.Side{models.SideBrand}
	system  = []models.Side{models.SideSystem}
	endDeal = []workflow.Effect{EndDeal}

	amendable = []workflow.Gate{AmendableGate}
)

// keepsContract says what the end of an amendment leaves as it was.
const keepsContract = "of an amendment: the contract that it would change, and the deal, go on"

// Key is the text that names the state.
func (s State) Key() string { return "contracts.state." + string(s) }

// IsOpen says whether a contract in the state can still be signed.
func (s State) IsOpen() bool { return !Table.Rule(s).Final() }

package deals

// DealState is the state of a deal; it follows from its deliverables.
type DealState string

// The states of a deal.
const (
	DealProduction  DealState = "production"  // a draft has still to be approved
	DealPublication DealState = "publication" // all drafts are approved, something has still to be published
	DealPublished   DealState = "published"   // everything is public
	DealObjected    DealState = "objected"    // the brand objects to a publication
	DealCompleted   DealState = "completed"   // everything is done
	DealEnded       DealState = "ended"       // ended before everything was done
)

// ActionAmend is what the system does to a deal whose contract is amended.
const ActionAmend Action = "amend"

// DealStates lists the states of a deal in order.
func DealStates() []DealState {
	return []DealState{DealProduction, DealPublication, DealPublished, DealObjected, DealCompleted, DealEnded}
}

// Final says whether nothing more can happen in the deal.
func (s DealState) Final() bool { return s == DealCompleted || s == DealEnded }

// State derives the deal's state.
func (d Deal) State() DealState {
	states := make([]State, len(d.Deliverables))
	for i, x := range d.Deliverables {
		states[i] = x.State
	}
	return StateOfDeal(d.EndedAt != nil, states)
}

// StateOfDeal derives a deal's state from its deliverables: an objection comes first,
// then the least advanced deliverable decides.
func StateOfDeal(ended bool, deliverables []State) DealState {
	if ended {
		return DealEnded
	}
	s := DealCompleted
	rank := func(s DealState) int {
		switch s {
		case DealObjected:
			return 0
		case DealProduction:
			return 1
		case DealPublication:
			return 2
		case DealPublished:
			return 3
		}
		return 4
	}
	for _, d := range deliverables {
		var one DealState
		switch d {
		case Waiting, Drafting, Review, Changes:
			one = DealProduction
		case Approved, Claimed:
			one = DealPublication
		case Published:
			one = DealPublished
		case Objected:
			one = DealObjected
		default:
			one = DealCompleted
		}
		if rank(one) < rank(s) {
			s = one
		}
	}
	return s
}

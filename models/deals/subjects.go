package deals

import (
	"gorm.io/gorm"

	"tribemarket/models/workflow"
	"tribemarket/models/workflow/run"
)

// dealSubject is the subject of events that are about a whole deal. It has no table: its
// state follows from its deliverables.
const dealSubject = "deal"

// deliverables connects the rows of deliverables with DeliverableTable.
var deliverables = &run.Kind[State]{
	Table: DeliverableTable, Rows: "deliverables", Deadline: "deadline_at",
	// Lock takes the deal's lock, as the verbs do, before it reads.
	Lock: func(w *run.Work, id int64) (s run.Subject[State], err error) {
		var d dealRow
		var x deliverableRow
		if err = TakeLocked(w, &d, "id = (SELECT deal_id FROM deliverables WHERE id = ?)", id); err != nil {
			return s, err
		}
		err = w.Take(&x, id).Error
		return x.subject(d), err
	},
	Columns:  deliverableColumns,
	Conflict: func(State) error { return errChanged() },
}

// deliverableColumns returns what a step writes besides the state.
func deliverableColumns(s run.Step[State]) map[string]any {
	set := map[string]any{"deadline_at": s.Deadline}
	if !s.KeepsClock {
		set["entered_at"] = s.At
	}
	switch s.Action {
	case ActionOpen, ActionMove:
		moved, _ := s.Input.(movedDue)
		set["due_on"], set["due_at"], set["held_days"] = moved.on.String(), moved.at, 0
	case ActionSubmitDraft:
		set["draft_url"], set["draft_note"] = s.URL, s.Note
	case ActionRequestChanges:
		set["changes_note"], set["rounds"] = s.Note, gorm.Expr("rounds + 1")
	case ActionPublish:
		p, _ := s.Input.(Publication)
		set["published_url"], set["post_key"], set["published_at"] = p.URL, nil, s.At
		set["proof"], set["objection"] = proofOf(s.Transition), ""
		if p.Key != "" {
			set["post_key"] = p.Key
		}
	case ActionConfirm:
		set["proof"] = proofOf(s.Transition)
	case ActionRefuse: // the URL is free again
		set["published_url"], set["post_key"], set["published_at"], set["proof"] = "", nil, nil, NoProof
	case ActionObject:
		set["objection"] = s.Note
	case ActionComplete, ActionWithdrawObjection:
		set["completed_at"] = s.At
	case ActionEnd, ActionEndLate: // a URL that was only claimed is free again
		set["post_key"] = gorm.Expr("CASE WHEN proof = '' THEN NULL ELSE post_key END")
	}
	return set
}

// proofOf is the proof that a publication has after a transition.
func proofOf(t workflow.Transition[State]) Proof {
	switch {
	case t.To != Published:
		return NoProof
	case t.If == Proven:
		return ByAddress
	case t.If == workflow.Late:
		return BySilence
	}
	return ByBrand
}

// HistoryKind is the subject in whose history everything about a deal appears: the
// negotiation that led to it.
const HistoryKind = "negotiation"

func rootOf(negotiationID int64) run.Ref { return run.Ref{Kind: HistoryKind, ID: negotiationID} }

func (r deliverableRow) subject(d dealRow) run.Subject[State] {
	return run.Subject[State]{
		ID: r.ID, Root: rootOf(d.NegotiationID), State: r.State, Version: r.Version, Entered: r.EnteredAt,
		Agreed: r.dueDay(), Deadline: r.DeadlineAt, RemindAt: r.RemindAt, ZoneOf: d.zones().Of,
	}
}

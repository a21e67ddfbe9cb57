package deals

import (
	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/workflow"
	"tribemarket/models/workflow/run"
)

// dealSubject is the subject of events that are about a whole deal. It has no table: its
// state follows from its deliverables.
const dealSubject = "deal"

// proposals connects the rows of proposals with ProposalTable.
var proposals = &run.Kind[ProposalState]{
	Table: ProposalTable, Rows: "proposals", Deadline: "expires_at",
	Lock: func(w *run.Work, id int64) (run.Subject[ProposalState], error) {
		var p proposalRow
		err := takeLocked(w, &p, "id = ?", id)
		return p.subject(), err
	},
	Columns: func(s run.Step[ProposalState]) map[string]any {
		return map[string]any{"closed_at": s.At, "close_reason": s.Note}
	},
	Conflict: func(s ProposalState) error {
		if s == Expired {
			return models.Conflict("deals.error.expired")
		}
		return errChanged()
	},
}

// deliverables connects the rows of deliverables with DeliverableTable.
var deliverables = &run.Kind[State]{
	Table: DeliverableTable, Rows: "deliverables", Deadline: "deadline_at",
	// Lock takes the deal's lock, as the verbs do, before it reads.
	Lock: func(w *run.Work, id int64) (s run.Subject[State], err error) {
		var d dealRow
		var x deliverableRow
		if err = takeLocked(w, &d, "id = (SELECT deal_id FROM deliverables WHERE id = ?)", id); err != nil {
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
	set := map[string]any{"entered_at": s.At, "deadline_at": s.Deadline}
	switch s.Action {
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

// rootOf names the subject in whose history everything about a proposal and its deal
// appears.
func rootOf(proposalID int64) run.Ref { return run.Ref{Kind: ProposalTable.Subject, ID: proposalID} }

func (r proposalRow) subject() run.Subject[ProposalState] {
	return run.Subject[ProposalState]{
		ID: r.ID, Root: rootOf(r.ID), State: r.State, Version: r.Version, Entered: r.SentAt, Deadline: &r.ExpiresAt, RemindAt: r.RemindAt,
		ZoneOf: r.Zones.of,
	}
}

func (r deliverableRow) subject(d dealRow) run.Subject[State] {
	return run.Subject[State]{
		ID: r.ID, Root: rootOf(d.ProposalID), State: r.State, Version: r.Version, Entered: r.EnteredAt,
		Agreed: r.dueDay(), Deadline: r.DeadlineAt, RemindAt: r.RemindAt, ZoneOf: d.zones().of,
	}
}

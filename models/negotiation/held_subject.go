package negotiation

import (
	"time"

	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/workflow/run"
)

// heldOffers connects the rows with HeldTable. They are deleted again, and have no history.
var heldOffers = &run.Kind[HeldState]{
	Table: HeldTable, Rows: "held_proposals", Deadline: "deadline_at", Unrecorded: true,
	Lock: func(w *run.Work, id int64) (run.Subject[HeldState], error) {
		var r heldRow
		err := deals.TakeLocked(w, &r, "id = ?", id)
		return r.subject(), err
	},
	Columns: func(s run.Step[HeldState]) map[string]any {
		set := map[string]any{"deadline_at": s.Deadline}
		switch s.Action {
		case ActionAsk:
			set["asked_at"] = s.At
		case ActionRefuse:
			set["refusal"] = s.Note
		case ActionChange:
			r, _ := s.Input.(heldRow)
			set["written_by"], set["written_at"], set["form"], set["form_key"], set["zone"] = r.WrittenBy, r.WrittenAt, r.Form, r.FormKey, r.Zone
			set["action"], set["answers_to"], set["notes"], set["asked_at"], set["refusal"] = r.Action, r.AnswersTo, r.Notes, nil, ""
		}
		return set
	},
	Conflict: func(HeldState) error { return models.Conflict("negotiation.held.error.changed") },
}

func (r heldRow) subject() run.Subject[HeldState] {
	s := run.Subject[HeldState]{
		ID: r.ID, Root: run.Ref{Kind: HeldTable.Subject, ID: r.ID}, State: r.State, Version: r.Version, Entered: r.WrittenAt, Deadline: r.DeadlineAt, RemindAt: r.RemindAt,
		ZoneOf: func(models.Side) *time.Location { return r.zone() },
	}
	if r.AskedAt != nil {
		s.Entered = *r.AskedAt
	}
	return s
}

func (r heldRow) zone() *time.Location { return models.Zone(r.Zone) }

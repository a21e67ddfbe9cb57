package negotiation

import (
	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/workflow/run"
)

// negotiations connects the rows with Table.
var negotiations = &run.Kind[State]{
	Table: Table, Rows: "negotiations", Deadline: "expires_at",
	Lock: func(w *run.Work, id int64) (run.Subject[State], error) {
		var n row
		err := deals.TakeLocked(w, &n, "id = ?", id)
		return n.subject(), err
	},
	Columns: func(s run.Step[State]) map[string]any {
		if e, isExtension := s.Input.(Extension); isExtension {
			return e.columns(s)
		}
		o, isOffer := s.Input.(sentOffer)
		if !isOffer {
			return map[string]any{"closed_at": s.At, "close_reason": s.Note, "extension_side": "", "extension_on": ""}
		}
		l := o.latest
		return map[string]any{
			"extension_side": "", "extension_on": "", "extensions": 0,
			"offer": o.number, "offered_at": s.At, "expires_at": s.Deadline, "product": l.Product, "category": l.Category,
			"fee_minor": l.FeeMinor, "currency": l.Currency, "in_kind_minor": l.InKindMinor,
		}
	},
	Conflict: func(s State) error {
		if s == Expired {
			return models.Conflict("negotiation.error.expired")
		}
		return errChanged()
	},
}

// columns are what a step about a later last day writes.
func (e Extension) columns(s run.Step[State]) map[string]any {
	if s.Action == ActionAskExtension {
		return map[string]any{"extension_side": e.By, "extension_on": e.On.String(), "extensions": gorm.Expr("extensions + 1")}
	}
	return map[string]any{"expires_at": s.Deadline, "extension_side": "", "extension_on": ""}
}

// sentOffer is what a step that makes an offer writes of it.
type sentOffer struct {
	number int
	latest latestColumns
}

func (r row) subject() run.Subject[State] {
	return run.Subject[State]{
		ID: r.ID, Root: rootOf(r.ID), State: r.State, Version: r.Version, Entered: r.OfferedAt, Deadline: &r.ExpiresAt, RemindAt: r.RemindAt,
		ZoneOf: r.Zones.Of, About: about{Negotiation: r.PublicID, CreatorID: r.CreatorID},
	}
}

// about is what the effects of a step need to know of its negotiation.
type about struct {
	Negotiation, Deal string // public ids
	CreatorID         int64
	HoldsNothing      bool // no answer in the negotiation waits for approval
	SameWork          bool // the step leaves the months in which the creator is asked for work as they are
}

func rootOf(id int64) run.Ref { return run.Ref{Kind: Table.Subject, ID: id} }

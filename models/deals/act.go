package deals

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/workflow"
)

// act is every verb on a deliverable: find it, check the input, let what is
// overdue happen first, then look the action up in the table.
func (s *Store) act(ctx context.Context, a models.Actor, ref Ref, action Action, read func(*work, deliverableRow) (given, error)) error {
	err := s.do(ctx, a, func(w *work) error {
		d, err := w.lockDeal(a, ref.Deal)
		if err != nil {
			return err
		}
		x, err := w.deliverable(d.ID, ref.Number)
		if err != nil {
			return err
		}
		if !DeliverableTable.IsEverAllowed(action, w.side) {
			return errNotYours()
		}
		in, err := read(w, x)
		if err != nil {
			return err
		}
		if err := w.settle(d, &x); err != nil {
			return err
		}
		holds := []workflow.Condition{Unproven}
		if in.publication.Proven {
			holds = []workflow.Condition{Proven}
		}
		t, ok := DeliverableTable.Next(x.State, action, w.side, holds...)
		if !ok || ref.Version > 0 && ref.Version != x.Version {
			return w.repeatOrConflict(x, ref, action, in)
		}
		return w.move(d, &x, t, in)
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) && action == ActionPublish { // two deals, one address, one moment
		return models.Invalid("address", "deals.address.taken")
	}
	return err
}

func (w *work) deliverable(dealID int64, number int) (deliverableRow, error) {
	var x deliverableRow
	err := w.Where("deal_id = ? AND number = ?", dealID, number).Take(&x).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return x, models.NotFound()
	}
	return x, err
}

// settle lets the default outcome of an overdue state happen, whether or not
// the sweep has been there.
func (w *work) settle(d dealRow, x *deliverableRow) error {
	t, ok := DeliverableTable.Default(x.State)
	if !ok || !x.late(w.now) {
		return nil
	}
	side := w.side
	defer func() { w.side = side }()
	w.side = models.SideSystem
	return w.move(d, x, t, given{})
}

// repeatOrConflict tells the same click twice from a click on something that
// has changed meanwhile. Neither undoes what settle did.
func (w *work) repeatOrConflict(x deliverableRow, ref Ref, action Action, in given) error {
	q := w.Where("deliverable_id = ?", x.ID)
	if ref.Version > 0 {
		q = q.Where("version = ?", ref.Version+1)
	}
	var last eventRow
	if err := q.Order("id DESC").Limit(1).Find(&last).Error; err != nil {
		return err
	}
	same := last.Action == action && last.Side == w.side && last.Note == in.note && last.URL == in.url
	if !same || ref.Version == 0 && last.ToState != string(x.State) {
		w.verdict = errChanged()
	}
	return nil
}

// move enters the next state: its deadline counts from now.
func (w *work) move(d dealRow, x *deliverableRow, t workflow.Transition[State], in given) error {
	from, version := x.State, x.Version
	x.State, x.Version, x.EnteredAt = t.To, version+1, w.now
	set := map[string]any{"state": x.State, "version": x.Version, "entered_at": w.now, "deadline_at": nil, "remind_at": nil}
	x.DeadlineAt = nil
	if rule := DeliverableTable.Rule(t.To); !rule.Final() {
		zone := d.zoneOf(rule.Waits)
		deadline := rule.Deadline.At(x.moments(zone))
		x.DeadlineAt = &deadline
		set["deadline_at"], set["remind_at"] = deadline, DeliverableTable.NextNotice(t.To, deadline, zone, w.now)
	}
	fill(set, t, in, w.now)
	err := changed(w.Model(&deliverableRow{}).Where("id = ? AND state = ? AND version = ?", x.ID, from, version).Updates(set))
	if err != nil {
		return err
	}
	return w.record(eventRow{
		ProposalID: d.ProposalID, DealID: &d.ID, DeliverableID: &x.ID, Version: x.Version, Action: t.Action,
		FromState: string(from), ToState: string(t.To), Note: in.note, URL: in.url,
	})
}

// fill adds the columns that an action writes besides the state.
func fill(set map[string]any, t workflow.Transition[State], in given, now time.Time) {
	switch t.Action {
	case ActionSubmitDraft:
		set["draft_url"], set["draft_note"] = in.url, in.note
	case ActionRequestChanges:
		set["changes_note"], set["rounds"] = in.note, gorm.Expr("rounds + 1")
	case ActionPublish:
		set["published_url"], set["post_key"], set["published_at"] = in.publication.URL, nil, now
		set["proof"], set["objection"] = proofOf(t), ""
		if in.publication.Key != "" {
			set["post_key"] = in.publication.Key
		}
	case ActionConfirm:
		set["proof"] = proofOf(t)
	case ActionRefuse: // the address is free again
		set["published_url"], set["post_key"], set["published_at"], set["proof"] = "", nil, nil, NoProof
	case ActionObject:
		set["objection"] = in.note
	case ActionComplete, ActionWithdrawObjection:
		set["completed_at"] = now
	}
}

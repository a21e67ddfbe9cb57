package deals

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/workflow"
)

// Accept turns the proposal into a deal with its deliverables, and returns the deal's
// public id.
func (s *Store) Accept(ctx context.Context, a models.Actor, proposal string) (deal string, err error) {
	var d dealRow
	err = s.answerProposal(ctx, a, proposal, ActionAccept, "", func(w *work, p proposalRow) error {
		d, err = w.createDeal(p)
		return err
	})
	if err != nil {
		return "", err
	}
	if d.ID == 0 { // accepted before
		err = s.db.Read(ctx).Joins("JOIN proposals p ON p.id = deals.proposal_id AND p.public_id = ?", proposal).Take(&d).Error
	}
	return d.PublicID, err
}

// Decline turns the proposal down for a reason, which is required; errors name the field
// "reason".
func (s *Store) Decline(ctx context.Context, a models.Actor, proposal, reason string) error {
	return s.answerProposal(ctx, a, proposal, ActionDecline, reason, nil)
}

// Withdraw takes the proposal back.
func (s *Store) Withdraw(ctx context.Context, a models.Actor, proposal string) error {
	return s.answerProposal(ctx, a, proposal, ActionWithdraw, "", nil)
}

// answerProposal closes an open proposal. A proposal whose time is over expires instead,
// whether or not the sweep has already reached it.
func (s *Store) answerProposal(ctx context.Context, a models.Actor, proposal string, action Action, reason string, then func(*work, proposalRow) error) error {
	return s.do(ctx, a, func(w *work) error {
		p, err := w.lockProposal(a, proposal)
		if err != nil {
			return err
		}
		if !ProposalTable.IsEverAllowed(action, w.Side) {
			return errNotYours()
		}
		act, wrong := readFields(ProposalTable.Describe(action), Answers{"reason": reason})
		if err := wrong.Err(); err != nil {
			return err
		}
		subject := p.subject()
		done, err := proposals.Do(w.Work, &subject, act)
		if err != nil || !done || then == nil {
			return err
		}
		return then(w, p)
	})
}

func (w *work) lockProposal(a models.Actor, publicID string) (proposalRow, error) {
	var p proposalRow
	if !isPublicID(publicID) {
		return p, models.NotFound()
	}
	if err := takeLocked(w.Work, &p, "public_id = ?", publicID); err != nil {
		return p, err
	}
	if w.Side = PartyOf(a, p.BrandID, p.CreatorID); w.Side == "" {
		return p, models.NotFound()
	}
	return p, w.mayAct(a, p.BrandID, p.CreatorID)
}

// createDeal creates the deal. The time zones of both sides were frozen with the offer:
// each side's days end where it said.
func (w *work) createDeal(p proposalRow) (dealRow, error) {
	d := dealRow{
		PublicID: models.NewPublicID(), ProposalID: p.ID, BrandID: p.BrandID, CreatorID: p.CreatorID,
		Terms: p.Terms, Zone: p.Zones.Zone, BrandZone: p.Zones.BrandZone, AgreedAt: w.Now, Version: 1,
	}
	if err := w.Create(&d).Error; err != nil {
		return d, err
	}
	var items []itemRow
	if err := w.Where("proposal_id = ?", p.ID).Order("number").Find(&items).Error; err != nil {
		return d, err
	}
	rows := make([]deliverableRow, len(items))
	for i, it := range items {
		rows[i] = w.newDeliverableRow(d, it)
	}
	return d, w.Create(&rows).Error
}

func (w *work) newDeliverableRow(d dealRow, it itemRow) deliverableRow {
	zone := d.zones().of(models.SideCreator)
	x := deliverableRow{
		DealID: d.ID, Number: it.Number, ContentType: it.ContentType, Format: it.Format, Platform: it.Platform,
		DueOn: it.DueOn, DueAt: it.item().DueOn.EndIn(zone), State: DeliverableTable.States()[0], Version: 1, EnteredAt: w.Now,
	}
	deadline, remindAt := deliverables.FirstClock(workflow.Moments{Entered: w.Now, Agreed: x.dueDay(), Zone: zone})
	x.DeadlineAt, x.RemindAt = &deadline, remindAt
	return x
}

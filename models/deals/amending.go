package deals

import (
	"cmp"
	"slices"

	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/terms"
	"tribemarket/models/workflow/run"
)

// Amendable is a running deal, with its terms in force: other terms may take their place.
type Amendable struct {
	terms.Amending
	NegotiationID int64
	Zones         Zones

	deal dealRow
	last int // the last cycle that begins, 0 for as many as the terms say
}

// LockAmendable reads and locks the deal of a contract that is about to be amended. One that is
// over is a conflict.
func LockAmendable(w *run.Work, dealID int64) (Amendable, error) {
	var d dealRow
	if err := TakeLocked(w, &d, latestUnderContractSQL, dealID); err != nil {
		return Amendable{}, err
	}
	m, running, err := d.amendable(w)
	if err == nil && !running {
		err = models.Conflict("contracts.error.deal_over")
	}
	return m, err
}

// LastCycle is the last cycle that begins if other terms take their place.
func (m Amendable) LastCycle(t terms.Terms) int { return cmp.Or(m.last, t.Cycles()) }

// ContractCase is the agreement that other terms would make of the deal.
func (m Amendable) ContractCase(country string, t terms.Terms) ContractCase {
	return ContractCase{
		BrandID: m.deal.BrandID, CreatorID: m.deal.CreatorID, Country: country, Zone: m.Zones.Of(models.SideCreator), Terms: t,
		Instead: m.deal.ID, AgreedAt: m.deal.AgreedAt, Cycle: m.Cycle, Last: m.last,
	}
}

// amendable is the deal as an amendment may change it; running is false once it is over.
func (r dealRow) amendable(w *run.Work) (m Amendable, running bool, err error) {
	agreed, err := terms.Decode(r.Agreed.Terms)
	if err != nil {
		return m, false, err
	}
	var all []deliverableRow // with those of a cycle that began while the deal's lock was waited for
	err = w.Where("deal_id IN (SELECT id FROM deals WHERE negotiation_id = ? AND cycle >= ?)", r.NegotiationID, r.Cycle).Order("deal_id, number").Find(&all).Error
	if err == nil && slices.ContainsFunc(all, func(x deliverableRow) bool { return x.DealID != r.ID }) {
		err = models.Conflict("contracts.gate.amendable")
	}
	if err != nil {
		return m, false, err
	}
	m = Amendable{NegotiationID: r.NegotiationID, Zones: r.zones(), deal: r}
	m.Cycle = r.Cycle
	m.Today = models.DateOf(w.Now.In(m.Zones.Of(models.SideCreator)))
	m.Due = make([]models.Date, min(len(all), len(agreed.Deliverables)))
	states := make([]State, len(all))
	for i, x := range all {
		if states[i] = x.State; x.isLate(w.Now) {
			if then, ok := DeliverableTable.Default(x.State); ok {
				states[i] = then.To
			}
		}
		if x.Number <= len(m.Due) {
			m.Due[x.Number-1] = x.dueDay()
		}
		if isSettled(states[i]) {
			m.Settled = append(m.Settled, x.Number)
		}
	}
	m.Terms = agreed
	if err := m.readRepetition(w); err != nil {
		return m, false, err
	}
	return m, !StateOfDeal(r.EndedAt != nil, states).Final(), nil
}

// readRepetition reads whether further cycles begin.
func (m *Amendable) readRepetition(w *run.Work) error {
	if !m.Terms.Repeats() {
		return nil
	}
	var r repetitionRow
	err := TakeLocked(w, &r, "negotiation_id = ?", m.NegotiationID)
	if err != nil && models.CodeOf(err) != models.CodeNotFound {
		return err
	}
	switch m.Repeating = r.State == RepetitionRunning; {
	case r.State == RepetitionNoticed:
		m.last = r.LastCycle
	case !m.Repeating:
		m.last = m.Cycle
	}
	return nil
}

// isSettled says whether a deliverable is approved, or further: no amendment changes it.
func isSettled(s State) bool {
	switch s {
	case Waiting, Drafting, Review, Changes:
		return false
	}
	return true
}

// isAmendable answers contracts.AmendableGate. While the deal is held, what would begin or move
// could have no clock.
func isAmendable(w *run.Work, contract run.Ref) (bool, error) {
	am, ok, err := contracts.ReadAmendment(w, contract.ID)
	if err != nil || !ok {
		return err == nil, err
	}
	var d dealRow
	if err := TakeLocked(w, &d, latestUnderContractSQL, am.DealID); err != nil || d.Cycle != am.Cycle { // its days are those of an earlier cycle
		return false, err
	}
	if held, err := isHeld(w, d.ID); err != nil || held {
		return false, cmp.Or(err, models.Conflict("deals.error.held"))
	}
	m, running, err := d.amendable(w)
	if err != nil || !running {
		return false, err
	}
	lines := make([]int, len(am.Terms.Deliverables))
	return len(m.Check(am.Terms, lines)) == 0, nil
}

// amendDeals answers contracts.AmendDeal: a signed amendment takes the place of the contract
// that it changes, and the deals under it follow its terms. Other contracts change nothing.
func amendDeals(w *run.Work, signed []run.Event) error {
	return w.AsSystem(func() error {
		for _, e := range signed {
			am, ok, err := contracts.ReadAmendment(w, e.SubjectID)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			if err := am.CloseAmended(w); err != nil {
				return err
			}
			if err := followAmendment(w, am); err != nil {
				return err
			}
		}
		return nil
	})
}

// followAmendment has the running deal under an amended contract follow its terms. Whatever
// begins under the contract later begins with the terms of the latest deal.
func followAmendment(w *run.Work, am contracts.SignedAmendment) error {
	var d dealRow
	if err := TakeLocked(w, &d, latestUnderContractSQL, am.DealID); err != nil {
		return err
	}
	return d.followTerms(w, am.Terms)
}

// followTerms writes other terms into a deal: their sums, the days of its deliverables and the
// clocks that count from them, and further deliverables.
func (r dealRow) followTerms(w *run.Work, t terms.Terms) error {
	m, _, err := r.amendable(w)
	if err != nil {
		return err
	}
	now := columnsOf(t)
	err = requireOneRow(w.Model(&dealRow{}).Where("id = ? AND ended_at IS NULL AND version = ?", r.ID, r.Version).Updates(map[string]any{
		"terms": now.Terms, "fee_minor": now.FeeMinor, "in_kind_minor": now.InKindMinor, "objective": now.Objective, "open_commission": now.OpenCommission, "version": r.Version + 1,
	}))
	if err != nil {
		return err
	}
	var further []deliverableRow
	for _, x := range m.Changed(t) {
		if x.Number > len(m.Terms.Deliverables) {
			further = append(further, newDeliverableRow(w, r, x, Drafting))
		} else if err := r.moveDeliverable(w, x); err != nil {
			return err
		}
	}
	if len(further) > 0 {
		if err := w.Create(&further).Error; err != nil {
			return err
		}
	}
	root := rootOf(r.NegotiationID)
	return w.Record(run.Event{SubjectKind: dealSubject, SubjectID: r.ID, RootKind: root.Kind, RootID: root.ID, Version: r.Version + 1, Action: ActionAmend}, FollowActivity)
}

// moveDeliverable gives a deliverable another day, from which its clock counts then. A draft
// that the brand is looking at keeps its clock, which does not count from that day.
func (r dealRow) moveDeliverable(w *run.Work, agreed terms.Deliverable) error {
	var x deliverableRow
	if err := w.Where("deal_id = ? AND number = ?", r.ID, agreed.Number).Take(&x).Error; err != nil {
		return err
	}
	zone := r.zones().Of(models.SideCreator)
	subject := x.subject(r)
	subject.Agreed = agreed.DueOn
	if x.State != Review {
		deliverables.CountAnew(w, &subject)
	}
	_, err := deliverables.Do(w, &subject, run.Act{Action: ActionMove, Input: movedDue{agreed.DueOn, agreed.DueOn.EndIn(zone)}})
	return err
}

package deals

import (
	"context"
	"errors"
	"time"

	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/terms"
	"tribemarket/models/workflow/run"
)

// BeginCyclesArgs is the periodic job that begins the cycles whose day has come: see
// Store.BeginCycles.
type BeginCyclesArgs struct{}

// Kind is the job's name, for River.
func (BeginCyclesArgs) Kind() string { return "deals.begin_cycles" }

// cyclesBatch limits how many repetitions are looked up at once.
const cyclesBatch = 200

// BeginCycles begins every cycle whose day has come, and counts them. Each is a transaction of
// its own that checks again what it does, so that it may run twice, on two nodes, or be
// interrupted; what was missed meanwhile follows. One that fails does not affect the others.
func (s *Store) BeginCycles(ctx context.Context) (n int, err error) {
	var errs []error
	for after := int64(0); ctx.Err() == nil; {
		var due []repetitionRow
		err := s.db.Read(ctx).Where("begins_at <= ? AND id > ?", s.now(), after).Order("id").Limit(cyclesBatch).Find(&due).Error
		if err != nil || len(due) == 0 {
			return n, errors.Join(append(errs, err)...)
		}
		for _, r := range due {
			for begun := true; begun && ctx.Err() == nil; {
				begun = false
				err := s.engine.DoAsSystem(ctx, func(w *run.Work) (err error) {
					begun, err = beginCycle(w, r.NegotiationID)
					return err
				})
				if err != nil {
					errs, begun = append(errs, err), false
				} else if begun {
					n++
				}
			}
			after = r.ID
		}
	}
	return n, errors.Join(append(errs, ctx.Err())...)
}

// beginCycle begins the next cycle of a negotiation if its day has come and nothing stands in
// the way.
func beginCycle(w *run.Work, negotiationID int64) (bool, error) {
	var latest dealRow
	err := TakeLocked(w, &latest, "id = (SELECT id FROM deals WHERE negotiation_id = ? ORDER BY cycle DESC LIMIT 1)", negotiationID)
	if err != nil {
		return false, err
	}
	s, err := lockSeries(w, negotiationID)
	if err != nil || !s.State.GoesOn() || s.Begun != latest.Cycle || len(s.deals) != s.Begun { // another node was faster
		return false, err
	}
	cycle := s.Begun + 1
	begins := s.beginOf(cycle, s.lastCycle())
	if begins == nil {
		return false, stopRepetition(w, negotiationID)
	}
	if w.Now.Before(*begins) { // the job was asked to look when
		return false, w.Model(&repetitionRow{}).Where("id = ?", s.ID).Update("begins_at", begins).Error
	}
	switch gone, held, err := s.obstacles(w); {
	case err != nil || held:
		return false, err
	case gone:
		return false, stopRepetition(w, negotiationID, SideGone)
	}
	return true, s.begin(w, cycle, *begins)
}

// obstacles say whether a side is gone, with which nothing begins any more, or whether the
// next cycle has to wait: for the contract of the first, or for a side that cannot act.
func (s series) obstacles(w *run.Work) (gone, held bool, err error) {
	first := s.deals[0]
	open, err := contracts.IsWorkOpen(w, first.ID)
	if err != nil || !open {
		return false, true, err
	}
	return readSides(w, first)
}

// begin begins a cycle that should have begun at a moment. If it is late, its due days move by
// as many days, without those for which only the creator kept the contract waiting, and so do
// the cycles after it, so that what was missed follows month by month.
func (s series) begin(w *run.Work, cycle int, due time.Time) error {
	next := terms.NextCycle(s.terms)
	latest := s.deals[len(s.deals)-1]
	d := dealRow{
		PublicID: models.NewPublicID(), NegotiationID: latest.NegotiationID, Negotiation: latest.Negotiation, Cycle: cycle, BrandID: latest.BrandID, CreatorID: latest.CreatorID,
		Agreed: columnsOf(next), Zone: latest.Zone, BrandZone: latest.BrandZone, AgreedAt: w.Now, Version: 1,
	}
	if err := w.Create(&d).Error; err != nil {
		return err
	}
	before, err := deliverablesOf(w, latest.ID)
	if err != nil {
		return err
	}
	late, err := s.daysLate(w, due)
	if err != nil {
		return err
	}
	moved, rows := s.movedDays(latest, before), make([]deliverableRow, len(next.Deliverables))
	for i, x := range next.Deliverables {
		x.DueOn = x.DueOn.AddDays(moved[x.Number] + late)
		rows[i] = newDeliverableRow(w, d, x, Drafting)
	}
	if err := w.Create(&rows).Error; err != nil {
		return err
	}
	s.LateDays += late
	follows := s.beginOf(cycle+1, s.lastCycle())
	subject := s.subject(s.zone())
	_, err = repetitions.Do(w, &subject, run.Act{Action: ActionBeginCycle, Input: repetitionStep{begun: cycle, late: s.LateDays, beginsAt: follows}, Holds: holdsFor(follows)})
	return err
}

// daysLate is by how many days a cycle begins late.
func (s series) daysLate(w *run.Work, due time.Time) (int, error) {
	first := s.deals[0]
	signed, shut, err := contracts.SignedAfter(w, first.ID, due)
	if err != nil {
		return 0, err
	}
	from := due
	if byCreator := signed.Sub(due) - shut; !signed.IsZero() && byCreator > 0 {
		from = from.Add(byCreator)
	}
	return s.dayOf(w.Now).DaysFrom(s.dayOf(from)), nil
}

package deals

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/contracts"
	"tribemarket/models/creators"
	"tribemarket/models/workflow"
	"tribemarket/models/workflow/run"
)

// awayReason is why the clocks of a held deal stand still, in workflow_holds.
const awayReason = "away"

// ReadAbsence says why a party cannot act for now, if it cannot.
func ReadAbsence(q *gorm.DB, p contracts.Party) (models.Absence, error) {
	read := creators.AbsentCreators
	if p.Side == models.SideBrand {
		read = accounts.AbsentBrands
	}
	away, err := read(q, []int64{p.ID})
	return away[p.ID], err
}

// ReadAbsentParties lists all parties that cannot act for now.
func ReadAbsentParties(q *gorm.DB) (map[contracts.Party]models.Absence, error) {
	all := map[contracts.Party]models.Absence{}
	brands, err := accounts.AbsentBrands(q, nil)
	for id, away := range brands {
		all[contracts.Party{Side: models.SideBrand, ID: id}] = away
	}
	if err != nil {
		return all, err
	}
	people, err := creators.AbsentCreators(q, nil)
	for id, away := range people {
		all[contracts.Party{Side: models.SideCreator, ID: id}] = away
	}
	return all, err
}

// IsPartyAway says whether one of two parties cannot act for now, so that nothing new begins
// between them.
func IsPartyAway(w *run.Work, brandID, creatorID int64) (bool, error) {
	for _, p := range []contracts.Party{{Side: models.SideBrand, ID: brandID}, {Side: models.SideCreator, ID: creatorID}} {
		if away, err := ReadAbsence(w.DB, p); err != nil || away.IsAway() {
			return err == nil, err
		}
	}
	return false, nil
}

// LockDealsOf locks the running deals of a party with their contracts until the transaction
// ends, before the party itself is locked: what is done in a deal locks the deal first.
func LockDealsOf(w *run.Work, p contracts.Party) error {
	if err := contracts.LockContractsOf(w, p); err != nil {
		return err
	}
	var ids []int64
	return w.Model(&dealRow{}).Clauses(clause.Locking{Strength: "UPDATE"}).Where(p.Column()+" = ? AND ended_at IS NULL AND "+runningSQL, p.ID).Order("id").Pluck("id", &ids).Error
}

// FollowAbsence holds the running deals of a party that cannot act, and releases those of one
// that can again.
func FollowAbsence(w *run.Work, p contracts.Party, away models.Absence) error {
	var ids []int64
	if err := w.Model(&dealRow{}).Where(p.Column()+" = ? AND ended_at IS NULL AND "+runningSQL, p.ID).Order("id").Pluck("id", &ids).Error; err != nil {
		return err
	}
	for _, id := range ids {
		d, err := lockDealForHold(w, "id = ?", id)
		if err != nil {
			return err
		}
		if err := followAbsence(w, d, p.Side, away); err != nil {
			return err
		}
	}
	return nil
}

// lockDealForHold locks a deal after its contracts, as the verbs that end one do.
func lockDealForHold(w *run.Work, where string, arg any) (d dealRow, err error) {
	var found dealRow
	if err = w.Where(where, arg).Take(&found).Error; err != nil {
		return d, err
	}
	if err = contracts.LockContracts(w, found.NegotiationID); err != nil {
		return d, err
	}
	return d, TakeLocked(w, &d, "id = ?", found.ID)
}

func followAbsence(w *run.Work, d dealRow, side models.Side, away models.Absence) error {
	open, err := openHoldsOf(w.DB, d.ID)
	if err != nil || d.EndedAt != nil {
		return err
	}
	i := slices.IndexFunc(open, func(r holdRow) bool { return r.Side == side })
	switch {
	case away.IsAway() && i < 0:
		return beginHold(w, d, side, away)
	case away.IsAway():
		s := open[i].subject(d)
		return followLeaving(w, &s, away)
	case i >= 0:
		return releaseHold(w, d, open[i], len(open) == 1)
	}
	return nil
}

// beginHold stops all clocks of a deal. What was overdue before happens first.
func beginHold(w *run.Work, d dealRow, side models.Side, away models.Absence) error {
	_, states, err := (&work{w}).overdueApplied(d)
	if err != nil || StateOfDeal(false, states).Final() {
		return err
	}
	zone := d.zones().Of(side.Other())
	until := models.DateOf(w.Now.In(zone)).AddDays(HoldDays)
	deadline, remindAt := holds.FirstClock(HoldRuns, workflow.Moments{Entered: w.Now, Agreed: until, Zone: zone})
	r := holdRow{DealID: d.ID, Side: side, State: HoldRuns, Version: 1, BeganAt: w.Now, UntilAt: until.EndIn(zone), EnteredAt: w.Now, DeadlineAt: &deadline, RemindAt: remindAt}
	if err := w.Create(&r).Error; err != nil {
		return err
	}
	root := rootOf(d.NegotiationID)
	err = w.Record(run.Event{
		SubjectKind: HoldTable.Subject, SubjectID: r.ID, RootKind: root.Kind, RootID: root.ID, Version: 1, Action: ActionHold, ToState: string(HoldRuns), Note: until.String(),
	}, workflow.Notify)
	if err != nil {
		return err
	}
	s := r.subject(d)
	if err := followLeaving(w, &s, away); err != nil {
		return err
	}
	return holdClocks(w, d)
}

// followLeaving writes down whether the side that is away leaves for good.
func followLeaving(w *run.Work, s *run.Subject[HoldState], away models.Absence) error {
	action := ActionLeave
	switch {
	case away.Leaving == s.State.IsLeaving():
		return nil
	case !away.Leaving:
		action = ActionStay
	}
	_, err := holds.Do(w, s, run.Act{Action: action})
	return err
}

func holdClocks(w *run.Work, d dealRow) error {
	all, err := deliverablesOf(w, d.ID)
	if err != nil {
		return err
	}
	for _, x := range all {
		if s := x.subject(d); x.DeadlineAt != nil {
			if err := deliverables.Hold(w, &s, awayReason); err != nil {
				return err
			}
		}
	}
	return holdContracts(w, d)
}

func deliverablesOf(w *run.Work, dealID int64) (all []deliverableRow, err error) {
	err = w.Where("deal_id = ?", dealID).Order("number").Find(&all).Error
	return all, err
}

// releaseHold ends a hold. The clocks go on once the last one has ended.
func releaseHold(w *run.Work, d dealRow, r holdRow, last bool) error {
	s := r.subject(d)
	s.Deadline = nil // nothing is overdue any more
	if _, err := holds.Do(w, &s, run.Act{Action: ActionRelease}); err != nil || !last {
		return err
	}
	since, err := heldSince(w, d)
	if err != nil {
		return err
	}
	return releaseClocks(w, d, since)
}

// heldSince is when the clocks of a deal stopped: with the first of holds that overlap.
func heldSince(w *run.Work, d dealRow) (since time.Time, err error) {
	var ended []holdRow
	err = w.Where("deal_id = ? AND ended_at IS NOT NULL", d.ID).Order("ended_at DESC, id").Find(&ended).Error
	for _, r := range ended {
		if since.IsZero() || r.BeganAt.Before(since) && !r.EndedAt.Before(since) {
			since = r.BeganAt
		}
	}
	return since, err
}

// releaseClocks starts the clocks of a deal again. The time for which they stood still is
// added to the deadlines and to the due days of what is not published yet; due days of work
// that waits for the contract move once it begins.
func releaseClocks(w *run.Work, d dealRow, since time.Time) error {
	all, err := deliverablesOf(w, d.ID)
	if err != nil {
		return err
	}
	inAll, err := timeHeld(w, d.ID)
	if err != nil {
		return err
	}
	held := w.Now.Sub(since)
	days := workflow.DaysHeld(inAll-held, held)
	for _, x := range all {
		s := x.subject(d)
		if err := deliverables.Release(w, &s); err != nil {
			return err
		}
		if x.DeadlineAt == nil || x.State == Waiting {
			continue
		}
		if err := w.Model(&deliverableRow{}).Where("id = ?", x.ID).Update("held_days", x.HeldDays+days).Error; err != nil {
			return err
		}
	}
	return releaseContracts(w, d)
}

// holdContracts stops the clocks of the contracts under which a deal runs: those of the first
// deal of a repetition.
func holdContracts(w *run.Work, d dealRow) error {
	first, err := firstCycle(w, d)
	if err != nil {
		return err
	}
	return contracts.HoldClocks(w, first.ID, awayReason)
}

// releaseContracts starts them again once no deal that runs under them is held.
func releaseContracts(w *run.Work, d dealRow) error {
	var held int64
	err := w.Model(&holdRow{}).Where("ended_at IS NULL AND deal_id IN (SELECT id FROM deals WHERE negotiation_id = ?)", d.NegotiationID).Count(&held).Error
	if err != nil || held > 0 {
		return err
	}
	first, err := firstCycle(w, d)
	if err != nil {
		return err
	}
	return contracts.ReleaseClocks(w, first.ID)
}

// closeHolds ends the holds of a deal that is over.
func closeHolds(w *run.Work, d dealRow) error {
	open, err := openHoldsOf(w.DB, d.ID)
	if err != nil || len(open) == 0 {
		return err
	}
	return w.AsSystem(func() error {
		for _, r := range open {
			s := r.subject(d)
			s.Deadline = nil
			if _, err := holds.Do(w, &s, run.Act{Action: ActionClose}); err != nil {
				return err
			}
		}
		all, err := deliverablesOf(w, d.ID)
		if err != nil {
			return err
		}
		for _, x := range all {
			s := x.subject(d)
			if err := deliverables.Release(w, &s); err != nil {
				return err
			}
		}
		return releaseContracts(w, d)
	})
}

// CloseHoldsOfFinished ends the holds of deals that were completed meanwhile.
func CloseHoldsOfFinished(w *run.Work) error {
	var ids []int64
	err := w.Model(&dealRow{}).Where("id IN (SELECT deal_id FROM deal_holds WHERE ended_at IS NULL) AND NOT "+runningSQL).Order("id").Pluck("id", &ids).Error
	if err != nil {
		return err
	}
	for _, id := range ids {
		d, err := lockDealForHold(w, "id = ?", id)
		if err == nil {
			err = closeHolds(w, d)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// endParted answers EndParted: the deal of a side that leaves ends, at nobody's fault.
func endParted(w *run.Work, over []run.Event) error {
	for _, e := range over {
		var r holdRow
		if err := w.Take(&r, e.SubjectID).Error; err != nil {
			return err
		}
		d, err := lockDealForHold(w, "id = ?", r.DealID)
		if err != nil {
			return err
		}
		if d.EndedAt != nil {
			continue
		}
		err = w.AsSystem(func() error { return (&work{w}).part(d) })
		if err != nil {
			return err
		}
	}
	return nil
}

// ShortenHolds lets the other sides of a party's held deals end them without fault after an
// earlier day, in their own time zones; n counts the deals for which it is earlier.
func ShortenHolds(w *run.Work, p contracts.Party, until models.Date) (n int, err error) {
	var rows []holdRow
	err = w.Where("side = ? AND state IN ? AND deal_id IN (SELECT id FROM deals WHERE "+p.Column()+" = ?)", p.Side, []HoldState{HoldRuns, HoldLeaving}, p.ID).Order("deal_id").Find(&rows).Error
	if err != nil {
		return 0, err
	}
	for _, r := range rows {
		d, err := lockDealForHold(w, "id = ?", r.DealID)
		if err != nil {
			return n, err
		}
		if err := TakeLocked(w, &r, "id = ?", r.ID); err != nil {
			return n, err
		}
		s := r.subject(d)
		if !r.State.IsOpen() || r.DeadlineAt == nil || !until.Before(s.Agreed) || !w.Now.Before(*r.DeadlineAt) {
			continue
		}
		s.Agreed = until
		if _, err := holds.Do(w, &s, run.Act{Action: ActionShorten, Note: until.String()}); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// HeldDeals says how many deals of a party are held because it cannot act, and the last day
// on which another side still has to wait; the zero Date if each may end.
type HeldDeals struct {
	N       int
	Waiting int // of them, those in which the other side has still to wait
	LastDay models.Date
}

// ReadHeldDeals reads it for an administrator.
func (s *Store) ReadHeldDeals(ctx context.Context, a models.Actor, p contracts.Party) (held HeldDeals, err error) {
	if !a.Administers() {
		return held, models.NotFound()
	}
	var rows []struct {
		Row   holdRow `gorm:"embedded"`
		Zones Zones   `gorm:"embedded"`
	}
	err = s.db.Read(ctx).Raw(heldDealsSQL+p.Column()+" = ?", p.Side, p.ID).Scan(&rows).Error
	for _, r := range rows {
		held.N++
		if s.now().Before(r.Row.UntilAt) {
			held.Waiting++
			if day := r.Row.hold().LastDay(r.Zones.Of(p.Side.Other())); held.LastDay.Before(day) {
				held.LastDay = day
			}
		}
	}
	return held, err
}

// ListHeldParties lists the parties because of which deals are held.
func (s *Store) ListHeldParties(ctx context.Context) (all []contracts.Party, err error) {
	err = s.db.Read(ctx).Raw(heldPartiesSQL).Scan(&all).Error
	return all, err
}

// HasUnheldDeals says whether a party has a running deal that is not held because of it.
func (s *Store) HasUnheldDeals(ctx context.Context, p contracts.Party) (bool, error) {
	var n int64
	err := s.db.Read(ctx).Model(&dealRow{}).Where(p.Column()+" = ? AND ended_at IS NULL AND "+runningSQL, p.ID).
		Where("NOT EXISTS (SELECT 1 FROM deal_holds h WHERE h.deal_id = deals.id AND h.ended_at IS NULL AND h.side = ?)", p.Side).Count(&n).Error
	return n > 0, err
}

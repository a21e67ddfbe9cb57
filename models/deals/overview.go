package deals

import (
	"cmp"
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
)

// Standing is how many of the actor's deals stand at a state.
type Standing struct {
	State   DealState
	Deals   int
	Waiting int            // of them, those in which something waits for the actor
	Worth   []models.Money // fees and values in kind, a sum for each currency
}

// Overview counts the actor's running deals by state, in the order of the
// states: one query. States without a deal are there too.
func (s *Store) Overview(ctx context.Context, a models.Actor) ([]Standing, error) {
	q, ok := s.own(ctx, a)
	if !ok {
		return nil, nil
	}
	var rows []struct {
		ID                    int64
		FeeMinor, InKindMinor int64
		Currency              string
		State                 State
	}
	err := q.Table("deals").Joins("JOIN deliverables y ON y.deal_id = deals.id").Where(running).
		Select("deals.id, deals.fee_minor, deals.in_kind_minor, deals.currency, y.state").Order("deals.id").Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	var all []Standing
	for _, state := range DealStates() {
		if !state.Final() {
			all = append(all, Standing{State: state})
		}
	}
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].ID == rows[0].ID {
			n++
		}
		states, waits := make([]State, n), false
		for i, r := range rows[:n] {
			states[i] = r.State
			waits = waits || DeliverableTable.Rule(r.State).Waits == a.Side()
		}
		state := StateOfDeal(false, states)
		if i := slices.IndexFunc(all, func(s Standing) bool { return s.State == state }); i >= 0 {
			all[i].add(models.Money{Minor: rows[0].FeeMinor + rows[0].InKindMinor, Currency: rows[0].Currency}, waits)
		}
		rows = rows[n:]
	}
	return all, nil
}

func (s *Standing) add(worth models.Money, waits bool) {
	s.Deals++
	if waits {
		s.Waiting++
	}
	for i := range s.Worth {
		if sum, err := s.Worth[i].Add(worth); err == nil {
			s.Worth[i] = sum
			return
		}
	}
	s.Worth = append(s.Worth, worth)
}

// own starts a query from the party that the actor is.
func (s *Store) own(ctx context.Context, a models.Actor) (*gorm.DB, bool) {
	switch a.Side() {
	case models.SideBrand:
		return s.db.Read(ctx).Where("brand_id = ?", a.BrandID), true
	case models.SideCreator:
		return s.db.Read(ctx).Where("creator_id = ?", a.CreatorID), true
	}
	return nil, false
}

// Elsewhere lists what waits for the other sides, the soonest first, at most
// so many. Wait.With is who has to act.
func (s *Store) Elsewhere(ctx context.Context, a models.Actor, now time.Time, most int) ([]Wait, error) {
	q, ok := s.own(ctx, a)
	if !ok {
		return nil, nil
	}
	var theirs []State
	for _, st := range DeliverableTable.States() {
		if w := DeliverableTable.Rule(st).Waits; w != "" && w != a.Side() {
			theirs = append(theirs, st)
		}
	}
	var rows []waitingRow
	err := q.Model(&deliverableRow{}).Joins("JOIN deals ON deals.id = deliverables.deal_id").
		Where("deliverables.state IN ? AND deliverables.deadline_at > ?", theirs, now).
		Select(waitingColumns).Order("deliverables.deadline_at, deliverables.id").Limit(most).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	waits, err := s.waits(ctx, a, rows, now)
	if err != nil {
		return nil, err
	}
	open, err := s.unanswered(ctx, a, now, most)
	waits = append(waits, open...)
	slices.SortStableFunc(waits, func(x, y Wait) int { return cmp.Or(x.Due.Compare(y.Due), cmp.Compare(x.Deal, y.Deal)) })
	return waits[:min(most, len(waits))], err
}

// unanswered are the proposals that a brand waits for.
func (s *Store) unanswered(ctx context.Context, a models.Actor, now time.Time, most int) ([]Wait, error) {
	if a.Side() != models.SideBrand {
		return nil, nil
	}
	var rows []proposalRow
	err := s.db.Read(ctx).Where("brand_id = ? AND state = ? AND expires_at > ?", a.BrandID, Open, now).
		Order("expires_at, id").Limit(most).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	ps, err := s.proposals(ctx, rows)
	waits := make([]Wait, len(ps))
	for i, p := range ps {
		waits[i] = Wait{
			Proposal: p.PublicID, Product: p.Terms.Product, With: p.Creator, Todo: Open.TodoKey(), Otherwise: Open.OtherwiseKey(),
			Since: p.SentAt, Due: p.ExpiresAt, Deadline: p.ExpiresAt,
		}
	}
	return waits, err
}

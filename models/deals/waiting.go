package deals

import (
	"cmp"
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
)

// Wait is something that waits for the actor.
type Wait struct {
	Proposal  string // public id; "" when it is about a deliverable
	Deal      string // public id; "" when it is about a proposal
	Item      Item   // the deliverable
	State     State  // of the deliverable
	Product   string
	With      Party // the other side
	Todo      string
	Otherwise string    // text's key, with the placeholder deadline
	Since     time.Time // when it began to wait
	Due       time.Time // until when the actor should act
	Deadline  time.Time // when the default outcome applies
	Overdue   bool      // Due has passed
	MayEnd    bool      // it is the other side that is late: the actor may end the deal
}

// maxWaits bounds a dashboard; WaitingCount says how many there are.
const maxWaits = 200

// Waiting lists what waits for the actor, the most urgent first.
func (s *Store) Waiting(ctx context.Context, a models.Actor, now time.Time) ([]Wait, error) {
	if !a.SignedIn() {
		return nil, models.SignInFirst()
	}
	waits, err := s.waitingProposals(ctx, a, now)
	if err != nil {
		return nil, err
	}
	more, err := s.waitingDeliverables(ctx, a, now)
	waits = append(waits, more...)
	slices.SortStableFunc(waits, func(x, y Wait) int {
		return cmp.Or(x.Due.Compare(y.Due), cmp.Compare(x.Deal, y.Deal), cmp.Compare(x.Item.Number, y.Item.Number))
	})
	return waits, err
}

// WaitingCount is how many there are, in one query.
func (s *Store) WaitingCount(ctx context.Context, a models.Actor, now time.Time) (int, error) {
	deliverables, ok := s.forActor(ctx, a, now)
	if !ok {
		return 0, nil
	}
	q := s.db.Read(ctx)
	deliverables = deliverables.Select("count(*)")
	var n int
	var err error
	if a.Side() == models.SideCreator {
		proposals := s.openFor(ctx, a, now).Select("count(*)")
		err = q.Raw("SELECT (?) + (?)", deliverables, proposals).Scan(&n).Error
	} else {
		err = q.Raw("SELECT (?)", deliverables).Scan(&n).Error
	}
	return n, err
}

func (s *Store) openFor(ctx context.Context, a models.Actor, now time.Time) *gorm.DB {
	return s.db.Read(ctx).Model(&proposalRow{}).Where("creator_id = ? AND state = ? AND expires_at > ?", a.CreatorID, Open, now)
}

func (s *Store) waitingProposals(ctx context.Context, a models.Actor, now time.Time) ([]Wait, error) {
	if a.Side() != models.SideCreator {
		return nil, nil
	}
	var rows []proposalRow
	if err := s.openFor(ctx, a, now).Order("expires_at, id").Limit(maxWaits).Find(&rows).Error; err != nil {
		return nil, err
	}
	ps, err := s.proposals(ctx, rows)
	waits := make([]Wait, len(ps))
	for i, p := range ps {
		waits[i] = Wait{
			Proposal: p.PublicID, Product: p.Terms.Product, With: p.Brand, Todo: Open.TodoKey(), Otherwise: Open.OtherwiseKey(),
			Since: p.SentAt, Due: p.ExpiresAt, Deadline: p.ExpiresAt,
		}
	}
	return waits, err
}

// forActor asks for the deliverables that wait for the actor: those in a state
// that waits for the actor's side, unless its time is over and the sweep is
// about to come, and those that the other side is late with.
func (s *Store) forActor(ctx context.Context, a models.Actor, now time.Time) (*gorm.DB, bool) {
	side := a.Side()
	own, id := "deals.creator_id = ?", a.CreatorID
	switch side {
	case models.SideBrand:
		own, id = "deals.brand_id = ?", a.BrandID
	case models.SideCreator:
	default:
		return nil, false
	}
	var patient, strict, mayEnd []State
	for _, st := range DeliverableTable.States() {
		switch rule := DeliverableTable.Rule(st); {
		case rule.Waits == side && rule.AtDeadline == "":
			patient = append(patient, st)
		case rule.Waits == side:
			strict = append(strict, st)
		case slices.Contains(DeliverableTable.MayEndLate(st), side):
			mayEnd = append(mayEnd, st)
		}
	}
	return s.db.Read(ctx).Model(&deliverableRow{}).Joins("JOIN deals ON deals.id = deliverables.deal_id").Where(own, id).
		Where("(deliverables.state IN ? OR (deliverables.state IN ? AND deliverables.deadline_at > ?) OR (deliverables.state IN ? AND deliverables.deadline_at <= ?))",
			orNone(patient), orNone(strict), now, orNone(mayEnd), now), true
}

// orNone keeps an empty list from becoming the NULL that no index likes.
func orNone(states []State) []State {
	if len(states) == 0 {
		return []State{""}
	}
	return states
}

func (s *Store) waitingDeliverables(ctx context.Context, a models.Actor, now time.Time) ([]Wait, error) {
	q, ok := s.forActor(ctx, a, now)
	if !ok {
		return nil, nil
	}
	var rows []waitingRow
	err := q.Select(waitingColumns).Order("deliverables.deadline_at, deliverables.id").Limit(maxWaits).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	return s.waits(ctx, a, rows, now)
}

// waitingRow is a deliverable with what is needed of its deal.
type waitingRow struct {
	Row          deliverableRow `gorm:"embedded"`
	DealPublicID string
	Product      string
	BrandID      int64
	CreatorID    int64
}

const waitingColumns = "deliverables.*, deals.public_id AS deal_public_id, deals.product, deals.brand_id, deals.creator_id"

// waits fills rows with the parties.
func (s *Store) waits(ctx context.Context, a models.Actor, rows []waitingRow, now time.Time) ([]Wait, error) {
	var brands, creators []int64
	for _, r := range rows {
		brands, creators = append(brands, r.BrandID), append(creators, r.CreatorID)
	}
	who, err := s.parties(ctx, brands, creators)
	if err != nil {
		return nil, err
	}
	waits := make([]Wait, len(rows))
	for i, r := range rows {
		x := r.Row.deliverable()
		waits[i] = Wait{
			Deal: r.DealPublicID, Item: x.Item, State: x.State, Product: r.Product, With: who.creators[r.CreatorID],
			Todo: x.State.TodoKey(), Otherwise: x.State.OtherwiseKey(), Since: x.EnteredAt, Due: x.DueNow(), Deadline: *x.DeadlineAt,
			Overdue: !now.Before(x.DueNow()),
		}
		if a.Side() == models.SideCreator {
			waits[i].With = who.brands[r.BrandID]
		}
		if x.Waits() != a.Side() && x.Late(now) {
			waits[i].MayEnd, waits[i].Since = true, *x.DeadlineAt
			waits[i].Todo = "deals.todo.late"
		}
	}
	return waits, nil
}

package deals

import (
	"cmp"
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/workflow"
)

// Board is what one side's dashboard shows.
type Board struct {
	Waiting         []Wait // for the actor, the earliest due first
	WaitingOnOthers []Wait // for the other sides, the earliest due first; Wait.With is who has to act
	Standings       []Standing
}

// Sort puts the earliest due first.
func (b *Board) Sort() {
	for _, waits := range [][]Wait{b.Waiting, b.WaitingOnOthers} {
		slices.SortStableFunc(waits, func(x, y Wait) int {
			return cmp.Or(x.Due.Compare(y.Due), cmp.Compare(x.Deal, y.Deal), cmp.Compare(x.Item.Number, y.Item.Number))
		})
	}
}

// Standing counts the actor's running deals in one state.
type Standing struct {
	State   DealState
	Deals   int
	Waiting int            // those in which something waits for the actor
	Worth   []models.Money // fees and values in kind, one sum per currency
}

// RunningWork is the deliverables of an actor that wait for a side.
type RunningWork struct{ rows []runningRow }

// ReadRunningWork reads them, in one query.
func (s *Store) ReadRunningWork(ctx context.Context, a models.Actor) (RunningWork, error) {
	if !a.SignedIn() {
		return RunningWork{}, models.SignInRequired()
	}
	if a.Side() == "" {
		return RunningWork{}, nil
	}
	rows, err := s.runningDeliverables(ctx, a)
	return RunningWork{rows}, err
}

// PartyIDs are the brands and creators whose deals they are of.
func (r RunningWork) PartyIDs() (brands, creators []int64) {
	for _, x := range r.rows {
		brands, creators = append(brands, x.BrandID), append(creators, x.CreatorID)
	}
	return brands, creators
}

// Board says which of them wait for whom, and which states their deals are in. Contracts that
// can be signed count among what waits in a deal.
func (r RunningWork) Board(a models.Actor, who Parties, signing []contracts.OpenContract, now time.Time) Board {
	if a.Side() == "" {
		return Board{}
	}
	mine := map[string]bool{}
	for _, c := range signing {
		mine[c.Deal] = mine[c.Deal] || c.Mine
	}
	b := Board{Standings: countStandings(a, r.rows, mine, now)}
	for i, x := range r.rows {
		shown := x.deliverable(a.Side())
		switch again := i > 0 && r.rows[i-1].Row.DealID == x.Row.DealID; {
		case shown.IsHeld() && again: // its deal has a line
		case shown.IsHeld():
			b.addHeld(x.held(a, who, now))
		default:
			b.addWait(a, x.wait(a, who, now), shown, now)
		}
	}
	return b
}

// addHeld adds a deal that is held: it waits for the actor once they may end it.
func (b *Board) addHeld(w Wait) {
	if w.Away {
		b.Waiting = append(b.Waiting, w)
	} else {
		b.WaitingOnOthers = append(b.WaitingOnOthers, w)
	}
}

// addWait adds a wait to the right list. A wait whose time is over and whose outcome
// comes by itself belongs to none: the sweep is about to apply it.
func (b *Board) addWait(a models.Actor, w Wait, x Deliverable, now time.Time) {
	switch {
	case x.Waits() == workflow.BothSides: // the contract says who
	case WaitsFor(a.Side(), x, now):
		b.Waiting = append(b.Waiting, w)
	case x.Waits() != a.Side() && !x.Late(now):
		b.WaitingOnOthers = append(b.WaitingOnOthers, w)
	}
}

// WaitsFor says whether a deliverable waits for a side: because that side has to act, or
// because the other side is late and the deal may be ended for it. Before the work begins it
// is the contract that waits. Of a held deal nothing waits but the way out of it. WaitingCount asks the same question in SQL.
func WaitsFor(side models.Side, x Deliverable, now time.Time) bool {
	rule := DeliverableTable.Rule(x.State)
	switch {
	case x.IsHeld():
		return mayPart(x.Holds, side, now)
	case rule.Waits == workflow.BothSides:
		return false
	case rule.Waits == side:
		return rule.AtDeadline == "" || !x.Late(now)
	}
	return x.Late(now) && slices.Contains(DeliverableTable.SidesWhenLate(x.State), side)
}

// runningRow is a deliverable that waits for a side, with what is needed of its deal.
type runningRow struct {
	Row          deliverableRow `gorm:"embedded"`
	DealPublicID string
	Agreed       agreedColumns `gorm:"embedded"`
	Cycle        int
	BrandID      int64
	CreatorID    int64
	Zones        Zones `gorm:"embedded"`

	// Until when the deal is held because the other side, or the actor's own, cannot act.
	OtherUntil, OwnUntil *time.Time
	OtherState, OwnState *HoldState
	OtherEnds            *time.Time
}

func (r runningRow) deliverable(side models.Side) Deliverable {
	x := r.Row.deliverable(r.Zones)
	if r.OtherUntil != nil {
		x.Holds = append(x.Holds, holdRow{Side: side.Other(), State: *r.OtherState, UntilAt: *r.OtherUntil, DeadlineAt: r.OtherEnds}.hold())
	}
	if r.OwnUntil != nil {
		x.Holds = append(x.Holds, holdRow{Side: side, State: *r.OwnState, UntilAt: *r.OwnUntil}.hold())
	}
	return x
}

func (s *Store) runningDeliverables(ctx context.Context, a models.Actor) ([]runningRow, error) {
	var rows []runningRow
	err := OwnedBy(s.db.Read(ctx), a).Model(&deliverableRow{}).Joins("JOIN deals ON deals.id = deliverables.deal_id").
		Joins("LEFT JOIN deal_holds theirs ON theirs.deal_id = deals.id AND theirs.ended_at IS NULL AND theirs.side <> ?", a.Side()).
		Joins("LEFT JOIN deal_holds own ON own.deal_id = deals.id AND own.ended_at IS NULL AND own.side = ?", a.Side()).
		Where("deliverables.deadline_at IS NOT NULL").
		Select("deliverables.id", "deliverables.deal_id", "number", "content_type", "format", "platform", "due_on", "due_at", "held_days", "deliverables.state", "deliverables.entered_at", "deliverables.deadline_at",
			"deals.public_id AS deal_public_id", "cycle", "product", "fee_minor", "currency", "in_kind_minor", "brand_id", "creator_id", "zone", "brand_zone",
			"theirs.until_at AS other_until", "theirs.state AS other_state", "theirs.deadline_at AS other_ends", "own.until_at AS own_until", "own.state AS own_state").
		Order("deliverables.deal_id, number").Find(&rows).Error
	return rows, err
}

// OwnedBy narrows a query to the rows of the party that the actor is.
func OwnedBy(q *gorm.DB, a models.Actor) *gorm.DB {
	if a.Side() == models.SideBrand {
		return q.Where("brand_id = ?", a.BrandID)
	}
	return q.Where("creator_id = ?", a.CreatorID)
}

func (r runningRow) wait(a models.Actor, who Parties, now time.Time) Wait {
	x := r.deliverable(a.Side())
	w := Wait{
		Deal: r.DealPublicID, Item: x.Item, State: x.State, Product: r.Agreed.Product, Cycle: r.Cycle, With: who.Other(a, r.BrandID, r.CreatorID),
		Todo: x.State.TodoKey(), Otherwise: x.State.OtherwiseKey(), Since: x.EnteredAt, Due: x.DueNow(), Deadline: *x.DeadlineAt,
		Overdue: !now.Before(x.DueNow()),
	}
	if x.Waits() != a.Side() && x.Late(now) {
		w.MayEnd, w.Since, w.Todo = true, *x.DeadlineAt, "deals.todo.late"
	}
	return w
}

// held is the wait of a deal that is held, until the side that waits may end it.
func (r runningRow) held(a models.Actor, who Parties, now time.Time) Wait {
	x := r.deliverable(a.Side())
	h := x.Holds[0] // the other side's comes first: it is what the actor waits for
	return Wait{
		Deal: r.DealPublicID, Item: x.Item, State: x.State, Product: r.Agreed.Product, Cycle: r.Cycle,
		With: who.Other(a, r.BrandID, r.CreatorID), Own: who.own(a, r.BrandID, r.CreatorID), OwnSide: a.Side(), Zones: r.Zones,
		Hold: &h, Away: mayPart(x.Holds, a.Side(), now), Since: h.Until, Due: h.Until, Deadline: h.Until,
	}
}

// countStandings counts running deals by state, in the order of the states, including
// states without a deal. Completed deliverables do not affect a deal's state.
func countStandings(a models.Actor, rows []runningRow, signing map[string]bool, now time.Time) []Standing {
	var all []Standing
	for _, state := range DealStates() {
		if !state.Final() {
			all = append(all, Standing{State: state})
		}
	}
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].Row.DealID == rows[0].Row.DealID {
			n++
		}
		states, waits := make([]State, n), signing[rows[0].DealPublicID]
		for i, r := range rows[:n] {
			states[i] = r.Row.State
			waits = waits || WaitsFor(a.Side(), r.deliverable(a.Side()), now)
		}
		state := StateOfDeal(false, states)
		if i := slices.IndexFunc(all, func(s Standing) bool { return s.State == state }); i >= 0 {
			all[i].addDeal(rows[0].Agreed.worth(), waits)
		}
		rows = rows[n:]
	}
	return all
}

func (s *Standing) addDeal(worth models.Money, waits bool) {
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

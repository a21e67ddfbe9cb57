package deals

import (
	"cmp"
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
)

// Board is what one side's dashboard shows.
type Board struct {
	Waiting         []Wait // for the actor, the earliest due first
	WaitingOnOthers []Wait // for the other sides, the earliest due first; Wait.With is who has to act
	Standings       []Standing
	Latest          []Proposal // newest first, without events
}

// Standing counts the actor's running deals in one state.
type Standing struct {
	State   DealState
	Deals   int
	Waiting int            // those in which something waits for the actor
	Worth   []models.Money // fees and values in kind, one sum per currency
}

// maxOpen limits how many unanswered proposals are read for a board.
const maxOpen = 500

// Board reads what waits for whom, which states the running deals are in, and the latest
// proposals: four queries, however much there is.
func (s *Store) Board(ctx context.Context, a models.Actor, now time.Time, latest int) (Board, error) {
	if !a.SignedIn() {
		return Board{}, models.SignInRequired()
	}
	if a.Side() == "" {
		return Board{}, nil
	}
	running, err := s.runningDeliverables(ctx, a)
	if err != nil {
		return Board{}, err
	}
	open, newest, err := s.openAndLatest(ctx, a, now, latest)
	if err != nil {
		return Board{}, err
	}
	var brands, creators []int64
	for _, r := range running {
		brands, creators = append(brands, r.BrandID), append(creators, r.CreatorID)
	}
	for _, r := range slices.Concat(open, newest) {
		brands, creators = append(brands, r.BrandID), append(creators, r.CreatorID)
	}
	who, err := s.parties(ctx, brands, creators)
	if err != nil {
		return Board{}, err
	}
	b := Board{Standings: countStandings(a, running, now)}
	b.Latest, err = s.fillProposals(ctx, newest, who)
	for _, r := range running {
		b.addWait(a, r.wait(a, who, now), r.deliverable(), now)
	}
	for _, r := range open {
		if w := r.wait(a, who); ProposalTable.Rule(Open).Waits == a.Side() {
			b.Waiting = append(b.Waiting, w)
		} else {
			b.WaitingOnOthers = append(b.WaitingOnOthers, w)
		}
	}
	for _, waits := range [][]Wait{b.Waiting, b.WaitingOnOthers} {
		slices.SortStableFunc(waits, func(x, y Wait) int {
			return cmp.Or(x.Due.Compare(y.Due), cmp.Compare(x.Deal, y.Deal), cmp.Compare(x.Item.Number, y.Item.Number))
		})
	}
	return b, err
}

// addWait adds a wait to the right list. A wait whose time is over and whose outcome
// comes by itself belongs to none: the sweep is about to apply it.
func (b *Board) addWait(a models.Actor, w Wait, x Deliverable, now time.Time) {
	switch {
	case WaitsFor(a.Side(), x, now):
		b.Waiting = append(b.Waiting, w)
	case x.Waits() != a.Side() && !x.Late(now):
		b.WaitingOnOthers = append(b.WaitingOnOthers, w)
	}
}

// WaitsFor says whether a deliverable waits for a side: because that side has to act, or
// because the other side is late and the deal may be ended for it. WaitingCount asks the
// same question in SQL.
func WaitsFor(side models.Side, x Deliverable, now time.Time) bool {
	rule := DeliverableTable.Rule(x.State)
	if rule.Waits == side {
		return rule.AtDeadline == "" || !x.Late(now)
	}
	return x.Late(now) && slices.Contains(DeliverableTable.SidesWhenLate(x.State), side)
}

// runningRow is a deliverable that waits for a side, with what is needed of its deal.
type runningRow struct {
	Row          deliverableRow `gorm:"embedded"`
	DealPublicID string
	Terms        termsColumns `gorm:"embedded"`
	BrandID      int64
	CreatorID    int64
	Zones        zones `gorm:"embedded"`
}

func (r runningRow) deliverable() Deliverable { return r.Row.deliverable(r.Zones) }

func (s *Store) runningDeliverables(ctx context.Context, a models.Actor) ([]runningRow, error) {
	var rows []runningRow
	err := ownedBy(s.db.Read(ctx), a).Model(&deliverableRow{}).Joins("JOIN deals ON deals.id = deliverables.deal_id").
		Where("deliverables.deadline_at IS NOT NULL").
		Select("deliverables.id", "deal_id", "number", "content_type", "format", "platform", "due_on", "due_at", "state", "entered_at", "deadline_at",
			"deals.public_id AS deal_public_id", "product", "fee_minor", "currency", "in_kind_minor", "brand_id", "creator_id", "zone", "brand_zone").
		Order("deal_id, number").Find(&rows).Error
	return rows, err
}

// ownedBy narrows a query to the rows of the party that the actor is.
func ownedBy(q *gorm.DB, a models.Actor) *gorm.DB {
	if a.Side() == models.SideBrand {
		return q.Where("brand_id = ?", a.BrandID)
	}
	return q.Where("creator_id = ?", a.CreatorID)
}

// openAndLatest reads the proposals that wait for an answer, the earliest to expire
// first, and the newest ones, in one query.
func (s *Store) openAndLatest(ctx context.Context, a models.Actor, now time.Time, latest int) (open, newest []proposalRow, err error) {
	q := s.db.Read(ctx)
	waiting := ownedBy(q.Model(&proposalRow{}), a).Where("state = ? AND expires_at > ?", Open, now).Order("expires_at, id").Limit(maxOpen).Select("id")
	last := ownedBy(q.Model(&proposalRow{}), a).Order("sent_at DESC, id DESC").Limit(latest).Select("id")
	var rows []proposalRow
	if err := q.Where("id IN (?) OR id IN (?)", waiting, last).Order("sent_at DESC, id DESC").Find(&rows).Error; err != nil {
		return nil, nil, err
	}
	for _, r := range rows {
		if r.State == Open && now.Before(r.ExpiresAt) {
			open = append(open, r)
		}
	}
	return open, rows[:min(latest, len(rows))], nil
}

// otherParty is the party on the other side from the actor.
func (p people) otherParty(a models.Actor, brandID, creatorID int64) Party {
	if a.Side() == models.SideBrand {
		return p.creators[creatorID]
	}
	return p.brands[brandID]
}

func (r proposalRow) wait(a models.Actor, who people) Wait {
	return Wait{
		Proposal: r.PublicID, Product: r.Terms.Product, With: who.otherParty(a, r.BrandID, r.CreatorID), Todo: Open.TodoKey(), Otherwise: Open.OtherwiseKey(),
		Since: r.SentAt.UTC(), Due: r.ExpiresAt.UTC(), Deadline: r.ExpiresAt.UTC(),
	}
}

func (r runningRow) wait(a models.Actor, who people, now time.Time) Wait {
	x := r.deliverable()
	w := Wait{
		Deal: r.DealPublicID, Item: x.Item, State: x.State, Product: r.Terms.Product, With: who.otherParty(a, r.BrandID, r.CreatorID),
		Todo: x.State.TodoKey(), Otherwise: x.State.OtherwiseKey(), Since: x.EnteredAt, Due: x.DueNow(), Deadline: *x.DeadlineAt,
		Overdue: !now.Before(x.DueNow()),
	}
	if x.Waits() != a.Side() && x.Late(now) {
		w.MayEnd, w.Since, w.Todo = true, *x.DeadlineAt, "deals.todo.late"
	}
	return w
}

// countStandings counts running deals by state, in the order of the states, including
// states without a deal. Completed deliverables do not affect a deal's state.
func countStandings(a models.Actor, rows []runningRow, now time.Time) []Standing {
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
		states, waits := make([]State, n), false
		for i, r := range rows[:n] {
			states[i] = r.Row.State
			waits = waits || WaitsFor(a.Side(), r.deliverable(), now)
		}
		state := StateOfDeal(false, states)
		if i := slices.IndexFunc(all, func(s Standing) bool { return s.State == state }); i >= 0 {
			all[i].addDeal(rows[0].Terms.terms(), waits)
		}
		rows = rows[n:]
	}
	return all
}

func (s *Standing) addDeal(t Terms, waits bool) {
	s.Deals++
	if waits {
		s.Waiting++
	}
	worth := t.Worth()
	for i := range s.Worth {
		if sum, err := s.Worth[i].Add(worth); err == nil {
			s.Worth[i] = sum
			return
		}
	}
	s.Worth = append(s.Worth, worth)
}

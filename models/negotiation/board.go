package negotiation

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/deals"
)

// Board is what one side's dashboard shows of negotiations and deals.
type Board struct {
	deals.Board
	Latest []Negotiation // newest first
}

// maxOpen limits how many unanswered offers are read for a board.
const maxOpen = 500

// Board reads what waits for whom, which states the running deals are in, and the newest
// negotiations: five queries, however much there is.
func (s *Store) Board(ctx context.Context, a models.Actor, now time.Time, latest int) (Board, error) {
	running, err := s.deals.ReadRunningWork(ctx, a)
	if err != nil || a.Side() == "" {
		return Board{}, err
	}
	open, newest, err := s.openAndLatest(ctx, a, now, latest)
	if err != nil {
		return Board{}, err
	}
	signing, err := s.deals.Contracts().ListOpen(ctx, a, now)
	if err != nil {
		return Board{}, err
	}
	brands, creators := running.PartyIDs()
	for _, c := range signing {
		brands, creators = append(brands, c.BrandID), append(creators, c.CreatorID)
	}
	for _, r := range slices.Concat(open, newest) {
		brands, creators = append(brands, r.BrandID), append(creators, r.CreatorID)
	}
	who, err := s.deals.ReadParties(ctx, brands, creators)
	if err != nil {
		return Board{}, err
	}
	b := Board{Board: running.Board(a, who, signing, now)}
	for _, r := range open {
		if w := r.wait(a, who); r.waitsFor(a.Side()) {
			b.Waiting = append(b.Waiting, w)
		} else {
			b.WaitingOnOthers = append(b.WaitingOnOthers, w)
		}
	}
	for _, c := range signing {
		switch w := deals.ContractWait(a, c, who); {
		case c.Mine:
			b.Waiting = append(b.Waiting, w)
		case c.Theirs:
			b.WaitingOnOthers = append(b.WaitingOnOthers, w)
		}
	}
	b.Sort()
	b.Latest, err = s.fill(ctx, newest, who)
	return b, err
}

// openAndLatest reads the negotiations that wait for an answer, the earliest to expire
// first, and the newest ones, in one query.
func (s *Store) openAndLatest(ctx context.Context, a models.Actor, now time.Time, latest int) (open, newest []row, err error) {
	q := s.db.Read(ctx)
	waiting := deals.OwnedBy(q.Model(&row{}), a).Where("state IN ? AND expires_at > ?", Waiting(), now).Order("expires_at, id").Limit(maxOpen).Select("id")
	last := deals.OwnedBy(q.Model(&row{}), a).Order("begun_at DESC, id DESC").Limit(latest).Select("id")
	var rows []row
	if err := q.Where("id IN (?) OR id IN (?)", waiting, last).Order("begun_at DESC, id DESC").Find(&rows).Error; err != nil {
		return nil, nil, err
	}
	for _, r := range rows {
		if r.State.IsOpen() && now.Before(r.ExpiresAt) {
			open = append(open, r)
		}
	}
	return open, rows[:min(latest, len(rows))], nil
}

// waitsFor says whether a side has something to answer: the latest offer, or that the other
// side asks for a later last day.
func (r row) waitsFor(side models.Side) bool {
	return Table.Rule(r.State).Waits == side || r.ExtensionSide != "" && r.ExtensionSide != side
}

func (r row) wait(a models.Actor, who deals.Parties) deals.Wait {
	w := deals.Wait{
		Negotiation: r.PublicID, Product: r.Latest.Product, With: who.Other(a, r.BrandID, r.CreatorID), Todo: Table.TodoKey(r.State), Otherwise: Table.OtherwiseKey(r.State),
		Turn: TurnKey(r.Began, r.Offer), Since: r.OfferedAt.UTC(), Due: r.ExpiresAt.UTC(), Deadline: r.ExpiresAt.UTC(),
	}
	if side := a.Side(); Table.Rule(r.State).Waits != side && r.waitsFor(side) {
		w.Turn = "negotiation.turn.extension"
	}
	return w
}

// WaitingCount counts what waits for the actor in negotiations, contracts and deals, in one query: as
// many as Board lists.
func (s *Store) WaitingCount(ctx context.Context, a models.Actor, now time.Time) (int, error) {
	deliverables, ok := s.deals.WaitingDeliverables(ctx, a, now)
	if !ok {
		return 0, nil
	}
	var n int
	err := s.db.Read(ctx).Raw("SELECT (?) + (?) + (?)", deliverables.Select("count(*)"), s.waitingFor(ctx, a, now).Select("count(*)"), s.deals.Contracts().WaitingFor(ctx, a, now).Select("count(*)")).Scan(&n).Error
	return n, err
}

// waitingFor selects the negotiations in which the actor's side has something to answer.
func (s *Store) waitingFor(ctx context.Context, a models.Actor, now time.Time) *gorm.DB {
	state, other := WithCreator, models.SideBrand
	if a.Side() == models.SideBrand {
		state, other = WithBrand, models.SideCreator
	}
	return deals.OwnedBy(s.db.Read(ctx).Model(&row{}), a).
		Where("state IN ? AND (state = ? OR extension_side = ?) AND expires_at > ?", Waiting(), state, other, now)
}

package deals

import (
	"context"
	"time"

	"tribemarket/models"
	"tribemarket/models/terms"
)

// Cycles are the deals of a repetition, as the page of one of them shows them.
type Cycles struct {
	State    RepetitionState
	Version  int
	Begun    []Cycle // the first first
	Schedule terms.Schedule
	Last     int        // the last that begins, as things are
	BeginsAt *time.Time // the next; nil once none does
	Zone     *time.Location

	NoticeBy    models.Side // "" while nobody has given notice
	NoticeUntil models.Date // its last day

	firstID int64         // of the first deal
	ahead   []terms.Terms // of the cycles that have begun, and then of those that may
	moved   map[int]int   // days by which those are due later than their terms say, by number
}

// Cycle is one deal of a repetition.
type Cycle struct {
	Number int
	Deal   string // public id; "" where it has not begun
	Begins models.Date
	Due    []models.Date // of its deliverables, as things are
}

// All are the cycles that have begun, and those that follow.
func (c Cycles) All() []Cycle {
	all := append([]Cycle(nil), c.Begun...)
	for n := len(all) + 1; n <= c.Last; n++ {
		all = append(all, cycleToCome(n, c.Schedule, c.ahead[n-1], c.moved))
	}
	return all
}

// LastAfterNotice is the last cycle that begins if notice is given at a moment.
func (c Cycles) LastAfterNotice(now time.Time) int {
	return c.Schedule.LastCycle(models.DateOf(now.In(c.Zone)), len(c.Begun))
}

// UntilOfNotice is the last day of a notice that is given at a moment.
func (c Cycles) UntilOfNotice(now time.Time) models.Date {
	return c.Schedule.NoticeUntil(models.DateOf(now.In(c.Zone)))
}

// PreviewCycles are the cycles to which terms lead if they are agreed on a day.
func PreviewCycles(t terms.Terms, agreed models.Date) []Cycle {
	if !t.Repeats() {
		return nil
	}
	all := make([]Cycle, t.Cycles())
	for i := range all {
		all[i] = cycleToCome(i+1, t.Schedule(agreed), t.OfCycle(i+1), nil)
	}
	return all
}

// cycleToCome is a cycle that has not begun. Its deliverables move by some days, by number.
func cycleToCome(number int, s terms.Schedule, t terms.Terms, moved map[int]int) Cycle {
	c := Cycle{Number: number, Begins: s.DayOf(number)}
	for _, x := range t.Deliverables {
		c.Due = append(c.Due, x.DueOn.AddDays(moved[x.Number]))
	}
	return c
}

// readCycles reads the repetition of a deal with all its deals, in three queries; nil where the
// deal does not repeat.
func (s *Store) readCycles(ctx context.Context, d dealRow, agreed terms.Terms) (*Cycles, error) {
	if !agreed.Repeats() && d.Cycle == 1 {
		return nil, nil
	}
	var r []repetitionRow
	if err := s.db.Read(ctx).Where("negotiation_id = ?", d.NegotiationID).Find(&r).Error; err != nil || len(r) == 0 {
		return nil, err
	}
	all := series{repetitionRow: r[0]}
	if err := s.db.Read(ctx).Where("negotiation_id = ?", d.NegotiationID).Order("cycle").Find(&all.deals).Error; err != nil {
		return nil, err
	}
	var err error
	if all.terms, err = termsOf(all.deals); err != nil {
		return nil, models.Internal("read what was agreed", err)
	}
	var rows []deliverableRow
	if err := s.db.Read(ctx).Where("deal_id IN (SELECT id FROM deals WHERE negotiation_id = ?)", d.NegotiationID).Order("deal_id, number").Find(&rows).Error; err != nil {
		return nil, err
	}
	return all.cycles(rows), nil
}

func (s series) cycles(rows []deliverableRow) *Cycles {
	c := &Cycles{State: s.State, Version: s.Version, Schedule: s.schedule(), Last: len(s.deals), Zone: s.zone(), firstID: s.deals[0].ID}
	if s.State.GoesOn() {
		c.Last = max(s.lastCycle(), len(s.deals))
		c.BeginsAt = s.beginOf(len(s.deals)+1, c.Last)
	}
	if s.NoticeBy != nil {
		c.NoticeBy = *s.NoticeBy
		c.NoticeUntil, _ = models.ParseDate(s.NoticeUntil) // written from a Date
	}
	c.ahead = append(c.ahead, s.terms...)
	for len(c.ahead) < c.Last {
		c.ahead = append(c.ahead, terms.NextCycle(c.ahead))
	}
	for _, d := range s.deals {
		begun := Cycle{Number: d.Cycle, Deal: d.PublicID, Begins: s.dayOf(d.AgreedAt)}
		for _, r := range rows {
			if r.DealID == d.ID {
				begun.Due = append(begun.Due, r.dueDay())
			}
		}
		c.Begun, c.moved = append(c.Begun, begun), s.movedDays(d, rows)
	}
	return c
}

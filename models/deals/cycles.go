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
}

// Cycle is one deal of a repetition.
type Cycle struct {
	Number int
	Deal   string // public id; "" where it has not begun
	Begins models.Date
	Due    []models.Date // of its deliverables, as the terms say
}

// All are the cycles that have begun, and those that follow.
func (c Cycles) All() []Cycle {
	all := append([]Cycle(nil), c.Begun...)
	for n := len(all) + 1; n <= c.Last; n++ {
		all = append(all, cycleOf(n, "", c.Schedule, c.ahead[n-1]))
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
		all[i] = cycleOf(i+1, "", t.Schedule(agreed), t.OfCycle(i+1))
	}
	return all
}

func cycleOf(number int, deal string, s terms.Schedule, t terms.Terms) Cycle {
	c := Cycle{Number: number, Deal: deal, Begins: s.DayOf(number)}
	for _, x := range t.Deliverables {
		c.Due = append(c.Due, x.DueOn)
	}
	return c
}

// readCycles reads the repetition of a deal with all its deals, in two queries; nil where the
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
	return all.cycles(), nil
}

func (s series) cycles() *Cycles {
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
	for i, d := range s.deals {
		c.Begun = append(c.Begun, cycleOf(i+1, d.PublicID, c.Schedule, s.terms[i]))
	}
	return c
}

package deals

import (
	"context"
	"strconv"
	"strings"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// CyclesPart is what a page says of a repetition; empty without rows.
type CyclesPart struct {
	Note   string
	Lines  []string
	Rows   []CycleRow
	Notice ActionForm // ends the repetition; none without a path
}

// CycleRow is one deal of a repetition.
type CycleRow struct {
	Name   string // Cycle 2
	Href   string // "" where it has not begun, and for the one shown
	Here   bool
	Begins string // "" where nobody knows yet
	Due    []DueDay
}

// DueDay is a day on which deliverables are due.
type DueDay struct{ On, Day string }

// NoticePrefix distinguishes the fields of the form that gives notice.
const NoticePrefix = "notice-"

// presentCycles presents the repetition of a deal.
func presentCycles(ctx context.Context, a models.Actor, d deals.Deal, r Refusal, now time.Time) CyclesPart {
	c := d.Cycles
	if c == nil {
		return CyclesPart{}
	}
	p := CyclesPart{Note: CycleName(ctx, d.Cycle, max(c.Last, d.Cycle)), Rows: PresentCycleRows(ctx, c.All(), true), Lines: cycleLines(ctx, d, now)}
	for i := range p.Rows {
		if p.Rows[i].Here = i == d.Cycle-1; p.Rows[i].Here {
			p.Rows[i].Href = ""
		}
	}
	if deals.CanGiveNotice(a, d) {
		p.Notice = noticeForm(ctx, a, d, r, now)
	}
	return p
}

// CycleName names a cycle among those of its repetition.
func CycleName(ctx context.Context, cycle, of int) string {
	return i18n.T(ctx, "deals.cycles.of", "number", strconv.Itoa(cycle), "n", of)
}

// WithCycle is a product with the number of the cycle, where it is a later one.
func WithCycle(ctx context.Context, product string, cycle int) string {
	if cycle < 2 {
		return product
	}
	return i18n.T(ctx, "deals.cycles.product", "product", product, "number", strconv.Itoa(cycle))
}

// PresentCycleRows presents cycles, with the days on which they begin where those are known.
func PresentCycleRows(ctx context.Context, all []deals.Cycle, begins bool) []CycleRow {
	rows := make([]CycleRow, len(all))
	for i, c := range all {
		rows[i].Name = i18n.T(ctx, "deals.cycles.one", "number", strconv.Itoa(c.Number))
		if c.Deal != "" {
			rows[i].Href = paths.Deal(c.Deal)
		}
		if begins {
			rows[i].Begins = i18n.Day(ctx, c.Begins)
		}
		for j, day := range c.Due {
			if j == 0 || day != c.Due[j-1] {
				rows[i].Due = append(rows[i].Due, DueDay{day.String(), i18n.Day(ctx, day)})
			}
		}
	}
	return rows
}

// cycleLines say when the next cycle begins, or why none does.
func cycleLines(ctx context.Context, d deals.Deal, now time.Time) []string {
	c := d.Cycles
	var all []string
	if c.NoticeBy != "" {
		by := d.Brand.Name
		if c.NoticeBy == models.SideCreator {
			by = d.Creator.Name
		}
		all = append(all, i18n.T(ctx, "deals.cycles.noticed", "by", by, "until", i18n.Day(ctx, c.NoticeUntil)))
	}
	switch {
	case c.State == deals.RepetitionDone:
		return append(all, i18n.T(ctx, "deals.cycles.done", "n", len(c.Begun)))
	case c.BeginsAt == nil && c.NoticeBy == "":
		return append(all, i18n.T(ctx, "deals.cycles.stopped"))
	case c.BeginsAt == nil:
		return append(all, i18n.T(ctx, "deals.cycles.none"))
	}
	begins, by := c.Schedule.DayOf(len(c.Begun)+1), c.Schedule.LastNotice(len(c.Begun)+1)
	on := i18n.Day(ctx, begins)
	switch {
	case now.After(c.BeginsAt.Add(time.Hour)):
		return append(all, i18n.T(ctx, "deals.cycles.waits", "on", on))
	case d.IsHeld():
		return append(all, i18n.T(ctx, "deals.cycles.held", "on", on))
	case c.NoticeBy == "" && !by.Before(models.DateOf(now.In(c.Zone))):
		return append(all, i18n.T(ctx, "deals.cycles.next.unless", "on", on, "by", i18n.Day(ctx, by)))
	}
	return append(all, i18n.T(ctx, "deals.cycles.next", "on", on))
}

// noticeForm gives notice, and says before what that leads to.
func noticeForm(ctx context.Context, a models.Actor, d deals.Deal, r Refusal, now time.Time) ActionForm {
	c, other := d.Cycles, OtherParty(deals.PartyOf(a, d.Brand.ID, d.Creator.ID), d.Brand, d.Creator)
	last := c.LastAfterNotice(now)
	says := []string{i18n.T(ctx, "deals.cycles.ask.until", "n", c.Schedule.NoticeDays, "until", i18n.Day(ctx, c.UntilOfNotice(now)))}
	for n := len(c.Begun) + 1; n <= last; n++ {
		says = append(says, i18n.T(ctx, "deals.cycles.ask.begins", "number", strconv.Itoa(n), "on", i18n.Day(ctx, c.Schedule.DayOf(n))))
	}
	if n := c.Schedule.Months - last; n > 0 {
		says = append(says, i18n.T(ctx, "deals.cycles.ask.ends", "n", n))
	}
	says = append(says, i18n.T(ctx, "deals.cycles.ask.final", "other", other.Name))
	f := ReasonForm(ctx, r, deals.ActionGiveNotice, i18n.T(ctx, deals.RepetitionTable.ButtonKey(deals.ActionGiveNotice)), NoticePrefix, i18n.T(ctx, "deals.end.reason", "other", other.Name))
	f.Fields[0].Optional, f.Fields[0].Required = true, false
	f.ID, f.Path, f.Version, f.Lead = "notice", paths.DealNotice(d.PublicID), strconv.Itoa(c.Version), strings.Join(says, " ")
	f.Carries = []components.Hidden{{Name: "last", Value: strconv.Itoa(last)}}
	f.Button.Label = i18n.T(ctx, "deals.cycles.ask.yes")
	return f
}

package terms

import (
	"fmt"

	"tribemarket/models"
)

// Cycles is how many deals the terms lead to, one a month.
func (t Terms) Cycles() int { return max(t.Repetition.Months, 1) }

// Repeats says whether one deal follows another.
func (t Terms) Repeats() bool { return t.Cycles() > 1 }

// OfCycle are the terms of a cycle, from 1, where these are those of the first: its days are
// cycle-1 months later, or the last of a month that has no such day. What counts from a day
// that the cycle has itself, such as its publication, needs no moving, and the day on which a
// metric was defined stays.
func (t Terms) OfCycle(cycle int) Terms {
	return t.moveMonths(func(day models.Date, _ string) models.Date { return day.AddMonths(cycle - 1) })
}

// NextCycle are the terms of the cycle that follows on all before it, of which there is at
// least one, in order. What was changed in a cycle holds from then on: each day counts from
// the last cycle in which it was set by hand, so that a clamped day (31 January, 28 February)
// does not move those after it (31 March).
func NextCycle(before []Terms) Terms {
	type anchor struct {
		day   models.Date
		cycle int
	}
	anchors, latest := map[string]anchor{}, before[len(before)-1]
	for i, t := range before {
		for name, day := range t.days() {
			if a, known := anchors[name]; !known || a.day.AddMonths(i-a.cycle) != day {
				anchors[name] = anchor{day, i}
			}
		}
	}
	return latest.moveMonths(func(_ models.Date, name string) models.Date {
		a := anchors[name]
		return a.day.AddMonths(len(before) - a.cycle)
	})
}

// moveMonths replaces each day that moves from cycle to cycle; its name tells it from the
// others.
func (t Terms) moveMonths(moved func(day models.Date, name string) models.Date) Terms {
	all := make([]Deliverable, len(t.Deliverables))
	for i, x := range t.Deliverables {
		x.DueOn = moved(x.DueOn, dayName("due", x.Number))
		all[i] = x
	}
	t.Deliverables = all
	if len(t.Rights) == 0 {
		return t
	}
	rights := make([]UsageRight, len(t.Rights))
	for i, r := range t.Rights {
		if !r.StartsOn.IsZero() {
			r.StartsOn = moved(r.StartsOn, dayName("right", i))
		}
		rights[i] = r
	}
	t.Rights = rights
	return t
}

// days are the days that move from cycle to cycle, by name.
func (t Terms) days() map[string]models.Date {
	all := map[string]models.Date{}
	t.moveMonths(func(day models.Date, name string) models.Date {
		all[name] = day
		return day
	})
	return all
}

func dayName(of string, number int) string { return fmt.Sprint(of, number) }

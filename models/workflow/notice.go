package workflow

import "time"

// NextNotice is when the next notice about a state's deadline is due, after an instant:
// some days before the side must act, and when the deadline has passed and a side may act
// on that. Where the system acts at the deadline, that action is announced instead.
func (t *Table[S]) NextNotice(s S, deadline time.Time, zone *time.Location, after time.Time) *time.Time {
	r := t.Rule(s)
	if r.Final() || r.Deadline.From == "" {
		return nil
	}
	var next *time.Time
	note := func(at time.Time) {
		if at.After(after) && (next == nil || at.Before(*next)) {
			next = &at
		}
	}
	due := lastDay(r.Deadline.DueBefore(deadline, zone), zone)
	for _, days := range t.RemindBefore {
		note(due.AddDays(-days).EndIn(zone))
	}
	if r.AtDeadline == "" {
		note(deadline)
	}
	return next
}

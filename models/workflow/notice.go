package workflow

import "time"

// NextNotice is when somebody is next told of a state's deadline, after an
// instant: some days before the act is due, and when the deadline has passed
// and a side may act on that. Where the deadline brings something about by
// itself, that is told instead.
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

package deals

import "time"

// WithDeadline is the deliverable of a deal that is not stored, such as an example, with
// the end of the day by which somebody has to act.
func (d Deliverable) WithDeadline(at time.Time) Deliverable {
	d.DeadlineAt, d.due = &at, at
	return d
}

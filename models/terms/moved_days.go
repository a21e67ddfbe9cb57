package terms

import "tribemarket/models"

// MoveDays moves the days of terms that were written on a day to what they would be if they
// were written today, and says by how many days. Days that have not passed stay, and 0 is
// returned.
func (t Terms) MoveDays(written, today models.Date) (Terms, int) {
	first := t.FirstDue()
	if first.IsZero() || !first.Before(today) {
		return t, 0
	}
	n := written.DaysFrom(today)
	if first.AddDays(n).Before(today) { // it was due before it was written
		n = first.DaysFrom(today) + 1
	}
	all := make([]Deliverable, len(t.Deliverables))
	for i, x := range t.Deliverables {
		x.DueOn = x.DueOn.AddDays(n)
		all[i] = x
	}
	t.Deliverables = all
	rights := make([]UsageRight, len(t.Rights))
	for i, r := range t.Rights {
		if !r.StartsOn.IsZero() {
			r.StartsOn = r.StartsOn.AddDays(n)
		}
		rights[i] = r
	}
	t.Rights = rights
	return t, n
}

package terms

import "tribemarket/models"

// Schedule says when the cycles of terms begin. All days are those of the creator's time zone.
type Schedule struct {
	First      models.Date // on which the first began
	Months     int
	NoticeDays int
	Late       int // days by which the latest began late, and all further ones after it
}

// Schedule is that of terms whose first cycle began on a day.
func (t Terms) Schedule(first models.Date) Schedule {
	return Schedule{First: first, Months: t.Cycles(), NoticeDays: t.Repetition.NoticeDays}
}

// DayOf is the day on which a cycle begins that has not begun.
func (s Schedule) DayOf(cycle int) models.Date { return s.First.AddMonths(cycle - 1).AddDays(s.Late) }

// LastNotice is the last day on which notice keeps a cycle from beginning.
func (s Schedule) LastNotice(cycle int) models.Date {
	return s.DayOf(cycle).AddDays(-s.NoticeDays - 1)
}

// NoticeUntil is the last day of a notice that is given on a day.
func (s Schedule) NoticeUntil(given models.Date) models.Date { return given.AddDays(s.NoticeDays) }

// LastCycle is the last cycle that begins if notice is given on a day, of which some have
// begun: those that begin before its end still do.
func (s Schedule) LastCycle(given models.Date, begun int) int {
	last := begun
	for until := s.NoticeUntil(given); last < s.Months && !until.Before(s.DayOf(last+1)); last++ {
	}
	return last
}

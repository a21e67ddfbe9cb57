package models

import (
	"cmp"
	"fmt"
	"sync"
	"time"
)

// Clock tells the time in UTC. It is passed in so that tests can set it.
type Clock func() time.Time

// SystemClock is the machine's clock, truncated to microseconds, which both databases
// can store.
func SystemClock() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// Date is a calendar day without a time or a zone.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the day of t in t's zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// ParseDate parses YYYY-MM-DD.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1 {
		return Date{}, fmt.Errorf("%q is not a date like 2026-01-31", s)
	}
	return DateOf(t), nil
}

// String is the day as YYYY-MM-DD, and "" for the zero Date.
func (d Date) String() string {
	if d == (Date{}) {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// MarshalText is String, for JSON.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(s []byte) (err error) {
	*d = Date{}
	if len(s) > 0 {
		*d, err = ParseDate(string(s))
	}
	return err
}

// IsZero says whether no day is set.
func (d Date) IsZero() bool { return d == Date{} }

// StartIn is the first instant of the day in the zone: midnight or, if daylight
// saving time skips it, the instant at which the clocks change.
func (d Date) StartIn(zone *time.Location) time.Time {
	t := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, zone)
	start, end := t.ZoneBounds()
	switch {
	case DateOf(t).Before(d): // read as the time before the change
		return end
	case t.Hour() != 0 || t.Minute() != 0: // read as the time after it
		return start
	}
	if start.IsZero() {
		return t
	}
	// If midnight comes twice, the day begins with the first.
	_, now := t.Zone()
	_, before := start.Add(-1).Zone()
	if first := t.Add(time.Duration(now-before) * time.Second); first.Before(start) && DateOf(first) == d {
		return first
	}
	return t
}

// EndIn is the instant, in UTC, at which the day ends in the zone: the first
// instant of the next day.
func (d Date) EndIn(zone *time.Location) time.Time { return d.AddDays(1).StartIn(zone).UTC() }

// Before says whether the day comes before another.
func (d Date) Before(other Date) bool {
	return cmp.Or(cmp.Compare(d.Year, other.Year), cmp.Compare(d.Month, other.Month), cmp.Compare(d.Day, other.Day)) < 0
}

// AddDays is the day n days later.
func (d Date) AddDays(n int) Date {
	return DateOf(time.Date(d.Year, d.Month, d.Day+n, 12, 0, 0, 0, time.UTC))
}

// AddMonths is the same day n months later, or the last day of a month that has no such day.
func (d Date) AddMonths(n int) Date {
	first := time.Date(d.Year, d.Month+time.Month(n), 1, 12, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Date{first.Year(), first.Month(), min(d.Day, last)}
}

var zones sync.Map // of *time.Location by name, since loading one reads a file

// Zone returns the time zone with an IANA name; UTC if the name is unknown.
func Zone(name string) *time.Location {
	if l, ok := zones.Load(name); ok {
		return l.(*time.Location)
	}
	l, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	zones.Store(name, l)
	return l
}

// DaysFrom is the number of days between two dates, whichever comes first.
func (d Date) DaysFrom(other Date) int {
	return int(d.StartIn(time.UTC).Sub(other.StartIn(time.UTC)).Abs() / (24 * time.Hour))
}

package discovery

import (
	"time"

	"github.com/RoaringBitmap/roaring/v2/roaring64"
)

// Alert is when somebody is mailed about new creators that fit a saved search.
type Alert string

// The alerts. Daily and weekly mails go at AlertHour by the clock of who gets
// them, weekly ones on Mondays. Nobody looks for searches whose alert is off.
const (
	AlertOff     Alert = "off"
	AlertInstant Alert = "instant"
	AlertDaily   Alert = "daily"
	AlertWeekly  Alert = "weekly"
)

// AlertHour is the hour of the day of daily and weekly mails.
const AlertHour = 8

// Alerts lists the alerts, from none to the rarest.
func Alerts() []Alert { return []Alert{AlertOff, AlertInstant, AlertDaily, AlertWeekly} }

// Timed says whether the mails go at a set time.
func (a Alert) Timed() bool { return a == AlertDaily || a == AlertWeekly }

// mailsTo is who gets the mails if a person chooses the alert.
func (a Alert) mailsTo(personID int64) *int64 {
	if a == AlertOff {
		return nil
	}
	return &personID
}

// Next is the first time after a moment at which a mail is due, by the clock of
// a zone; nil of an alert without a time.
func (a Alert) Next(now time.Time, zone *time.Location) *time.Time {
	if !a.Timed() {
		return nil
	}
	day := now.In(zone)
	for {
		at := time.Date(day.Year(), day.Month(), day.Day(), AlertHour, 0, 0, 0, zone)
		if at.After(now) && (a == AlertDaily || at.Weekday() == time.Monday) {
			return new(at.UTC())
		}
		day = day.AddDate(0, 0, 1)
	}
}

// mostFound is how many creators one look takes at most, so that its
// transaction stays short; the others are found by the next one.
const mostFound = 5_000

// lookout is what a look at a saved search starts from.
type lookout struct {
	alert   Alert
	known   *roaring64.Bitmap // who has fitted before
	next    *time.Time
	zone    *time.Location // of who gets the mails
	waiting bool           // somebody found before is in no mail yet
	reaches bool           // somebody gets the mails and can be mailed
}

// sighting is what a look changes.
type sighting struct {
	found []uint64          // who fits and never did before
	known *roaring64.Bitmap // with them; nil if there are none
	mail  bool              // it is time to mail all that is in no mail yet
	next  *time.Time
}

// look compares who fits now with who is known. Whoever was known once stays so:
// she may stop to fit, and fit again, and is not new.
func (l lookout) look(fits *roaring64.Bitmap, now time.Time) sighting {
	s := sighting{next: l.next}
	fresh := roaring64.AndNot(fits, l.known)
	for it := fresh.Iterator(); it.HasNext() && len(s.found) < mostFound; {
		s.found = append(s.found, it.Next())
	}
	if len(s.found) > 0 {
		s.known = l.known.Clone()
		s.known.AddMany(s.found)
	}
	due := l.alert == AlertInstant
	if regular := l.alert.Next(now, l.zone); regular != nil {
		due = l.next != nil && !now.Before(*l.next)
		// A time beyond the next regular one is left from a clock that was ahead.
		if due || l.next == nil || l.next.After(*regular) {
			s.next = regular
		}
	}
	s.mail = due && l.reaches && (l.waiting || len(s.found) > 0)
	return s
}

// changes says whether there is anything to write.
func (s sighting) changes(before *time.Time) bool {
	same := s.next == before || s.next != nil && before != nil && s.next.Equal(*before)
	return len(s.found) > 0 || s.mail || !same
}

// readKnown reads a kept set of ids.
func readKnown(b []byte) (*roaring64.Bitmap, error) {
	known := roaring64.New()
	return known, known.UnmarshalBinary(b)
}

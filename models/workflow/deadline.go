package workflow

import (
	"fmt"
	"time"

	"tribemarket/models"
)

// Anchor is the day from which a deadline counts.
type Anchor string

// The anchors.
const (
	EntryDay   Anchor = "entry"   // the day on which the state was entered
	AgreedDay  Anchor = "agreed"  // the day on which both sides agreed; with After, the one that the state before had, Days after that
	LaterDay   Anchor = "later"   // the agreed day, or Days after entry if that is later
	OfferedDay Anchor = "offered" // the day named in an offer: Days after it was sent, unless the sender chooses another
)

// Deadline says by when the side that has to act must act: it should do so by the end of
// the due day, and Grace days later the state's default outcome applies. Only whole days
// count, so that daylight saving time makes no difference: a deadline is always the end
// of a day in that side's time zone.
type Deadline struct {
	From    Anchor // "" for no deadline
	Days    int
	MaxDays int // the most days that the sender of an offer may choose
	Grace   int
	After   string // what entering the state consisted of, for docs/states.md: "the draft"
}

// Moments are the inputs from which a deadline is calculated. All of them are fixed when
// the state is entered.
type Moments struct {
	Entered time.Time
	Agreed  models.Date    // the agreed day, or the one named in the offer
	Zone    *time.Location // of the side that has to act
}

// Due is when the side that has to act is expected to have acted.
func (d Deadline) Due(m Moments) time.Time { return d.dueDay(m).EndIn(m.Zone) }

// At is when the default outcome applies; the zero time when there is no deadline.
func (d Deadline) At(m Moments) time.Time {
	if d.From == "" {
		return time.Time{}
	}
	return d.dueDay(m).AddDays(d.Grace).EndIn(m.Zone)
}

func (d Deadline) dueDay(m Moments) models.Date {
	entry := models.DateOf(m.Entered.In(m.Zone)).AddDays(d.Days)
	switch {
	case d.From == EntryDay, d.From == LaterDay && m.Agreed.Before(entry):
		return entry
	}
	return m.Agreed
}

// DueBefore is the due time that belongs to a deadline, even one that has been moved.
func (d Deadline) DueBefore(deadline time.Time, zone *time.Location) time.Time {
	if d.Grace == 0 {
		return deadline
	}
	return lastDay(deadline, zone).AddDays(-d.Grace).EndIn(zone)
}

// lastDay is the day that contains an instant, or ends at it.
func lastDay(t time.Time, zone *time.Location) models.Date {
	return models.DateOf(t.Add(-1).In(zone))
}

// String describes the due day in words.
func (d Deadline) String() string {
	switch d.shown() {
	case EntryDay:
		return fmt.Sprintf("the end of the %s day after %s", ordinal(d.Days), d.After)
	case AgreedDay:
		return "the end of the due day"
	case LaterDay:
		return fmt.Sprintf("the end of the due day, or of the %s day after %s if that is later", ordinal(d.Days), d.After)
	case OfferedDay:
		return fmt.Sprintf("the end of the %s day after %s unless its sender chooses another (1st to %s), never later than the end of the first due day",
			ordinal(d.Days), d.After, ordinal(d.MaxDays))
	}
	return ""
}

// Message is the text that describes the due day to people: its key and arguments.
func (d Deadline) Message() (key string, args []any) {
	return "workflow.until." + string(d.shown()), []any{"days", d.Days, "most", d.MaxDays}
}

// shown is the anchor as it is told: a deadline that an earlier state began counts from then.
func (d Deadline) shown() Anchor {
	if d.From == AgreedDay && d.After != "" {
		return EntryDay
	}
	return d.From
}

func ordinal(n int) string {
	suffix := "th"
	switch {
	case n%100 >= 11 && n%100 <= 13:
	case n%10 == 1:
		suffix = "st"
	case n%10 == 2:
		suffix = "nd"
	case n%10 == 3:
		suffix = "rd"
	}
	return fmt.Sprint(n, suffix)
}

// shortestHold is how long a clock has to have been on hold, in all, for a deadline to move.
const shortestHold = time.Hour

// DaysHeld is by how many days a hold moves what is due, for a clock that was on hold for a
// time before: the time of all holds is added up and then rounded up to whole days, so that
// many short holds move it by no more than one that lasts as long as all of them. Whoever has
// to act never loses time by it, but for less than an hour.
func DaysHeld(before, held time.Duration) int { return wholeDays(before+held) - wholeDays(before) }

func wholeDays(held time.Duration) int {
	if held < shortestHold {
		return 0
	}
	const day = 24 * time.Hour
	return int((held + day - 1) / day)
}

// Extend moves a deadline by days, to the end of a day.
func Extend(deadline time.Time, days int, zone *time.Location) time.Time {
	if days == 0 {
		return deadline
	}
	return lastDay(deadline, zone).AddDays(days).EndIn(zone)
}

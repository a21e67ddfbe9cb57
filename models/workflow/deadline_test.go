package workflow_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"tribemarket/models"
	"tribemarket/models/workflow"
)

var zoneNames = []string{
	"UTC", "Europe/Brussels", "Europe/London", "America/New_York", "America/Los_Angeles", "Asia/Tokyo", "Asia/Kolkata", "Asia/Kathmandu",
	"Australia/Lord_Howe", "Pacific/Apia", "Pacific/Chatham", "Pacific/Kiritimati", "America/St_Johns",
	"America/Santiago", "America/Havana", "Asia/Beirut", "Africa/Cairo", "America/Asuncion", "America/Nuuk", // clocks move at midnight
}

// Whatever the zone and the day, a deadline is the first instant of the day
// after its last: midnight, where there is one.
func TestADeadlineIsTheEndOfADay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		zone := models.Zone(rapid.SampledFrom(zoneNames).Draw(r, "zone"))
		entered := time.Unix(rapid.Int64Range(1_780_000_000, 1_950_000_000).Draw(r, "entered"), 0)
		agreed := models.DateOf(entered.In(zone)).AddDays(rapid.IntRange(0, 60).Draw(r, "agreed"))
		d := workflow.Deadline{
			From:  rapid.SampledFrom([]workflow.Anchor{workflow.EntryDay, workflow.AgreedDay, workflow.LaterDay, workflow.OfferedDay}).Draw(r, "from"),
			Days:  rapid.IntRange(0, 30).Draw(r, "days"),
			Grace: rapid.IntRange(0, 10).Draw(r, "grace"),
		}
		m := workflow.Moments{Entered: entered, Agreed: agreed, Zone: zone}
		last := models.DateOf(entered.In(zone)).AddDays(d.Days)
		if d.From == workflow.AgreedDay || d.From == workflow.OfferedDay || d.From == workflow.LaterDay && last.Before(agreed) {
			last = agreed
		}
		atDayEnd(r, d.Due(m), last, zone)
		atDayEnd(r, d.At(m), last.AddDays(d.Grace), zone)
		if got := d.DueBefore(d.At(m), zone); !got.Equal(d.Due(m)) {
			r.Fatalf("due %v, but before the deadline %v", d.Due(m), got)
		}
	})
}

func atDayEnd(r *rapid.T, got time.Time, last models.Date, zone *time.Location) {
	local, before := got.In(zone), got.Add(-1).In(zone)
	if models.DateOf(local) != last.AddDays(1) || models.DateOf(before) != last {
		r.Fatalf("%s in %s ends at %v", last, zone, local)
	}
	midnight := local.Hour() == 0 && local.Minute() == 0 && local.Second() == 0
	start, _ := local.ZoneBounds()
	if !midnight && !start.Equal(got) {
		r.Fatalf("%s in %s ends at %v", last, zone, local)
	}
}

// Summer time moves no deadline: these ended at 01:00 and at 23:00.
func TestADeadlineAcrossSummerTime(t *testing.T) {
	t.Parallel()
	zone := models.Zone("Europe/Brussels")
	due := workflow.Deadline{From: workflow.AgreedDay, Grace: 3}
	for day, want := range map[models.Date]string{
		{Year: 2027, Month: 3, Day: 27}:  "2027-03-31T00:00:00+02:00",
		{Year: 2027, Month: 10, Day: 30}: "2027-11-03T00:00:00+01:00",
	} {
		if got := due.At(workflow.Moments{Agreed: day, Zone: zone}).In(zone).Format(time.RFC3339); got != want {
			t.Errorf("due %s: %s, wanted %s", day, got, want)
		}
	}
}

func TestADeadlineSaysItselfInWords(t *testing.T) {
	t.Parallel()
	for want, d := range map[string]workflow.Deadline{
		"":                                       {},
		"the end of the 1st day after the draft": {From: workflow.EntryDay, Days: 1, After: "the draft"},
		"the end of the due day":                 {From: workflow.AgreedDay},
		"the end of the due day, or of the 2nd day after the approval if that is later":                                                            {From: workflow.LaterDay, Days: 2, After: "the approval"},
		"the end of the 13th day after it was sent unless its sender chooses another (1st to 23rd), never later than the end of the first due day": {From: workflow.OfferedDay, Days: 13, MaxDays: 23, After: "it was sent"},
	} {
		if d.String() != want {
			t.Errorf("%q, wanted %q", d, want)
		}
	}
	key, args := workflow.Deadline{From: workflow.EntryDay, Days: 5}.Message()
	if key != "workflow.until.entry" || args[1] != 5 {
		t.Error(key, args)
	}
}

// However often a clock is put on hold, what is due moves as by one hold that lasts as long as
// all of them, and whoever has to act keeps the time that they had, but for an hour at most.
func TestHoldsMoveADeadlineByTheirSum(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		zone := models.Zone(rapid.SampledFrom(zoneNames).Draw(r, "zone"))
		all := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) time.Duration {
			return time.Duration(rapid.Int64Range(1, int64(rapid.SampledFrom([]time.Duration{time.Minute, 5 * time.Hour, 40 * 24 * time.Hour}).Draw(r, "up to"))).Draw(r, "held"))
		}), 1, 40).Draw(r, "holds")
		first := models.DateOf(time.Unix(rapid.Int64Range(1_780_000_000, 1_950_000_000).Draw(r, "deadline"), 0)).EndIn(zone)
		deadline, sum := first, time.Duration(0)
		for _, held := range all {
			deadline = workflow.Extend(deadline, workflow.DaysHeld(sum, held), zone)
			sum += held
		}
		if once := workflow.Extend(first, workflow.DaysHeld(0, sum), zone); !deadline.Equal(once) {
			r.Fatalf("%d holds of %v in all: until %v, one: %v", len(all), sum, deadline, once)
		}
		if sum < time.Hour && !deadline.Equal(first) {
			r.Fatalf("%v moved it", sum)
		}
		if moved := models.DateOf(deadline.Add(-1).In(zone)).DaysFrom(models.DateOf(first.Add(-1).In(zone))); sum >= time.Hour && (time.Duration(moved)*24*time.Hour < sum || time.Duration(moved-1)*24*time.Hour >= sum) {
			r.Fatalf("%v moved it by %d days", sum, moved)
		}
	})
}

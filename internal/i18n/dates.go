package i18n

import (
	"context"
	"strconv"
	"time"

	"tribemarket/models"
)

// Date is the day of t in the reader's time zone: 24 Nov 2026.
func Date(ctx context.Context, t time.Time) string {
	return Day(ctx, models.DateOf(t.In(TimeZoneOf(ctx))))
}

// ShortDate is Date without the year: 24 Nov.
func ShortDate(ctx context.Context, t time.Time) string {
	return ShortDay(ctx, models.DateOf(t.In(TimeZoneOf(ctx))))
}

// Day is a calendar day, the same in every time zone: 24 Nov 2026.
func Day(ctx context.Context, d models.Date) string {
	if d.IsZero() {
		return ""
	}
	return ShortDay(ctx, d) + " " + strconv.Itoa(d.Year)
}

// ShortDay is Day without the year: 24 Nov.
func ShortDay(ctx context.Context, d models.Date) string {
	if d.IsZero() {
		return ""
	}
	f := localeFormatOf(LocaleOf(ctx))
	day := f.first
	if d.Day != 1 {
		day = strconv.Itoa(d.Day)
	}
	return day + " " + f.months[(d.Month+11)%12]
}

// Month is the month of a day: Nov 2026.
func Month(ctx context.Context, d models.Date) string {
	if d.IsZero() {
		return ""
	}
	return localeFormatOf(LocaleOf(ctx)).months[(d.Month+11)%12] + " " + strconv.Itoa(d.Year)
}

// DateTime is a moment in the reader's time zone: 24 Nov 2026, 17:00.
func DateTime(ctx context.Context, t time.Time) string {
	return Date(ctx, t) + localeFormatOf(LocaleOf(ctx)).dateTime + TimeOfDay(ctx, t)
}

// WeekdayDate is a nearby day with its weekday: Tue 24 Nov.
func WeekdayDate(ctx context.Context, t time.Time) string {
	f := localeFormatOf(LocaleOf(ctx))
	return f.days[t.In(TimeZoneOf(ctx)).Weekday()] + " " + ShortDate(ctx, t)
}

// WeekdayDateTime is a nearby moment, such as a deadline: Tue 24 Nov, 17:00.
func WeekdayDateTime(ctx context.Context, t time.Time) string {
	return WeekdayDate(ctx, t) + localeFormatOf(LocaleOf(ctx)).dateTime + TimeOfDay(ctx, t)
}

// LastMinute is the moment to show for a deadline: if it is midnight for the reader, the
// minute before, so that it falls on the day that ends.
func LastMinute(ctx context.Context, t time.Time) time.Time {
	if local := t.In(TimeZoneOf(ctx)); local.Hour() == 0 && local.Minute() == 0 && local.Second() == 0 {
		return t.Add(-time.Minute)
	}
	return t
}

// DayEnd is the end of somebody's day as the last minute before it, written by the given
// function. It names the reader's zone where their own day does not end then.
func DayEnd(ctx context.Context, t time.Time, write func(context.Context, time.Time) string) string {
	last := write(ctx, t.Add(-time.Minute))
	if LastMinute(ctx, t).Equal(t) {
		return InZone(ctx, last)
	}
	return last
}

// Deadline is the last minute of a deadline, written by the given function. It names the
// reader's zone where it is not the end of a day there: then it ends a day elsewhere.
func Deadline(ctx context.Context, t time.Time, write func(context.Context, time.Time) string) string {
	last := LastMinute(ctx, t)
	if last.Equal(t) {
		return InZone(ctx, write(ctx, t))
	}
	return write(ctx, last)
}

// InZone names the reader's time zone after a moment: Tue 24 Nov, 17:00 (Paris).
func InZone(ctx context.Context, moment string) string {
	zone := TimeZoneOf(ctx).String()
	if zone != "UTC" {
		zone = TimeZoneCity(ctx, zone)
	}
	return T(ctx, "common.in_zone", "moment", moment, "zone", zone)
}

// TimeOfDay is the time of day in the reader's time zone: 17:00.
func TimeOfDay(ctx context.Context, t time.Time) string {
	return t.In(TimeZoneOf(ctx)).Format("15:04")
}

// TimeUntil is the time from now to t in its two largest units: 4 days and 3 hours.
func TimeUntil(ctx context.Context, t, now time.Time) string { return Duration(ctx, t.Sub(now)) }

// Duration is a length of time in its two largest units, rounded down: 4 days and 3 hours.
func Duration(ctx context.Context, d time.Duration) string {
	days, hours, minutes := int(d.Hours())/24, int(d.Hours())%24, int(d.Minutes())%60
	switch {
	case days > 0:
		return twoUnits(ctx, "common.days", days, "common.hours", hours)
	case hours > 0:
		return twoUnits(ctx, "common.hours", hours, "common.minutes", minutes)
	case minutes > 0:
		return T(ctx, "common.minutes", "n", minutes)
	}
	return T(ctx, "common.under_a_minute")
}

func twoUnits(ctx context.Context, large string, n int, small string, m int) string {
	if m == 0 {
		return T(ctx, large, "n", n)
	}
	return T(ctx, "common.pair", "a", T(ctx, large, "n", n), "b", T(ctx, small, "n", m))
}

// TimeAgo is how long before now t was, in one short unit: 6 h ago.
func TimeAgo(ctx context.Context, t, now time.Time) string {
	d := now.Sub(t)
	days := int(d.Hours()) / 24
	switch {
	case d < time.Minute:
		return T(ctx, "common.just_now")
	case d < time.Hour:
		return T(ctx, "common.minutes_ago", "n", int(d.Minutes()))
	case days == 0:
		return T(ctx, "common.hours_ago", "n", int(d.Hours()))
	case days < 90:
		return T(ctx, "common.days_ago", "n", days)
	case days < 730:
		return T(ctx, "common.months_ago", "n", days*12/365)
	}
	return T(ctx, "common.years_ago", "n", days/365)
}

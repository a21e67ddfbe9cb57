package terms_test

import (
	"reflect"
	"testing"
	"time"

	"tribemarket/models"
	"tribemarket/models/terms"
)

func parsed(t *testing.T, s string) models.Date {
	t.Helper()
	var d models.Date
	if err := d.UnmarshalText([]byte(s)); err != nil {
		t.Fatal(err)
	}
	return d
}

func dueOn(t *testing.T, days ...string) terms.Terms {
	t.Helper()
	all := terms.Terms{Repetition: terms.Repetition{Months: 24}}
	for i, s := range days {
		all.Deliverables = append(all.Deliverables, terms.Deliverable{Number: i + 1, DueOn: parsed(t, s)})
	}
	return all
}

func TestDueDaysOfCycles(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		first string
		days  []string // of cycles 2, 3 and so on
	}{
		{"2026-11-20", []string{"2026-12-20", "2027-01-20", "2027-02-20"}},
		{"2027-01-31", []string{"2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"}},
		{"2028-01-30", []string{"2028-02-29", "2028-03-30"}}, // a leap year
		{"2100-01-29", []string{"2100-02-28", "2100-03-29"}}, // none
		{"2027-12-31", []string{"2028-01-31", "2028-02-29", "2028-03-31"}},
		{"2028-02-29", []string{"2028-03-29"}},
	} {
		t1 := dueOn(t, c.first)
		before := []terms.Terms{t1}
		for i, want := range c.days {
			next := terms.NextCycle(before)
			if got := next.Deliverables[0].DueOn; got != parsed(t, want) || t1.OfCycle(i + 2).Deliverables[0].DueOn != got {
				t.Errorf("cycle %d of %s is due on %s, want %s", i+2, c.first, got, want)
			}
			before = append(before, next)
		}
		if t1.Deliverables[0].DueOn != parsed(t, c.first) || t1.OfCycle(1).Deliverables[0].DueOn != parsed(t, c.first) {
			t.Errorf("the first cycle of %s has changed", c.first)
		}
	}
}

// What a cycle changed holds from then on, counted from what it says and not from where a
// short month put it.
func TestChangedDaysHoldFromTheirCycleOn(t *testing.T) {
	t.Parallel()
	first := dueOn(t, "2027-01-31", "2027-01-10")
	second := terms.NextCycle([]terms.Terms{first})
	third := terms.NextCycle([]terms.Terms{first, second})
	third.Deliverables[0].DueOn = parsed(t, "2027-03-30") // the 31st before
	third.Deliverables = append(third.Deliverables, terms.Deliverable{Number: 3, DueOn: parsed(t, "2027-03-31")})
	third.Fee.Content = 700
	before := []terms.Terms{first, second, third}
	for _, want := range [][]string{{"2027-04-30", "2027-04-10", "2027-04-30"}, {"2027-05-30", "2027-05-10", "2027-05-31"}, {"2027-06-30", "2027-06-10", "2027-06-30"}} {
		next := terms.NextCycle(before)
		for i, day := range want {
			if next.Deliverables[i].DueOn != parsed(t, day) {
				t.Errorf("cycle %d: %+v, want %s", len(before)+1, next.Deliverables[i], day)
			}
		}
		if next.Fee.Content != 700 {
			t.Error("the changed fee does not hold")
		}
		before = append(before, next)
	}
	less := before[len(before)-1]
	less.Deliverables = less.Deliverables[1:2]
	before[len(before)-1] = less
	if next := terms.NextCycle(before); len(next.Deliverables) != 1 || next.Deliverables[0].DueOn != parsed(t, "2027-07-10") {
		t.Errorf("with one deliverable left: %+v", next.Deliverables)
	}
}

// Every clause of full terms: the days that are a cycle's own move, and nothing else does.
func TestWhatACycleMoves(t *testing.T) {
	t.Parallel()
	full := dueOn(t, "2026-12-31", "2027-01-30")
	full.Rights = []terms.UsageRight{{Channel: "web", Days: 30}, {Deliverable: 1, Days: 90, StartsOn: parsed(t, "2027-01-31")}}
	full.Exclusivity = terms.Exclusivity{Category: "food", Days: 14} // from the first publication
	full.Whitelisting, full.Retention = 30, 365                      // from the publication
	full.Guarantee = terms.Guarantee{Metric: "views", Least: 1000, Days: 7, Definition: 3, DefinedOn: parsed(t, "2026-01-02")}
	full.Shipment, full.PaymentDays, full.ReviewDays = terms.Shipment{Days: 5}, 30, 5
	full.Fee, full.Repetition = terms.Fee{Content: 500, Rush: 20}, terms.Repetition{Months: 6, NoticeDays: 30}
	want := full
	want.Deliverables = []terms.Deliverable{{Number: 1, DueOn: parsed(t, "2027-02-28")}, {Number: 2, DueOn: parsed(t, "2027-03-30")}}
	want.Rights = []terms.UsageRight{{Channel: "web", Days: 30}, {Deliverable: 1, Days: 90, StartsOn: parsed(t, "2027-03-31")}}
	if got := full.OfCycle(3); !reflect.DeepEqual(got, want) {
		t.Errorf("cycle 3 is\n%+v, want\n%+v", got, want)
	}
	// A clause that gets a day has to say whether the day moves.
	decided := map[string]string{"Deliverables.DueOn": "moves", "Rights.StartsOn": "moves", "Guarantee.DefinedOn": "stays"}
	for _, name := range daysIn(reflect.TypeFor[terms.Terms](), "") {
		if decided[name] == "" {
			t.Errorf("whether %s moves from cycle to cycle is not decided", name)
		}
		delete(decided, name)
	}
	if len(decided) > 0 {
		t.Errorf("terms have no %v", decided)
	}
}

// daysIn are the fields of a type that are days or moments.
func daysIn(of reflect.Type, at string) (all []string) {
	switch {
	case of == reflect.TypeFor[models.Date]() || of == reflect.TypeFor[time.Time]():
		return []string{at}
	case of.Kind() == reflect.Slice || of.Kind() == reflect.Pointer:
		return daysIn(of.Elem(), at)
	case of.Kind() != reflect.Struct:
		return nil
	}
	for i := range of.NumField() {
		name := of.Field(i).Name
		if at != "" {
			name = at + "." + name
		}
		all = append(all, daysIn(of.Field(i).Type, name)...)
	}
	return all
}

func TestNotice(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		first          string
		months, notice int
		given          string
		begun, last    int
		until          string
	}{
		{"2026-11-20", 6, 30, "2026-11-20", 1, 2, "2026-12-20"}, // ends on the very day on which the second begins
		{"2026-11-20", 6, 29, "2026-11-20", 1, 1, "2026-12-19"},
		{"2026-11-20", 6, 0, "2026-12-19", 1, 1, "2026-12-19"},
		{"2026-11-20", 6, 0, "2026-12-20", 1, 2, "2026-12-20"}, // it begins today, though the job was not there yet
		{"2026-11-20", 6, 0, "2026-12-20", 2, 2, "2026-12-20"},
		{"2026-11-20", 6, 90, "2026-11-22", 1, 4, "2027-02-20"},
		{"2026-11-20", 3, 90, "2026-11-21", 1, 3, "2027-02-19"}, // there are no more
		{"2027-01-31", 12, 10, "2027-02-17", 1, 1, "2027-02-27"},
		{"2027-01-31", 12, 10, "2027-02-18", 1, 2, "2027-02-28"},
		{"2026-11-20", 6, 0, "2026-11-20", 4, 4, "2026-11-20"}, // what has begun has begun
	} {
		s := terms.Terms{Repetition: terms.Repetition{Months: c.months, NoticeDays: c.notice}}.Schedule(parsed(t, c.first))
		given := parsed(t, c.given)
		if got := s.LastCycle(given, c.begun); got != c.last || s.NoticeUntil(given) != parsed(t, c.until) {
			t.Errorf("%+v: cycle %d, until %s", c, got, s.NoticeUntil(given))
		}
		for cycle := c.begun + 1; cycle <= c.months; cycle++ { // the last day of notice says the same
			if prevents := !s.LastNotice(cycle).Before(given); prevents != (cycle > c.last) {
				t.Errorf("%+v: notice by %s against cycle %d", c, s.LastNotice(cycle), cycle)
			}
		}
	}
}

package terms_test

import (
	"testing"

	"tribemarket/models"
	"tribemarket/models/terms"
)

func TestDaysThatHavePassedMoveTogether(t *testing.T) {
	t.Parallel()
	day := func(s string) models.Date {
		d, err := models.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	written := terms.Terms{
		Deliverables: []terms.Deliverable{{Number: 1, DueOn: day("2026-03-20")}, {Number: 2, DueOn: day("2026-04-02")}},
		Rights:       []terms.UsageRight{{Days: 30}, {Days: 30, StartsOn: day("2026-04-10")}},
	}
	for _, r := range []struct{ today, first, second, starts string }{
		{"2026-03-20", "2026-03-20", "2026-04-02", "2026-04-10"}, // the first is due today
		{"2026-03-21", "2026-03-31", "2026-04-13", "2026-04-21"}, // eleven days after it was written
		{"2026-11-10", "2026-11-20", "2026-12-03", "2026-12-11"},
	} {
		got, n := written.MoveDays(day("2026-03-10"), day(r.today))
		if got.Deliverables[0].DueOn != day(r.first) || got.Deliverables[1].DueOn != day(r.second) || got.Rights[1].StartsOn != day(r.starts) || !got.Rights[0].StartsOn.IsZero() {
			t.Errorf("on %s: %+v %+v", r.today, got.Deliverables, got.Rights)
		}
		if moved := got.Deliverables[0].DueOn != written.Deliverables[0].DueOn; moved != (n > 0) {
			t.Errorf("on %s they are said to move by %d", r.today, n)
		}
	}
	if written.Deliverables[0].DueOn != day("2026-03-20") {
		t.Error("the terms that were given have changed")
	}
}

package moderation

import (
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/models/db"
)

func TestVerdictsOnWork(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	ago := func(d time.Duration) *time.Time { at := now.Add(-d); return &at }
	const m, h = time.Minute, time.Hour
	expected := []JobExpectation{
		{Kind: "minutely", Every: m, Patience: 5 * m}, {Kind: "daily", Every: 24 * h, Patience: 5 * m},
		{Kind: "on demand", Patience: 5 * m}, {Kind: "slow", Patience: 2 * h}, {Kind: "earlier", Earlier: true, Patience: 5 * m},
	}
	for what, c := range map[string]struct {
		kind string
		now  db.JobKind
		want JobState
	}{
		"nothing to do":                    {"on demand", db.JobKind{}, JobRuns},
		"just due":                         {"on demand", db.JobKind{Due: 1, OldestDue: ago(4 * m)}, JobRuns},
		"due for too long":                 {"on demand", db.JobKind{Due: 1, OldestDue: ago(6 * m)}, JobOverdue},
		"waits for a long one":             {"slow", db.JobKind{Due: 1, OldestDue: ago(h), Running: 1}, JobRuns},
		"of another version":               {"unheard of", db.JobKind{Due: 1, OldestDue: ago(6 * m)}, JobOverdue},
		"failed twice":                     {"on demand", db.JobKind{JobRuns: db.JobRuns{Failures: 2, FailingSince: ago(m), FailedAt: ago(m)}}, JobRuns},
		"failed three times":               {"on demand", db.JobKind{JobRuns: db.JobRuns{Failures: 3, FailingSince: ago(m), FailedAt: ago(m)}}, JobFailing},
		"failed once and not run since":    {"daily", db.JobKind{JobRuns: db.JobRuns{Failures: 1, FailingSince: ago(h), FailedAt: ago(h)}}, JobFailing},
		"run in time":                      {"minutely", db.JobKind{JobRuns: db.JobRuns{SucceededAt: ago(2 * m)}}, JobRuns},
		"not started for long":             {"minutely", db.JobKind{JobRuns: db.JobRuns{SucceededAt: ago(20 * m)}}, JobMissing},
		"started long ago and still at it": {"minutely", db.JobKind{Running: 1, JobRuns: db.JobRuns{SucceededAt: ago(20 * m)}}, JobRuns},
		"never started":                    {"minutely", db.JobKind{}, JobMissing},
		"not yet started":                  {"daily", db.JobKind{}, JobRuns},
	} {
		c.now.Kind = c.kind
		var got JobState
		for _, k := range judgeWork([]db.JobKind{c.now}, expected, now.Add(-30*m), now) {
			if k.Name() == c.kind {
				got = k.State
			}
			if k.Name() == "earlier" {
				t.Errorf("%s: a kind of earlier versions is listed without jobs", what)
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", what, got, c.want)
		}
	}
}

func TestTheTableOfWorkAlertsIsAsTheModelSays(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) { testkit.CheckSameColumns(t, d, workAlertRow{}) })
}

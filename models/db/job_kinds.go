package db

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// JobKind is how the jobs of one kind are doing.
type JobKind struct {
	Kind      string
	Due       int64 // that should have begun by now
	Waiting   int64 // for their time
	Running   int64
	Discarded int64      // given up, of the last days
	OldestDue *time.Time // since when the oldest of the due ones is
	JobRuns
}

// JobRuns is how the runs of a kind of job have ended.
type JobRuns struct {
	SucceededAt  *time.Time
	FailedAt     *time.Time
	FailingSince *time.Time // the first failure after the last success
	Failures     int64      // since the last success
	Error        string     // of the last failure, see ShortenJobError
}

// JobKindRow is a row of job_kinds.
type JobKindRow struct {
	Kind string `gorm:"primaryKey"`
	JobRuns
}

// TableName is the table's name, for GORM.
func (JobKindRow) TableName() string { return "job_kinds" }

// jobsByKind counts what is queued. A job that a worker has not fetched yet may also be in
// the states of those that wait for their time.
const jobsByKind = `SELECT kind, sum(due) AS due, sum(CASE WHEN state <> 'running' AND state <> 'discarded' THEN 1 - due ELSE 0 END) AS waiting,
		sum(CASE WHEN state = 'running' THEN 1 ELSE 0 END) AS running, sum(CASE WHEN state = 'discarded' THEN 1 ELSE 0 END) AS discarded,
		min(CASE WHEN due = 1 THEN at END) AS oldest
	FROM (SELECT kind, state, CAST(%s AS BIGINT) AS at,
			CASE WHEN state IN ('available', 'retryable', 'scheduled') AND scheduled_at <= ? THEN 1 ELSE 0 END AS due
		FROM river_job WHERE state IN ('available', 'retryable', 'scheduled', 'pending', 'running', 'discarded')) AS jobs
	GROUP BY kind`

// ListJobKinds lists the kinds of jobs that are queued or have run, by name, in two
// queries.
func (d *DB) ListJobKinds(ctx context.Context, now time.Time) ([]JobKind, error) {
	seconds := "unixepoch(scheduled_at)"
	if d.Dialect == Postgres {
		seconds = "floor(extract(epoch FROM scheduled_at))"
	}
	var queued []struct {
		JobKind
		Oldest *int64
	}
	if err := d.Read(ctx).Raw(fmt.Sprintf(jobsByKind, seconds), now.UTC()).Scan(&queued).Error; err != nil {
		return nil, err
	}
	var ran []JobKindRow
	if err := d.Read(ctx).Find(&ran).Error; err != nil {
		return nil, err
	}
	all := map[string]JobKind{}
	for _, q := range queued {
		if q.Oldest != nil {
			at := time.Unix(*q.Oldest, 0).UTC()
			q.JobKind.OldestDue = &at
		}
		all[q.Kind] = q.JobKind
	}
	for _, r := range ran {
		k := all[r.Kind]
		k.Kind, k.JobRuns = r.Kind, r.JobRuns
		all[r.Kind] = k
	}
	return slices.SortedFunc(maps.Values(all), func(a, b JobKind) int { return cmp.Compare(a.Kind, b.Kind) }), nil
}

// addSuccess notes that a run has succeeded.
func (r *JobRuns) addSuccess(at time.Time) {
	r.SucceededAt, r.FailingSince, r.Failures = &at, nil, 0
}

// addFailure notes that a run has failed.
func (r *JobRuns) addFailure(at time.Time, err string) {
	if r.FailingSince == nil {
		r.FailingSince = &at
	}
	r.FailedAt, r.Error = &at, ShortenJobError(err)
	r.Failures++
}

// recordJobRuns adds the runs of one worker, of some seconds, to those of all.
func (d *DB) recordJobRuns(ctx context.Context, runs map[string]JobRuns) error {
	return d.Tx(ctx, func(tx *Tx) error {
		for _, kind := range slices.Sorted(maps.Keys(runs)) {
			row := JobKindRow{kind, runs[kind]}
			set := map[string]any{
				"failed_at": gorm.Expr("coalesce(excluded.failed_at, job_kinds.failed_at)"),
				"error":     gorm.Expr("CASE WHEN excluded.failed_at IS NULL THEN job_kinds.error ELSE excluded.error END"),
			}
			if row.SucceededAt != nil {
				set["succeeded_at"], set["failing_since"], set["failures"] = gorm.Expr("excluded.succeeded_at"), gorm.Expr("excluded.failing_since"), gorm.Expr("excluded.failures")
			} else {
				set["failing_since"], set["failures"] = gorm.Expr("coalesce(job_kinds.failing_since, excluded.failing_since)"), gorm.Expr("job_kinds.failures + excluded.failures")
			}
			err := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "kind"}}, DoUpdates: clause.Assignments(set)}).Create(&row).Error
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// maxJobError is the most characters of a job's error that are kept.
const maxJobError = 200

// What an error can contain that is nobody's business: addresses of people, what follows
// the host in a URL, and what could be a secret.
var (
	mailAddress = regexp.MustCompile(`[^\s<>"'(),;:]+@[^\s<>"'(),;:]+`)
	urlRest     = regexp.MustCompile(`(\w+://)(?:[^\s/@"']*@)?([^\s/?#"']+)[/?#][^\s"']*`)
	longWord    = regexp.MustCompile(`[A-Za-z0-9_\-+/=.]{32,}`)
)

// ShortenJobError is an error as administrators see it: at most 200 characters of one
// line, without addresses and secrets.
func ShortenJobError(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	s = urlRest.ReplaceAllString(s, "$1$2/…")
	s = mailAddress.ReplaceAllString(s, "…@…")
	s = longWord.ReplaceAllString(s, "…")
	if r := []rune(s); len(r) > maxJobError {
		s = string(r[:maxJobError-1]) + "…"
	}
	return s
}

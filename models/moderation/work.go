package moderation

import (
	"cmp"
	"context"
	"slices"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
)

// JobExpectation says when the jobs of a kind should run.
type JobExpectation struct {
	Kind     string
	Every    time.Duration // how often one is started; 0 for when there is something to do
	Patience time.Duration // how long one may be due and not begin
	Earlier  bool          // only left from earlier versions of the program, and without a name
}

// JobState is a verdict on a kind of job.
type JobState string

// The verdicts, in the order in which they count.
const (
	JobOverdue JobState = "overdue" // one has been due for too long
	JobFailing JobState = "failing" // it fails again and again
	JobMissing JobState = "missing" // it was not started for too long
	JobRuns    JobState = "runs"
)

// JobStates lists the verdicts.
func JobStates() []JobState { return []JobState{JobOverdue, JobFailing, JobMissing, JobRuns} }

// MessageKey is the message key of the verdict.
func (s JobState) MessageKey() string { return "moderation.work.state." + string(s) }

// JobKindReport is a kind of job with the verdict on it.
type JobKindReport struct {
	db.JobKind
	JobExpectation
	State JobState
}

// Runs says whether its jobs run.
func (k JobKindReport) Runs() bool { return k.State == JobRuns }

// Name is the kind's.
func (k JobKindReport) Name() string { return k.JobKind.Kind }

// NameKey is the message key of the kind's name, "" for one of another version of the
// program.
func (k JobKindReport) NameKey() string {
	if k.JobExpectation.Kind == "" {
		return ""
	}
	return "moderation.work.kind." + k.Name()
}

// WhyKey is the message key of the sentence that says why the kind does not run, for how
// long.
func (k JobKindReport) WhyKey() string { return "moderation.work.why." + string(k.State) }

// StoppedFor is for how long the kind has not run; of one that was not started, how often
// it should have been.
func (k JobKindReport) StoppedFor(now time.Time) time.Duration {
	switch {
	case k.State == JobOverdue && k.OldestDue != nil:
		return now.Sub(*k.OldestDue)
	case k.State == JobFailing && k.FailingSince != nil:
		return now.Sub(*k.FailingSince)
	}
	return max(k.Every, time.Minute)
}

// WorkReport says of all kinds of jobs whether they run.
type WorkReport struct {
	At    time.Time
	Kinds []JobKindReport // those that don't run first
}

// NotRunning are the kinds that don't run.
func (r WorkReport) NotRunning() []JobKindReport {
	return slices.DeleteFunc(slices.Clone(r.Kinds), JobKindReport.Runs)
}

// When work counts as failing, and how late the start of a regular job may be.
const (
	failuresInARow = 3
	failingFor     = time.Hour
	startGrace     = 10 * time.Minute
	usualPatience  = 5 * time.Minute
)

// ReadWork is ReportWork for an administrator.
func (s *Store) ReadWork(ctx context.Context, actor models.Actor) (WorkReport, error) {
	if !actor.Administers() {
		return WorkReport{}, models.NotFound()
	}
	return s.ReportWork(ctx)
}

// ReportWork says whether all background work runs, in two queries.
func (s *Store) ReportWork(ctx context.Context) (WorkReport, error) {
	now := s.clock().UTC()
	found, err := s.db.ListJobKinds(ctx, now)
	if err != nil {
		return WorkReport{}, models.Internal("read how jobs are doing", err)
	}
	return WorkReport{At: now, Kinds: judgeWork(found, s.Work, s.openedAt, now)}, nil
}

// judgeWork judges the kinds that are expected and those found. since is when this node
// began to look.
func judgeWork(found []db.JobKind, expected []JobExpectation, since, now time.Time) []JobKindReport {
	all := map[string]JobKindReport{}
	for _, e := range expected {
		if !e.Earlier {
			all[e.Kind] = JobKindReport{JobKind: db.JobKind{Kind: e.Kind}, JobExpectation: e}
		}
	}
	for _, f := range found {
		k, known := all[f.Kind]
		if k.JobKind = f; !known {
			k.JobExpectation = JobExpectation{Patience: usualPatience}
		}
		all[f.Kind] = k
	}
	out := make([]JobKindReport, 0, len(all))
	for _, k := range all {
		k.State = k.judge(since, now)
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b JobKindReport) int {
		return cmp.Or(slices.Index(JobStates(), a.State)-slices.Index(JobStates(), b.State), cmp.Compare(a.Name(), b.Name()))
	})
	return out
}

func (k JobKindReport) judge(since, now time.Time) JobState {
	switch {
	case k.OldestDue != nil && now.Sub(*k.OldestDue) > k.Patience:
		return JobOverdue
	case k.Failures >= failuresInARow, k.FailingSince != nil && now.Sub(*k.FailingSince) >= failingFor:
		return JobFailing
	case k.Every > 0 && k.Running == 0 && now.Sub(k.lastEnd(since)) > k.Every+startGrace:
		return JobMissing
	}
	return JobRuns
}

// lastEnd is when a job of the kind last ended, or else when this node began to look.
func (k JobKindReport) lastEnd(since time.Time) time.Time {
	for _, at := range []*time.Time{k.SucceededAt, k.FailedAt} {
		if at != nil && at.After(since) {
			since = *at
		}
	}
	return since
}

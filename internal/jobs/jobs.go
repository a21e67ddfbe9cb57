package jobs

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/riverqueue/river"

	"tribemarket/internal/domains"
	"tribemarket/internal/mail"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/files"
	"tribemarket/models/imports"
	"tribemarket/models/negotiation"
	"tribemarket/models/notifications"
	"tribemarket/models/rankings"
	"tribemarket/models/stores"
	"tribemarket/models/workflow/run"
)

// Jobs are the background jobs with everything that they need.
type Jobs struct {
	stores.Stores

	DB       *db.DB
	APIs     creators.PlatformAPIs // the configured platforms
	Domains  domains.DomainProver
	Mail     mail.Sender
	BaseURL  string
	Operator string // the address that is told of work that does not run; "" for none
	Clock    models.Clock
	Log      *slog.Logger

	sealer       auditSealer
	matchingLock sync.Mutex // held while saved searches are matched
}

// NewWorker returns a worker that runs the jobs of this instance's database.
func (j *Jobs) NewWorker() (db.Worker, error) {
	config := &river.Config{
		Queues:                      map[string]river.QueueConfig{},
		Workers:                     j.register().Workers,
		MaxAttempts:                 10,
		FetchPollInterval:           500 * time.Millisecond,
		Logger:                      slog.New(warningsHandler{j.Log.Handler()}),
		CompletedJobRetentionPeriod: time.Hour,
	}
	for name, q := range queues {
		config.Queues[name] = river.QueueConfig{MaxWorkers: q.workers}
	}
	for _, p := range periodicRuns {
		config.PeriodicJobs = append(config.PeriodicJobs, periodicJob(p.every, p.args))
	}
	return j.DB.NewWorker(config)
}

// queues are the queues, with how many jobs a node runs at once, and how long one may be
// due and not begin before work counts as not running.
var queues = map[string]struct {
	workers  int
	patience time.Duration
}{
	river.QueueDefault: {4, 5 * time.Minute},
	platformsQueue:     {3, 15 * time.Minute},
	imports.Queue:      {1, importTimeout + 5*time.Minute}, // one waits for another
}

// periodicRuns are the jobs that are started regularly.
var periodicRuns = []struct {
	every time.Duration
	args  river.JobArgs
}{
	{30 * time.Second, run.SweepArgs{}},
	{5 * time.Minute, notifications.DigestArgs{}},
	{time.Hour, sweepSessionsArgs{}},
	{time.Hour, accounts.SweepDomainsArgs{}},
	{24 * time.Hour, deleteExpiredDataArgs{}},
	{time.Hour, creators.SweepListingsArgs{}},
	{24 * time.Hour, creators.ComputeEngagementBandsArgs{}},
	{time.Hour, negotiation.TellDefinitionsArgs{}},
	{time.Minute, deals.BeginCyclesArgs{}},
	{10 * time.Minute, negotiation.FollowAwayArgs{}},
	{auditSealInterval, sealAuditArgs{}},
	{time.Minute, refreshTokensArgs{}},
	{5 * time.Minute, validateTokensArgs{}},
	{time.Minute, readStatisticsArgs{}},
	{time.Minute, fetchThumbnailsArgs{}},
	{time.Hour, purgeFiguresArgs{}},
	// Rankings and tribe pages
	{24 * time.Hour, rankings.RankingsArgs{}},
	{24 * time.Hour, rankings.TribePagesArgs{}},

	// Saved searches
	{time.Minute, findNewMatchesArgs{}},

	// Imports
	{30 * time.Second, resumeImportsArgs{}},

	// Pictures
	{30 * time.Minute, files.SweepArgs{}},
}

// register registers the function of every kind of job.
func (j *Jobs) register() *registry {
	r := &registry{Workers: river.NewWorkers()}
	addWorker(r, 30*time.Second, j.mailEmailConfirmation)
	addWorker(r, 30*time.Second, j.resetPassword)
	addWorker(r, 30*time.Second, j.mailIdentityCode)
	addWorker(r, 30*time.Second, j.mailInvitation)
	addWorker(r, time.Minute, j.deliver)
	addWorker(r, 5*time.Minute, j.digest)
	addEarlier[brandNotices](r, j)
	addEarlier[signInNotices](r, j)
	addEarlier[decisions](r, j)
	addEarlier[searchAlerts](r, j)
	addEarlier[lostAccounts](r, j)
	addEarlier[standings](r, j)
	addWorker(r, 30*time.Second, j.checkDomain)
	addWorker(r, time.Minute, j.sweepDomains)
	addWorker(r, 30*time.Second, j.mailAnnouncement)
	addWorker(r, 30*time.Second, j.mailReminder)
	addWorker(r, 30*time.Second, j.mailEarlierReminder)
	r.markEarlier()
	addWorker(r, time.Minute, j.sendHeldProposals)
	addWorker(r, 5*time.Minute, j.sweepWorkflow)
	addWorker(r, 5*time.Minute, j.tellDefinitions)
	addWorker(r, 5*time.Minute, j.beginCycles)
	addWorker(r, 5*time.Minute, j.followAway)
	addWorker(r, time.Minute, j.sweepSessions)
	addWorker(r, 30*time.Minute, j.deleteExpiredData)
	addWorker(r, time.Minute, j.sealAudit)
	addWorker(r, time.Minute, j.Creators.RederiveTribes)
	addWorker(r, time.Minute, j.reapplyFloor)
	addWorker(r, 5*time.Minute, j.sweepListings)
	addWorker(r, 5*time.Minute, j.computeEngagementBands)
	addWorker(r, 5*time.Minute, j.refreshTokens)
	addWorker(r, 5*time.Minute, j.validateTokens)
	addWorker(r, 5*time.Minute, j.readStatistics)
	addWorker(r, 5*time.Minute, j.fetchThumbnails)
	addWorker(r, 5*time.Minute, j.purgeFigures)
	addWorker(r, time.Minute, j.revokeToken)
	// Contracts
	addWorker(r, time.Minute, j.PrepareContract)
	addWorker(r, time.Minute, j.CertifyContract)

	// Rankings and tribe pages
	addWorker(r, time.Hour, j.computeRankings)
	addWorker(r, time.Hour, j.computeTribePages)

	// Saved searches
	addWorker(r, 5*time.Minute, j.findNewMatches)

	// Imports
	addWorker(r, importTimeout, j.Imports.RunImport)
	addWorker(r, time.Minute, j.resumeImports)

	// Pictures
	addWorker(r, 30*time.Minute, j.sweepFiles)
	return r
}

// periodicJob runs a job at start, which catches up on what became due while the service
// was down, and then at intervals; with several nodes, only one enqueues it. A failed run
// is not retried, since the next one does the same.
func periodicJob(interval time.Duration, args river.JobArgs) *river.PeriodicJob {
	return river.NewPeriodicJob(river.PeriodicInterval(interval), func() (river.JobArgs, *river.InsertOpts) {
		return args, &river.InsertOpts{MaxAttempts: 1}
	}, &river.PeriodicJobOpts{RunOnStart: true})
}

// addWorker registers the function that does a job, and its timeout.
func addWorker[T river.JobArgs](r *registry, timeout time.Duration, work func(context.Context, T) error) {
	river.AddWorker(r.Workers, &jobWorker[T]{timeout: timeout, work: work})
	var args T
	r.expect(args)
}

type jobWorker[T river.JobArgs] struct {
	river.WorkerDefaults[T]
	timeout time.Duration
	work    func(context.Context, T) error
}

// Work is called by River to do the job.
func (w *jobWorker[T]) Work(ctx context.Context, job *river.Job[T]) error {
	return w.work(ctx, job.Args)
}

// Timeout is the job's time limit, for River.
func (w *jobWorker[T]) Timeout(*river.Job[T]) time.Duration { return w.timeout }

type sweepSessionsArgs struct{}

// Kind is the job's name, for River.
func (sweepSessionsArgs) Kind() string { return "accounts.sweep_sessions" }

func (j *Jobs) sweepSessions(ctx context.Context, _ sweepSessionsArgs) error {
	return errors.Join(j.Accounts.SessionStore().DeleteExpired(ctx), j.DB.DeleteEndedLimits(ctx, j.Clock()))
}

type deleteExpiredDataArgs struct{}

// Kind is the job's name, for River.
func (deleteExpiredDataArgs) Kind() string { return "privacy.clear_out" }

func (j *Jobs) deleteExpiredData(ctx context.Context, _ deleteExpiredDataArgs) error {
	deleted, err := j.Privacy.DeleteExpiredData(ctx)
	j.Log.InfoContext(ctx, "deleted expired data", "rows", deleted)
	return err
}

func (j *Jobs) sweepWorkflow(ctx context.Context, _ run.SweepArgs) error {
	n, err := j.Workflow.Sweep(ctx)
	if n > 0 {
		j.Log.InfoContext(ctx, "workflow sweep done", "outcomes", n)
	}
	return err
}

// warningsHandler lets River log warnings and errors only.
type warningsHandler struct{ slog.Handler }

// Enabled is part of slog.Handler.
func (w warningsHandler) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelWarn && w.Handler.Enabled(ctx, l)
}

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
	"tribemarket/models/imports"
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
	SiteName string
	Clock    models.Clock
	Log      *slog.Logger

	sealer       auditSealer
	matchingLock sync.Mutex // held while saved searches are matched
}

// NewWorker returns a worker that runs the jobs of this instance's database.
func (j *Jobs) NewWorker() (db.Worker, error) {
	w := river.NewWorkers()
	addWorker(w, 30*time.Second, j.mailEmailConfirmation)
	addWorker(w, 30*time.Second, j.resetPassword)
	addWorker(w, 30*time.Second, j.mailInvitation)
	addWorker(w, time.Minute, j.deliver)
	addWorker(w, 5*time.Minute, j.digest)
	addEarlier[brandNotices](w, j)
	addEarlier[signInNotices](w, j)
	addEarlier[decisions](w, j)
	addEarlier[searchAlerts](w, j)
	addEarlier[lostAccounts](w, j)
	addEarlier[standings](w, j)
	addWorker(w, 30*time.Second, j.checkDomain)
	addWorker(w, time.Minute, j.sweepDomains)
	addWorker(w, 30*time.Second, j.mailAnnouncement)
	addWorker(w, 30*time.Second, j.mailReminder)
	addWorker(w, 30*time.Second, j.mailEarlierReminder)
	addWorker(w, time.Minute, j.sendHeldProposals)
	addWorker(w, 5*time.Minute, j.sweepWorkflow)
	addWorker(w, time.Minute, j.sweepSessions)
	addWorker(w, 30*time.Minute, j.deleteExpiredData)
	addWorker(w, time.Minute, j.sealAudit)
	addWorker(w, time.Minute, j.Creators.RederiveTribes)
	addWorker(w, time.Minute, j.reapplyFloor)
	addWorker(w, 5*time.Minute, j.sweepListings)
	addWorker(w, 5*time.Minute, j.computeEngagementBands)
	addWorker(w, 5*time.Minute, j.refreshTokens)
	addWorker(w, 5*time.Minute, j.validateTokens)
	addWorker(w, 5*time.Minute, j.readStatistics)
	addWorker(w, 5*time.Minute, j.purgeFigures)
	addWorker(w, time.Minute, j.revokeToken)
	// Rankings and tribe pages
	addWorker(w, time.Hour, j.computeRankings)
	addWorker(w, time.Hour, j.computeTribePages)

	// Saved searches
	addWorker(w, 5*time.Minute, j.findNewMatches)

	// Imports
	addWorker(w, 2*time.Hour, j.Imports.RunImport)
	addWorker(w, time.Minute, j.resumeImports)

	return j.DB.NewWorker(&river.Config{
		Queues:  map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 4}, platformsQueue: {MaxWorkers: 3}, imports.Queue: {MaxWorkers: 1}},
		Workers: w,
		PeriodicJobs: []*river.PeriodicJob{
			periodicJob(30*time.Second, run.SweepArgs{}),
			periodicJob(5*time.Minute, notifications.DigestArgs{}),
			periodicJob(time.Hour, sweepSessionsArgs{}),
			periodicJob(time.Hour, accounts.SweepDomainsArgs{}),
			periodicJob(24*time.Hour, deleteExpiredDataArgs{}),
			periodicJob(time.Hour, creators.SweepListingsArgs{}),
			periodicJob(24*time.Hour, creators.ComputeEngagementBandsArgs{}),
			periodicJob(auditSealInterval, sealAuditArgs{}),
			periodicJob(time.Minute, refreshTokensArgs{}),
			periodicJob(5*time.Minute, validateTokensArgs{}),
			periodicJob(time.Minute, readStatisticsArgs{}),
			periodicJob(time.Hour, purgeFiguresArgs{}),
			// Rankings and tribe pages
			periodicJob(24*time.Hour, rankings.RankingsArgs{}),
			periodicJob(24*time.Hour, rankings.TribePagesArgs{}),

			// Saved searches
			periodicJob(time.Minute, findNewMatchesArgs{}),

			// Imports
			periodicJob(30*time.Second, resumeImportsArgs{}),
		},
		MaxAttempts:                 10,
		FetchPollInterval:           500 * time.Millisecond,
		Logger:                      slog.New(warningsHandler{j.Log.Handler()}),
		CompletedJobRetentionPeriod: time.Hour,
	})
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
func addWorker[T river.JobArgs](w *river.Workers, timeout time.Duration, work func(context.Context, T) error) {
	river.AddWorker(w, &jobWorker[T]{timeout: timeout, work: work})
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

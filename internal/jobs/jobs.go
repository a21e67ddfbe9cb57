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
	"tribemarket/models/notifications"
	"tribemarket/models/rankings"
	"tribemarket/models/stores"
	"tribemarket/models/workflow/run"
)

// Jobs is what the jobs work with.
type Jobs struct {
	stores.Stores

	DB       *db.DB
	APIs     creators.APIs // the platforms that are set up
	Domains  domains.Prover
	Mail     mail.Sender
	BaseURL  string
	SiteName string
	Clock    models.Clock
	Log      *slog.Logger

	sealer  sealer
	looking sync.Mutex // held while saved searches are looked at
}

// Worker works off the jobs of this instance's database.
func (j *Jobs) Worker() (db.Worker, error) {
	w := river.NewWorkers()
	add(w, 30*time.Second, j.confirm)
	add(w, 30*time.Second, j.resetPassword)
	add(w, 30*time.Second, j.invite)
	add(w, time.Minute, j.deliver)
	add(w, 5*time.Minute, j.digest)
	addEarlier[brandNotices](w, j)
	addEarlier[signInNotices](w, j)
	addEarlier[decisions](w, j)
	addEarlier[searchAlerts](w, j)
	addEarlier[lostAccounts](w, j)
	addEarlier[standings](w, j)
	add(w, 30*time.Second, j.checkDomain)
	add(w, time.Minute, j.sweepDomains)
	add(w, 30*time.Second, j.announce)
	add(w, 30*time.Second, j.remind)
	add(w, 5*time.Minute, j.sweepWorkflow)
	add(w, time.Minute, j.sweepSessions)
	add(w, 30*time.Minute, j.clearOut)
	add(w, time.Minute, j.sealAudit)
	add(w, time.Minute, j.Creators.FollowTribes)
	add(w, time.Minute, j.rejudge)
	add(w, 5*time.Minute, j.sweepStanding)
	add(w, 5*time.Minute, j.computeBands)
	add(w, 5*time.Minute, j.refreshTokens)
	add(w, 5*time.Minute, j.validateTokens)
	add(w, 5*time.Minute, j.readStatistics)
	add(w, 5*time.Minute, j.purgeFigures)
	add(w, time.Minute, j.revoke)
	// Rankings and tribe pages
	add(w, time.Hour, j.computeRankings)
	add(w, time.Hour, j.computeTribePages)

	// Saved searches
	add(w, 5*time.Minute, j.look)

	return j.DB.Worker(&river.Config{
		Queues:  map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 4}, platformsQueue: {MaxWorkers: 3}},
		Workers: w,
		PeriodicJobs: []*river.PeriodicJob{
			every(30*time.Second, run.SweepArgs{}),
			every(5*time.Minute, notifications.DigestArgs{}),
			every(time.Hour, sweepSessionsArgs{}),
			every(time.Hour, accounts.SweepDomainsArgs{}),
			every(24*time.Hour, clearOutArgs{}),
			every(time.Hour, creators.SweepStandingArgs{}),
			every(24*time.Hour, creators.BandsArgs{}),
			every(sealEvery, sealAuditArgs{}),
			every(time.Minute, refreshTokensArgs{}),
			every(5*time.Minute, validateTokensArgs{}),
			every(time.Minute, readStatisticsArgs{}),
			every(time.Hour, purgeFiguresArgs{}),
			// Rankings and tribe pages
			every(24*time.Hour, rankings.RankingsArgs{}),
			every(24*time.Hour, rankings.TribePagesArgs{}),

			// Saved searches
			every(time.Minute, lookArgs{}),
		},
		MaxAttempts:                 10,
		FetchPollInterval:           500 * time.Millisecond,
		Logger:                      slog.New(warnings{j.Log.Handler()}),
		CompletedJobRetentionPeriod: time.Hour,
	})
}

// every runs a job at start, which catches up on what was due while the
// service was down, and then at intervals; of several nodes, one adds it. A run
// that fails is not tried again, since the next one does the same.
func every(interval time.Duration, args river.JobArgs) *river.PeriodicJob {
	return river.NewPeriodicJob(river.PeriodicInterval(interval), func() (river.JobArgs, *river.InsertOpts) {
		return args, &river.InsertOpts{MaxAttempts: 1}
	}, &river.PeriodicJobOpts{RunOnStart: true})
}

// add lists a job: what does it, and how long it may take.
func add[T river.JobArgs](w *river.Workers, timeout time.Duration, work func(context.Context, T) error) {
	river.AddWorker(w, &worker[T]{timeout: timeout, work: work})
}

type worker[T river.JobArgs] struct {
	river.WorkerDefaults[T]
	timeout time.Duration
	work    func(context.Context, T) error
}

// Work is River's.
func (w *worker[T]) Work(ctx context.Context, job *river.Job[T]) error { return w.work(ctx, job.Args) }

// Timeout is River's.
func (w *worker[T]) Timeout(*river.Job[T]) time.Duration { return w.timeout }

type sweepSessionsArgs struct{}

// Kind is River's name of the job.
func (sweepSessionsArgs) Kind() string { return "accounts.sweep_sessions" }

func (j *Jobs) sweepSessions(ctx context.Context, _ sweepSessionsArgs) error {
	return errors.Join(j.Accounts.BrowserSessions().Sweep(ctx), j.DB.SweepLimits(ctx, j.Clock()))
}

type clearOutArgs struct{}

// Kind is River's name of the job.
func (clearOutArgs) Kind() string { return "privacy.clear_out" }

func (j *Jobs) clearOut(ctx context.Context, _ clearOutArgs) error {
	went, err := j.Privacy.ClearOut(ctx)
	j.Log.InfoContext(ctx, "periods over", "rows", went)
	return err
}

func (j *Jobs) sweepWorkflow(ctx context.Context, _ run.SweepArgs) error {
	n, err := j.Workflow.Sweep(ctx)
	if n > 0 {
		j.Log.InfoContext(ctx, "deadlines passed", "outcomes", n)
	}
	return err
}

// warnings lets River speak only when something is wrong.
type warnings struct{ slog.Handler }

// Enabled is slog's.
func (w warnings) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelWarn && w.Handler.Enabled(ctx, l)
}

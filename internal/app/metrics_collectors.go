package app

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"tribemarket/models/db"
)

// scrapeTimeout is how long the database may take to answer a scrape.
const scrapeTimeout = 5 * time.Second

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("tribemarket_"+name, help, labels, nil)
}

var (
	workRunning      = describe("work_running", "1 while all background work runs, 0 while some does not.")
	jobsRun          = describe("jobs_run", "1 while the jobs of a kind run, 0 while they are overdue, fail or are not started.", "kind")
	jobsDue          = describe("jobs_due", "Jobs that should have begun.", "kind")
	jobsOldestDue    = describe("jobs_oldest_due_seconds", "For how long the oldest due job has been due.", "kind")
	jobsWorking      = describe("jobs_working", "Jobs that are being done.", "kind")
	jobsDiscarded    = describe("jobs_discarded", "Jobs that were given up, of the last days.", "kind")
	jobsFailures     = describe("jobs_failures_in_a_row", "Failures since the last success.", "kind")
	jobsLastSuccess  = describe("jobs_last_success_timestamp_seconds", "When a job last succeeded.", "kind")
	jobsLastFailure  = describe("jobs_last_failure_timestamp_seconds", "When a job last failed.", "kind")
	poolConnections  = describe("database_connections", "Connections to the database.", "state")
	poolMax          = describe("database_connections_max", "The most connections to the database.")
	poolWaits        = describe("database_waits_total", "How often a connection had to be waited for.")
	poolWaitedSecond = describe("database_wait_seconds_total", "How long connections were waited for.")
)

// workCollector tells how the background work of all nodes is doing.
type workCollector struct{ app *App }

// Describe is part of prometheus.Collector.
func (*workCollector) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{workRunning, jobsRun, jobsDue, jobsOldestDue, jobsWorking, jobsDiscarded, jobsFailures, jobsLastSuccess, jobsLastFailure} {
		ch <- d
	}
}

// Collect is part of prometheus.Collector. Without the database the rest is collected.
func (c *workCollector) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTimeout)
	defer cancel()
	r, err := c.app.Moderation.ReportWork(ctx)
	if err != nil {
		ch <- prometheus.NewInvalidMetric(workRunning, err)
		return
	}
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	gauge(workRunning, oneIf(len(r.NotRunning()) == 0))
	for _, k := range r.Kinds {
		kind, oldest := k.Name(), 0.0
		if k.OldestDue != nil {
			oldest = r.At.Sub(*k.OldestDue).Seconds()
		}
		gauge(jobsRun, oneIf(k.Runs()), kind)
		gauge(jobsDue, float64(k.Due), kind)
		gauge(jobsOldestDue, oldest, kind)
		gauge(jobsWorking, float64(k.Running), kind)
		gauge(jobsDiscarded, float64(k.Discarded), kind)
		gauge(jobsFailures, float64(k.Failures), kind)
		for d, at := range map[*prometheus.Desc]*time.Time{jobsLastSuccess: k.SucceededAt, jobsLastFailure: k.FailedAt} {
			if at != nil {
				gauge(d, float64(at.Unix()), kind)
			}
		}
	}
}

func oneIf(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// poolCollector tells of this node's connections to the database.
type poolCollector struct{ db *db.DB }

// Describe is part of prometheus.Collector.
func (*poolCollector) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{poolConnections, poolMax, poolWaits, poolWaitedSecond} {
		ch <- d
	}
}

// Collect is part of prometheus.Collector.
func (c *poolCollector) Collect(ch chan<- prometheus.Metric) {
	s := c.db.PoolStats()
	ch <- prometheus.MustNewConstMetric(poolConnections, prometheus.GaugeValue, float64(s.InUse), "in_use")
	ch <- prometheus.MustNewConstMetric(poolConnections, prometheus.GaugeValue, float64(s.Idle), "idle")
	ch <- prometheus.MustNewConstMetric(poolMax, prometheus.GaugeValue, float64(s.Max))
	ch <- prometheus.MustNewConstMetric(poolWaits, prometheus.CounterValue, float64(s.Waits))
	ch <- prometheus.MustNewConstMetric(poolWaitedSecond, prometheus.CounterValue, s.Waited.Seconds())
}

package app_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/config"
	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/apptest"
)

var loggedAt = regexp.MustCompile(`^time=\S+ `)

// While the database is away, the queue fails to fetch jobs twice a second, for each of
// its queues. Each error is logged once a minute.
func TestErrorsOfJobsAreLoggedOnce(t *testing.T) {
	t.Parallel()
	g, through := newGate(t, testkit.NewPostgresURL(t))
	a := apptest.NewOnPostgres(t, func(c *config.Config) { c.DatabaseURL = through })
	logged := startJobs(t, a)
	g.set(true, false)
	within(t, 20*time.Second, "an error of the queue", func() bool { return strings.Contains(logged.String(), "level=ERROR") })
	time.Sleep(4 * time.Second) // of eight attempts
	g.set(false, false)
	counts := map[string]int{}
	for line := range strings.Lines(logged.String()) {
		counts[loggedAt.ReplaceAllString(line, "")]++
	}
	for line, n := range counts {
		if n > 1 {
			t.Errorf("%d times: %s", n, line)
		}
	}
}

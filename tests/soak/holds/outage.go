package holds

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"tribemarket/internal/testkit/pgserver"
	"tribemarket/tests/soak/instance"
)

// stopDatabase stops PostgreSQL and starts it again while people read and write.
func stopDatabase(ctx context.Context, b bench) error {
	cluster, err := pgserver.NewCluster() // of its own, which other runs do without
	if err != nil {
		return err
	}
	defer func() { _ = cluster.Close() }()
	database, err := cluster.CreateDatabase(ctx, "away")
	if err != nil {
		return err
	}
	site, err := instance.NewSite(b.program, b.dir, database, 0)
	if err != nil {
		return err
	}
	defer func() { _ = site.Close(ctx) }()
	m, node, err := startMarket(ctx, site)
	if err != nil {
		return err
	}
	defer func() { _ = node.Kill() }()
	end := m.writeMeanwhile(ctx)
	var slowestAnswer, slowestReturn time.Duration
	var wrong []any
	for range b.outages {
		sleep(ctx, 2*b.away)
		if err := cluster.Stop(); err != nil {
			end()
			return err
		}
		for began := time.Now(); time.Since(began) < b.away; sleep(ctx, 100*time.Millisecond) {
			for _, path := range []string{"/dashboard", "/creators", "/c/" + m.creatorID, "/negotiations", "/deals", "/settings"} {
				a, err := m.brands[0].Get(path)
				slowestAnswer = max(slowestAnswer, a.Took)
				if err != nil || a.Status != http.StatusServiceUnavailable || a.Header.Get("Retry-After") == "" || a.Header.Get("Refresh") == "" {
					wrong = append(wrong, fmt.Sprint(path, " answers ", a.Status, err))
				}
			}
			if a, err := m.brands[0].Get("/healthz"); err != nil || a.Status != http.StatusOK {
				wrong = append(wrong, fmt.Sprint("/healthz answers ", a.Status, err))
			}
		}
		if node.Probe() != http.StatusServiceUnavailable {
			wrong = append(wrong, "/readyz does not answer 503")
		}
		if err := cluster.Start(); err != nil {
			end()
			return err
		}
		back := time.Now()
		for a, err := m.brands[0].Get("/dashboard"); err != nil || a.Status != http.StatusOK; a, err = m.brands[0].Get("/dashboard") {
			if time.Since(back) > time.Minute {
				end()
				return errors.New("it does not come back")
			}
			sleep(ctx, 20*time.Millisecond)
		}
		slowestReturn = max(slowestReturn, time.Since(back))
	}
	sleep(ctx, b.away)
	m.writeEnough(ctx)
	end()
	b.Note("stops of PostgreSQL, as by a crash", b.outages)
	b.Within("slowest answer without it", slowestAnswer, 2*time.Second)
	b.None("answers other than 503 with a page that tries again", len(wrong), wrong...)
	b.Within("pages are back after its start within", slowestReturn, 5*time.Second)
	took, err := node.WaitReady(time.Now(), time.Minute)
	b.Check("it is ready again", err)
	b.Within("ready within", took, 5*time.Second)
	if err := m.checkKept(ctx, b); err != nil {
		return err
	}
	b.Check("it stops by itself", node.Stop())
	return nil
}

// Package negotiations is the part of the soak that negotiates at random, with everything that
// can happen to a negotiation, by a clock of its own.
package negotiations

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"tribemarket/internal/testkit/pgserver"
	"tribemarket/tests/soak/instance"
)

// sizes are how long the runs are.
type sizes struct {
	negotiations int // per database
	steps        int // of each
}

var (
	long  = sizes{negotiations: 10_000, steps: 20}
	short = sizes{negotiations: 200, steps: 7}
)

// RunLong runs the long form on the databases with these names, or on both.
func RunLong(ctx context.Context, out io.Writer, names []string) (missed int, err error) {
	dir, err := os.MkdirTemp("", "tribemarket-soak-")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	f := &instance.Figures{Out: out}
	for _, name := range []string{"sqlite", "postgres"} {
		if len(names) > 0 && !slices.Contains(names, name) {
			continue
		}
		database := "sqlite:" + filepath.Join(dir, "random.db")
		if name == "postgres" {
			cluster, err := pgserver.NewCluster()
			if err != nil {
				return f.Failed(), err
			}
			defer func() { _ = cluster.Close() }()
			if database, err = cluster.CreateDatabase(ctx, "random"); err != nil {
				return f.Failed(), err
			}
		}
		w, err := openWorld(ctx, database, dir)
		if err != nil {
			return f.Failed(), err
		}
		began := time.Now()
		err = w.negotiateRandomly(ctx, long)
		f.Check(fmt.Sprintf("%d random negotiations on %s are as the model says", long.negotiations, name), err)
		for _, what := range slices.Sorted(maps.Keys(w.counted)) {
			f.Note("   "+what, w.counted[what])
		}
		f.Note("time taken", time.Since(began).Round(time.Second))
		if err := w.Close(); err != nil {
			return f.Failed(), err
		}
	}
	return f.Failed(), ctx.Err()
}

// perParties is how many negotiations the same two sides have; with the last of them one side
// leaves the site.
const perParties = 10

// negotiateRandomly negotiates so often, one after the other.
func (w *world) negotiateRandomly(ctx context.Context, s sizes) error {
	var p parties
	for i := range s.negotiations {
		if i%perParties == 0 {
			var err error
			if p, err = w.addParties(ctx); err != nil {
				return err
			}
		}
		if err := w.negotiate(ctx, p, uint64(i), s.steps, i%perParties == perParties-1); err != nil {
			return err
		}
	}
	return nil
}

// Package holds is the part of the soak that breaks the program on purpose: it is killed,
// loses its database, fills its disk, runs as two nodes and is flooded. What it has
// acknowledged has to be there afterwards.
package holds

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tribemarket/internal/testkit/pgserver"
	"tribemarket/tests/soak/instance"
)

// sizes are how long and how hard the runs are.
type sizes struct {
	kills        int           // of a node, per database
	agreeKills   int           // of a node while offers are accepted, per database
	signKills    int           // of a node while contracts are signed, per database
	alive        time.Duration // the longest time between two kills
	importedRows int           // of the file that is imported meanwhile
	outages      int
	away         time.Duration // how long an outage takes
	diskMB       int
	creators     int           // in the flooded world
	flood        time.Duration // how long it takes
	settle       time.Duration // what jobs that begin with a node are given before it is measured
	attackers    int           // sign-ins that are open at once
	exports      int           // made at once
	searchMost   time.Duration // goal of the searches meanwhile, at the 95th percentile
	signInMost   time.Duration // goal of all sign-ins meanwhile
	exportMemory int64         // goal of the memory while exports are made, in bytes
	floodMemory  int64         // goal of its peak in the flood
	waitForJobs  bool          // whether to wait for what the last kill cut off
}

var (
	long = sizes{
		kills: 31, agreeKills: 100, signKills: 100, alive: 3 * time.Second, importedRows: 60_000, outages: 5, away: 10 * time.Second, diskMB: 64,
		creators: 20_000, settle: 20 * time.Second, flood: 30 * time.Second, attackers: 520, exports: 16, searchMost: 50 * time.Millisecond, signInMost: 10 * time.Second, exportMemory: 300 << 20, floodMemory: 500 << 20, waitForJobs: true,
	}
	short = sizes{
		kills: 2, agreeKills: 2, signKills: 1, alive: time.Second, importedRows: 3_000, outages: 1, away: 500 * time.Millisecond, diskMB: 24,
		creators: 300, flood: 2 * time.Second, attackers: 60, exports: 16, searchMost: time.Second, signInMost: 30 * time.Second, exportMemory: 400 << 20, floodMemory: 600 << 20,
	}
)

// bench is what a run works with.
type bench struct {
	*instance.Figures
	sizes
	program string
	dir     string // of this run
	cluster *pgserver.Cluster
}

type run struct {
	name string
	do   func(context.Context, bench) error
}

var runs = []run{
	{"kill", func(ctx context.Context, b bench) error { return killRepeatedly(ctx, b, "") }},
	{"kill-postgres", onPostgres(killRepeatedly)},
	{"agree", func(ctx context.Context, b bench) error { return killWhileAgreeing(ctx, b, "") }},
	{"agree-postgres", onPostgres(killWhileAgreeing)},
	{"sign", func(ctx context.Context, b bench) error { return killWhileSigning(ctx, b, "") }},
	{"sign-postgres", onPostgres(killWhileSigning)},
	{"outage", stopDatabase},
	{"full-disk", fillDisk},
	{"two-nodes", runTwoNodes},
	{"flood", floodSite},
}

// onPostgres is a run on a database of its own.
func onPostgres(do func(ctx context.Context, b bench, database string) error) func(context.Context, bench) error {
	return func(ctx context.Context, b bench) error {
		database, err := b.cluster.CreateDatabase(ctx, "soak_"+strings.ToLower(rand.Text()))
		if err != nil {
			return err
		}
		return do(ctx, b, database)
	}
}

// RunLong runs the long form of the runs with these names, or of all.
func RunLong(ctx context.Context, out io.Writer, names []string) (missed int, err error) {
	for _, name := range names {
		if !slices.ContainsFunc(runs, func(r run) bool { return r.name == name }) {
			return 0, fmt.Errorf("there is no run %q", name)
		}
	}
	dir, err := os.MkdirTemp("", "tribemarket-soak-")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	b := bench{Figures: &instance.Figures{Out: out}, sizes: long}
	if b.program, err = instance.Build(ctx, dir); err != nil {
		return 0, err
	}
	if b.cluster, err = pgserver.NewCluster(); err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, b.cluster.Close()) }()
	for _, r := range runs {
		if len(names) > 0 && !slices.Contains(names, r.name) {
			continue
		}
		fmt.Fprintf(out, "\n%s\n", r.name)
		b.dir = filepath.Join(dir, r.name)
		began := time.Now()
		if err := r.do(ctx, b); err != nil {
			return b.Failed(), fmt.Errorf("%s: %w", r.name, err)
		}
		b.Note("time taken", time.Since(began).Round(time.Second))
	}
	return b.Failed(), ctx.Err()
}

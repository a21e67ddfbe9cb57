// Command bench measures the program against the limit of each thing that it
// does, in one run: rounds alternate between the two, and the median of the
// rounds' ratios counts. A line a measure: NAME VALUE GOAL ok|short.
//
// Absolute figures depend on the machine and the minute; only ratios are worth
// keeping. Run it by `task bench`.
package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"

	"tribemarket/internal/app"
	"tribemarket/internal/config"
	"tribemarket/internal/demo"
)

func main() {
	var o benchOptions
	flag.IntVar(&o.creators, "creators", 1_000_000, "how many creators the searched world has")
	flag.IntVar(&o.rows, "rows", 1_000_000, "how many rows the imported file has")
	flag.IntVar(&o.rounds, "rounds", 5, "how many rounds; the median counts")
	flag.StringVar(&o.data, "data", "", "folder that keeps the world for another run; without one it is gone afterwards")
	flag.StringVar(&o.only, "only", "", "the one measure to run: transitions, queries, page, pocketbase, postgres, busy, import or start")
	flag.IntVar(&o.engine, "engine", 0, "measure the search index alone, over so many made-up rows")
	flag.Parse()
	if o.engine > 0 {
		if err := measureEngine(o.engine, o.rounds); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	if err := runMeasures(context.Background(), o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

type benchOptions struct {
	creators, rows, rounds, engine int
	data, only                     string
}

func runMeasures(ctx context.Context, o benchOptions) error {
	dir, err := os.MkdirTemp("", "tribemarket-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if o.only == "" || o.only == "import" { // before the world, which works on both cores at its start
		if err := measureImport(ctx, dir, o.rows, o.rounds); err != nil || o.only != "" {
			return err
		}
	}
	if o.only == "" || o.only == "transitions" {
		if err := measureTransitions(ctx, dir, o.rounds); err != nil || o.only != "" {
			return err
		}
	}
	if o.data == "" {
		o.data = filepath.Join(dir, "world")
	}
	a, clock, err := openApp(ctx, o.data)
	if err != nil {
		return err
	}
	defer a.Close()
	w, err := loadOrMakeWorld(ctx, a, clock, o)
	if err != nil {
		return err
	}
	ln, err := a.Listen()
	if err != nil {
		return err
	}
	if err := a.Start(ctx, ln); err != nil {
		return err
	}
	defer a.Stop(ctx) //nolint:errcheck // the process ends
	if err := a.Search.CatchUp(ctx); err != nil {
		return err
	}
	state := a.Search.IndexState()
	fmt.Fprintf(os.Stderr, "index: %d creators, %d MB, made in %.1f s\n", state.Creators, state.Bytes>>20, state.Took.Seconds())
	for _, measure := range []struct {
		name string
		run  func() error
	}{
		{"queries", func() error { return countQueries(ctx, a, w) }},
		{"page", func() error { return measureSearchPage(ctx, a, dir, o.rounds) }},
		{"pocketbase", func() error { return measurePocketBase(ctx, a, dir, o.rounds) }},
		{"postgres", func() error { return measurePostgres(ctx, a, dir, 100) }},
		{"start", func() error { return measureStart(ctx, filepath.Join(o.data, "demo.db"), dir, o.rounds, state.Bytes) }},
		{"busy", func() error { return measureBusy(ctx, a, w, dir, o.rounds) }}, // last, since it changes the world
	} {
		if o.only != "" && o.only != measure.name {
			continue
		}
		if err := measure.run(); err != nil {
			return fmt.Errorf("%s: %w", measure.name, err)
		}
	}
	return nil
}

// loadOrMakeWorld is the one of the folder, made at the first run.
func loadOrMakeWorld(ctx context.Context, a *app.App, clock *demo.Clock, o benchOptions) (demo.World, error) {
	w, ok, err := demo.LoadWorld(o.data)
	if ok || err != nil {
		return w, err
	}
	fmt.Fprintf(os.Stderr, "making a world of %d creators\n", o.creators)
	w, err = demo.MakeWorld(ctx, a, clock, demo.Options{Creators: o.creators, Seed: 1, Progress: func(string, int64, int64) {}})
	if err != nil {
		return w, err
	}
	return w, w.Save(o.data)
}

func openApp(ctx context.Context, dir string) (*app.App, *demo.Clock, error) {
	clock := &demo.Clock{}
	cfg := config.Config{
		Addr: "127.0.0.1:0", DatabaseURL: "sqlite:" + filepath.Join(dir, "demo.db"), InstanceName: "Bench",
		MailDir: filepath.Join(dir, "mails"), MailFrom: "bench@demo.example", Limits: "off", // all requests come from one address
	}
	a, err := app.Open(ctx, cfg, clock.Now, slog.New(slog.DiscardHandler))
	return a, clock, err
}

// printMeasure prints a measure; less says that smaller is better.
func printMeasure(name string, value, goal float64, less bool) {
	verdict := "ok"
	if less && value > goal || !less && value < goal {
		verdict = "short"
	}
	sign := "≥"
	if less {
		sign = "≤"
	}
	fmt.Printf("%-37s %8.3f   %s %g   %s\n", name, value, sign, goal, verdict)
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

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
	creators := flag.Int("creators", 100_000, "how many creators the searched world has")
	rows := flag.Int("rows", 100_000, "how many rows the imported file has")
	rounds := flag.Int("rounds", 5, "how many rounds; the median counts")
	rowsOfEngine := flag.Int("engine", 0, "measure the search index alone, over so many made-up rows")
	flag.Parse()
	if *rowsOfEngine > 0 {
		if err := engine(*rowsOfEngine, *rounds); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	if err := run(context.Background(), *creators, *rows, *rounds); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, creators, rows, rounds int) error {
	dir, err := os.MkdirTemp("", "tribemarket-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	a, clock, err := open(ctx, dir)
	if err != nil {
		return err
	}
	defer a.Close()
	fmt.Fprintf(os.Stderr, "making a world of %d creators\n", creators)
	w, err := demo.Make(ctx, a, clock, demo.Options{Creators: creators, Seed: 1, Progress: func(string, int64, int64) {}})
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
	for _, measure := range []func() error{
		func() error { return countQueries(ctx, a, w) },
		func() error { return searchPage(ctx, a, rounds) },
		func() error { return importRows(ctx, dir, rows, rounds) },
	} {
		if err := measure(); err != nil {
			return err
		}
	}
	return nil
}

func open(ctx context.Context, dir string) (*app.App, *demo.Clock, error) {
	clock := &demo.Clock{}
	cfg := config.Config{
		Addr: "127.0.0.1:0", DatabaseURL: "sqlite:" + filepath.Join(dir, "bench.db"), InstanceName: "Bench",
		MailDir: filepath.Join(dir, "mails"), MailFrom: "bench@demo.example", Limits: "off", // all requests come from one address
	}
	a, err := app.Open(ctx, cfg, clock.Now, slog.New(slog.DiscardHandler))
	return a, clock, err
}

// report prints a measure; less says that smaller is better.
func report(name string, value, goal float64, less bool) {
	verdict := "ok"
	if less && value > goal || !less && value < goal {
		verdict = "short"
	}
	sign := "≥"
	if less {
		sign = "≤"
	}
	fmt.Printf("%-34s %8.2f   %s %.2f   %s\n", name, value, sign, goal, verdict)
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

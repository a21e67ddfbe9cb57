// Command soak runs the built program for long, under failure and attack, and prints a
// line per figure; it exits with 1 when one misses its goal:
//
//	go tool -modfile=tools/go.mod task soak -- holds
//	go tool -modfile=tools/go.mod task soak -- holds kill flood
//
// A part is a package beside this file that is named in parts. It takes at most 40 minutes,
// and has a short form among the Go tests, the same code with smaller numbers.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"tribemarket/tests/soak/holds"
	"tribemarket/tests/soak/longtests"
	"tribemarket/tests/soak/negotiations"
)

// part runs some of its runs by their names, or all, and gives how many figures missed
// their goal.
type part struct {
	name, about string
	run         func(ctx context.Context, out io.Writer, names []string) (missed int, err error)
}

var parts = []part{
	{"holds", "killed, without its database, with a full disk, as two nodes, flooded", holds.RunLong},
	{"negotiations", "10,000 at random, per database", negotiations.RunLong},
	{"searches", "10,000 random searches, compared with SQL", longtests.RunSearches},
	{"uploads", "sent 2,000 hostile pictures", longtests.RunUploads},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := runPart(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(1)
	}
}

func runPart(ctx context.Context, args []string) error {
	for _, p := range parts {
		if len(args) == 0 || p.name != args[0] {
			continue
		}
		began := time.Now()
		missed, err := p.run(ctx, os.Stdout, args[1:])
		fmt.Printf("%s: %d figures missed their goal, %s\n", p.name, missed, time.Since(began).Round(time.Second))
		if err == nil && missed > 0 {
			err = fmt.Errorf("%s does not hold", p.name)
		}
		return err
	}
	var known []string
	for _, p := range parts {
		known = append(known, p.name+" ("+p.about+")")
	}
	return fmt.Errorf("which part? There is %s", strings.Join(known, ", "))
}

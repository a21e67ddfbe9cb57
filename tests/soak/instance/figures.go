package instance

import (
	"fmt"
	"io"
	"slices"
	"sync"
	"time"
)

// Figures prints what a run measures, one line per figure: its name, its value, its goal
// and whether it is met.
type Figures struct {
	Out io.Writer

	mu     sync.Mutex
	failed int
}

// Failed is how many figures miss their goal.
func (f *Figures) Failed() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.failed
}

func (f *Figures) print(name, value, goal string, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	verdict := "ok"
	switch {
	case goal == "":
		verdict = ""
	case !ok:
		verdict = "FAILED"
		f.failed++
	}
	fmt.Fprintf(f.Out, "%-62s %12s   %-12s %s\n", name, value, goal, verdict)
}

// Note prints a figure without a goal.
func (f *Figures) Note(name string, value any) { f.print(name, fmt.Sprint(value), "", true) }

// None prints a number that has to be zero, with examples of what was counted.
func (f *Figures) None(name string, count int, examples ...any) {
	f.print(name, fmt.Sprint(count), "0", count == 0)
	if count > 0 && len(examples) > 0 {
		fmt.Fprintln(f.Out, "   such as", examples[:min(3, len(examples))])
	}
}

// Exactly prints a number that has to be another one.
func (f *Figures) Exactly(name string, count, want int) {
	f.print(name, fmt.Sprint(count), fmt.Sprint(want), count == want)
}

// AtLeast prints a number that has to be large enough for the run to say something.
func (f *Figures) AtLeast(name string, count, least int) {
	f.print(name, fmt.Sprint(count), fmt.Sprintf("≥ %d", least), count >= least)
}

// Within prints a time that has to be short enough.
func (f *Figures) Within(name string, took, most time.Duration) {
	f.print(name, took.Round(time.Millisecond).String(), "≤ "+most.String(), took <= most)
}

// Memory prints a number of bytes that has to be small enough, in megabytes.
func (f *Figures) Memory(name string, bytes, most int64) {
	f.print(name, fmt.Sprintf("%d MB", bytes>>20), fmt.Sprintf("≤ %d MB", most>>20), bytes <= most)
}

// Check prints whether something is so.
func (f *Figures) Check(name string, err error) {
	value := "yes"
	if err != nil {
		value = "no"
	}
	f.print(name, value, "yes", err == nil)
	if err != nil {
		fmt.Fprintln(f.Out, "  ", err)
	}
}

// Percentile is the time that so many of a hundred do not exceed.
func Percentile(took []time.Duration, share int) time.Duration {
	if len(took) == 0 {
		return 0
	}
	slices.Sort(took)
	return took[min(len(took)-1, len(took)*share/100)]
}

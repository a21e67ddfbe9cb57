package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows how far a long command is, and how long it still takes.
type progress interface {
	show(done, total int64)
	end()
}

// newProgress is a bar on a terminal, and elsewhere a line every few seconds.
func newProgress(w io.Writer, what string) progress {
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return progressBar{progressbar.NewOptions64(-1, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(what), progressbar.OptionSetPredictTime(true),
			progressbar.OptionShowCount(), progressbar.OptionThrottle(200*time.Millisecond), progressbar.OptionClearOnFinish())}
	}
	now := time.Now()
	return &progressLines{w: w, what: what, every: 5 * time.Second, began: now, shown: now}
}

type progressBar struct{ *progressbar.ProgressBar }

func (b progressBar) show(done, total int64) { b.ChangeMax64(max(total, -1)); _ = b.Set64(done) }
func (b progressBar) end()                   { _ = b.Finish() }

type progressLines struct {
	w            io.Writer
	what         string
	every        time.Duration
	began, shown time.Time
}

func (l *progressLines) show(done, total int64) {
	now := time.Now()
	if now.Sub(l.shown) < l.every || done <= 0 || total <= 0 {
		return
	}
	l.shown = now
	left := time.Duration(float64(now.Sub(l.began)) * float64(total-done) / float64(done))
	fmt.Fprintf(l.w, "%s: %d %%, about %s left\n", l.what, 100*done/total, left.Round(time.Second))
}

func (*progressLines) end() {}

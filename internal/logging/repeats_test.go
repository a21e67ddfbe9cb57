package logging

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func newTestLog() (*slog.Logger, *bytes.Buffer) {
	var b bytes.Buffer
	h := slog.NewTextHandler(&b, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}})
	return slog.New(FoldRepeats(h)), &b
}

// The clock is synctest's, which moves when everybody sleeps.
func TestTheSameErrorIsLoggedOnceAMinuteWithItsCount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log, out := newTestLog()
		said := func() string { synctest.Wait(); defer out.Reset(); return strings.TrimSpace(out.String()) }
		for i := range 60 { // for half a minute
			log.Error("job failed", "error", errors.New("42P05"), "kind", "mail", "id", i)
			time.Sleep(500 * time.Millisecond)
		}
		if got := said(); got != "level=ERROR msg=\"job failed\" error=42P05 kind=mail id=0" {
			t.Errorf("at once: %s", got)
		}
		time.Sleep(31 * time.Second)
		if got := said(); got != "level=ERROR msg=\"job failed\" error=42P05 kind=mail id=59 repeated=59 within=1m0s" {
			t.Errorf("after a minute: %s", got)
		}
		time.Sleep(10 * time.Minute)
		if got := said(); got != "" {
			t.Errorf("without a repeat: %s", got)
		}
		log.Error("job failed", "error", errors.New("42P05"), "kind", "mail")
		if got := said(); got == "" || strings.Contains(got, "repeated") {
			t.Errorf("later it is new again: %s", got)
		}
		time.Sleep(2 * time.Minute)
	})
}

func TestOtherMessagesAreNotFolded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log, out := newTestLog()
		for range 2 {
			log.Error("job failed", "error", "a", "kind", "mail")
			log.Error("job failed", "error", "b", "kind", "mail")
			log.Error("job failed", "error", "a", "job_kind", "read")
			log.With("kind", "sweep").Error("job failed", "error", "a")
			log.Warn("job failed", "error", "a", "kind", "mail")
			log.Info("done")
		}
		synctest.Wait()
		if n := strings.Count(out.String(), "\n"); n != 5+2 {
			t.Errorf("%d lines:\n%s", n, out.String())
		}
		time.Sleep(3 * time.Minute)
	})
}

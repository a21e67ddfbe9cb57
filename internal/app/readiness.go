package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"tribemarket/internal/config"
	"tribemarket/models/db"
)

// How long the answer of a check holds for whoever asks next, and how long the
// checks may take.
const (
	checkLifetime    = time.Second
	readinessTimeout = 1500 * time.Millisecond
	databaseTimeout  = 800 * time.Millisecond
)

// sharedCheck runs a check once a second, however many ask: whoever asks
// meanwhile gets the same answer.
type sharedCheck struct {
	timeout time.Duration
	run     func(context.Context) error

	mu  sync.Mutex
	at  time.Time // zero before the first check
	err error
}

// check says what is wrong, and whether it has just found that out.
func (s *sharedCheck) check(ctx context.Context) (fresh bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.at.IsZero() && time.Since(s.at) < checkLifetime {
		return false, s.err
	}
	// Whoever asked may hang up; the answer is for the others too.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.timeout)
	defer cancel()
	s.err = s.run(ctx)
	s.at = time.Now()
	return true, s.err
}

// newReadinessCheck says whether this node can answer. It takes no lock that nodes
// share.
func newReadinessCheck(cfg config.Config, d *db.DB) *sharedCheck {
	var folders []string // that must take what is written
	if path, ok := strings.CutPrefix(cfg.DatabaseURL, "sqlite:"); ok {
		folders = append(folders, filepath.Dir(path))
	}
	if cfg.SMTPURL == "" {
		folders = append(folders, cfg.MailDir)
	}
	return &sharedCheck{timeout: readinessTimeout, run: func(ctx context.Context) error {
		return errors.Join(checkSchema(ctx, d), checkFolders(folders))
	}}
}

// checkSchema says whether the database answers with the schema that this
// program was built for.
func checkSchema(ctx context.Context, d *db.DB) error {
	n, err := d.CountPendingMigrations(ctx)
	if err == nil && n > 0 {
		err = fmt.Errorf("%d migrations are pending", n)
	}
	return err
}

// probeSize is what must still fit on a disk: about what one transaction adds to
// SQLite's log.
const probeSize = 64 << 10

// probeName is one name for all probes, so that a crash leaves one file at most.
const probeName = ".ready"

func checkFolders(folders []string) error {
	var wrong []error
	for _, folder := range folders {
		if err := probeFolder(folder); err != nil {
			wrong = append(wrong, fmt.Errorf("nothing can be written to %s: %w", folder, err))
		}
	}
	return errors.Join(wrong...)
}

// probeFolder writes to the folder, through to the disk, and takes it back.
func probeFolder(folder string) error {
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return err
	}
	name := filepath.Join(folder, probeName)
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600) //nolint:gosec // the operator's own folder
	if err != nil {
		return err
	}
	_, err = f.Write(make([]byte, probeSize))
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	_ = os.Remove(name) // another node on the same folder may have
	return err
}

var errStopping = errors.New("this node is stopping")

// checkReady says whether this node can answer: the schema as expected, the
// disk writable, the search index there.
func (a *App) checkReady(ctx context.Context) error {
	if a.leaving.Load() {
		return errStopping
	}
	fresh, err := a.readiness.check(ctx)
	if err != nil && fresh {
		a.Log.WarnContext(ctx, "not ready", "error", err)
	}
	return errors.Join(err, a.Search.CheckReady())
}

// checkDatabase says whether the database answers at all.
func (a *App) checkDatabase(ctx context.Context) error {
	fresh, err := a.database.check(ctx)
	if err != nil && fresh {
		a.Log.ErrorContext(ctx, "the database does not answer", "error", err)
	}
	return err
}

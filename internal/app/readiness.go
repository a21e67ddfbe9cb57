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

const (
	readinessLifetime = time.Second             // how long an answer holds for further probes
	readinessTimeout  = 1500 * time.Millisecond // for all checks together
)

// readiness says whether this node can answer. However many ask, it checks the
// database and the disk once a second: whoever asks during a check gets its
// answer. It takes no lock that nodes share.
type readiness struct {
	db      *db.DB
	folders []string // that must take what is written

	mu        sync.Mutex
	checkedAt time.Time // zero before the first check
	err       error
}

func newReadiness(cfg config.Config, d *db.DB) *readiness {
	r := &readiness{db: d}
	if path, ok := strings.CutPrefix(cfg.DatabaseURL, "sqlite:"); ok {
		r.folders = append(r.folders, filepath.Dir(path))
	}
	if cfg.SMTPURL == "" {
		r.folders = append(r.folders, cfg.MailDir)
	}
	return r
}

// check says what is wrong, and whether it has just found that out.
func (r *readiness) check(ctx context.Context) (fresh bool, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.checkedAt.IsZero() && time.Since(r.checkedAt) < readinessLifetime {
		return false, r.err
	}
	// Whoever asked may hang up; the answer is for the others too.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), readinessTimeout)
	defer cancel()
	r.err = errors.Join(checkSchema(ctx, r.db), checkFolders(r.folders))
	r.checkedAt = time.Now()
	return true, r.err
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

// checkReady says whether this node can answer: the schema as expected, the
// disk writable, the search index there.
func (a *App) checkReady(ctx context.Context) error {
	fresh, err := a.readiness.check(ctx)
	if err != nil && fresh {
		a.Log.WarnContext(ctx, "not ready", "error", err)
	}
	return errors.Join(err, a.Search.CheckReady())
}

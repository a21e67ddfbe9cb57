package creators

import (
	"context"
	"errors"
	"hash/maphash"
	"slices"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/platform"
)

// A transaction takes between minBatchRows and maxBatchRows rows: as many as it can
// write in about targetBatchTime, since others wait that long.
const (
	minBatchRows    = 1024
	maxBatchRows    = 4096
	targetBatchTime = 150 * time.Millisecond
)

// importRun is one import.
type importRun struct {
	store      *Store
	options    ImportOptions
	now        time.Time
	report     ImportReport
	fileReport *ImportFileReport
	outcomes   map[uint64]importOutcome
	seed       maphash.Seed
	bytesRead  int64
	bytesTotal int64
	batchSize  int // rows in the next transaction
	isErased   func(platform, key string) bool
}

// importOutcome is what happened to an account; the stronger one is kept.
type importOutcome uint8

const (
	accountUnchanged importOutcome = iota + 1
	accountUpdated
	accountCreated
)

func newImportRun(s *Store, files []ImportFile, o ImportOptions) (*importRun, error) {
	if o.Platform == "" {
		o.Platform = platform.TikTok
	}
	if !slices.Contains(platform.Names(), o.Platform) {
		return nil, &models.Error{Code: models.CodeInvalid, Key: "creators.import.platform_option", Args: []any{"platform", o.Platform}}
	}
	r := &importRun{store: s, options: o, now: s.clock(), outcomes: map[uint64]importOutcome{}, seed: maphash.MakeSeed(), batchSize: minBatchRows}
	for _, f := range files {
		r.bytesTotal += 2 * f.Size
	}
	return r, nil
}

func (r *importRun) reportProgress(n int) {
	r.bytesRead += int64(n)
	if r.options.OnProgress != nil {
		r.options.OnProgress(r.bytesRead, r.bytesTotal)
	}
}

func (r *importRun) skipRow(line int, key string, args ...any) {
	r.fileReport.Skipped++
	r.report.Skipped++
	if r.options.OnSkippedRow != nil {
		r.options.OnSkippedRow(SkippedRow{r.fileReport.Name, line, key, args})
	}
}

func (r *importRun) hashAccount(platform, key string) uint64 {
	return maphash.String(r.seed, platform+"/"+key)
}

func (r *importRun) recordOutcome(a *Account, o importOutcome) {
	h := r.hashAccount(a.Platform, a.HandleKey)
	r.outcomes[h] = max(r.outcomes[h], o)
}

func (r *importRun) finishReport() ImportReport {
	for _, o := range r.outcomes {
		switch o {
		case accountCreated:
			r.report.Created++
		case accountUpdated:
			r.report.Updated++
		case accountUnchanged:
			r.report.Unchanged++
		}
	}
	return r.report
}

var errDryRun = errors.New("nothing is written")

// runBatch runs one batch, and then leaves the database to others for a moment.
// Two imports, or an import and a sign-in, can write the same account at the
// same time: the second one reads it again.
func (r *importRun) runBatch(ctx context.Context, batch func(*db.Tx) error) error {
	began := time.Now() //nolint:forbidigo // measures a duration, not the time of day
	err := gorm.ErrDuplicatedKey
	for attempt := 0; attempt < 4 && isWriteConflict(err); attempt++ {
		err = r.store.db.Tx(ctx, func(tx *db.Tx) error {
			if err := batch(tx); err != nil || !r.options.DryRun {
				return err
			}
			return errDryRun
		})
	}
	if errors.Is(err, errDryRun) {
		return nil
	}
	if err != nil {
		return err
	}
	took := time.Since(began) //nolint:forbidigo // likewise
	switch {
	case took < targetBatchTime/2:
		r.batchSize = min(2*r.batchSize, maxBatchRows)
	case took > targetBatchTime:
		r.batchSize = max(r.batchSize/2, minBatchRows)
	}
	// Writers on SQLite poll for the lock a few times a second; the gap is long
	// enough for one of them to get it soon.
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(min(max(took/8, time.Millisecond), 20*time.Millisecond)):
		return nil
	}
}

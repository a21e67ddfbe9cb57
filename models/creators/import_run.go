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

// A transaction takes between fewRows and manyRows rows: as many as it can
// write in about batchTime, since others wait for as long.
const (
	fewRows   = 1024
	manyRows  = 4096
	batchTime = 150 * time.Millisecond
)

// importRun is one import.
type importRun struct {
	store    *Store
	o        ImportOptions
	now      time.Time
	report   ImportReport
	file     *FileReport
	outcomes map[uint64]outcome
	seed     maphash.Seed
	done     int64
	total    int64
	size     int // rows of the next transaction
	keptOut  func(platform, key string) bool
}

// outcome is what became of an account; a stronger one stays.
type outcome uint8

const (
	unchanged outcome = iota + 1
	updated
	created
)

func newImportRun(s *Store, files []ImportFile, o ImportOptions) (*importRun, error) {
	if o.Platform == "" {
		o.Platform = platform.TikTok
	}
	if !slices.Contains(platform.Names(), o.Platform) {
		return nil, &models.Error{Code: models.CodeInvalid, Key: "creators.import.platform_option", Args: []any{"platform", o.Platform}}
	}
	r := &importRun{store: s, o: o, now: s.clock(), outcomes: map[uint64]outcome{}, seed: maphash.MakeSeed(), size: fewRows}
	for _, f := range files {
		r.total += 2 * f.Size
	}
	return r, nil
}

func (r *importRun) progress(n int) {
	r.done += int64(n)
	if r.o.Progress != nil {
		r.o.Progress(r.done, r.total)
	}
}

func (r *importRun) leftOut(line int, key string, args ...any) {
	r.file.LeftOut++
	r.report.LeftOut++
	if r.o.LeftOut != nil {
		r.o.LeftOut(LeftOut{r.file.Name, line, key, args})
	}
}

func (r *importRun) hash(platform, key string) uint64 {
	return maphash.String(r.seed, platform+"/"+key)
}

func (r *importRun) note(a *Account, o outcome) {
	h := r.hash(a.Platform, a.HandleKey)
	r.outcomes[h] = max(r.outcomes[h], o)
}

func (r *importRun) sum() ImportReport {
	for _, o := range r.outcomes {
		switch o {
		case created:
			r.report.Created++
		case updated:
			r.report.Updated++
		case unchanged:
			r.report.Unchanged++
		}
	}
	return r.report
}

var errDryRun = errors.New("nothing is written")

// tx runs one batch, and leaves the database to others for a moment. Two
// imports, or an import and a creator who signs in, can bring the same account
// at the same time: whoever is second reads it again.
func (r *importRun) tx(ctx context.Context, batch func(*db.Tx) error) error {
	began := time.Now() //nolint:forbidigo // how long the machine takes, not what time it is
	err := gorm.ErrDuplicatedKey
	for attempt := 0; attempt < 4 && collided(err); attempt++ {
		err = r.store.db.Tx(ctx, func(tx *db.Tx) error {
			if err := batch(tx); err != nil || !r.o.DryRun {
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
	case took < batchTime/2:
		r.size = min(2*r.size, manyRows)
	case took > batchTime:
		r.size = max(r.size/2, fewRows)
	}
	// Writers on SQLite ask for the lock a few times a second; the gap is long
	// enough that one of them soon finds it.
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(min(max(took/8, time.Millisecond), 20*time.Millisecond)):
		return nil
	}
}

package files

import (
	"context"
	"errors"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
)

// SweepArgs is the job that deletes the bytes of pictures that are gone, and pictures
// whose upload was cut off.
type SweepArgs struct{}

// Kind is the job's name.
func (SweepArgs) Kind() string { return "files.sweep" }

const (
	sweepBatch = 200
	// uploadTime is how long an upload may take from its row to its bytes.
	uploadTime = time.Hour
	// orphanAge is how long bytes without a row are kept, which is longer than any
	// transaction or restored backup of the last day needs them.
	orphanAge = 48 * time.Hour
)

// Sweep deletes what nobody shows any more: the bytes of removed and cut-off pictures, and
// bytes that no row names; documents likewise. It gives how many files and how many orphans
// those were.
func (s *Store) Sweep(ctx context.Context) (pictures, orphans int, err error) {
	for {
		n, err := s.sweepRemoved(ctx)
		pictures += n
		if err != nil {
			return pictures, 0, models.Internal("sweep removed pictures", err)
		}
		if n < sweepBatch {
			break
		}
	}
	n, err := s.sweepDocuments(ctx)
	if pictures += n; err != nil {
		return pictures, 0, models.Internal("sweep documents", err)
	}
	if orphans, err = s.sweepOrphans(ctx); err != nil {
		return pictures, orphans, models.Internal("sweep orphaned bytes", err)
	}
	return pictures, orphans, nil
}

// sweepRemoved deletes bytes first and rows then, so that no bytes are forgotten.
func (s *Store) sweepRemoved(ctx context.Context) (int, error) {
	var gone []Picture
	err := s.db.Read(ctx).Where("state = ? OR state = ? AND created_at < ?", Removed, Uploading, s.clock().Add(-uploadTime)).
		Order("id").Limit(sweepBatch).Find(&gone).Error
	if err != nil {
		return 0, err
	}
	for i, p := range gone {
		for _, side := range Sides() {
			if err := s.storage.Delete(ctx, p.storageKey(side)); err != nil {
				return i, err
			}
		}
		err := s.db.Tx(ctx, func(tx *db.Tx) error { return tx.Where("state <> ?", Ready).Delete(&p).Error })
		if err != nil {
			return i, err
		}
	}
	return len(gone), nil
}

func (s *Store) sweepOrphans(ctx context.Context) (deleted int, err error) {
	for after := ""; ; {
		page, err := s.storage.ListKeys(ctx, after, sweepBatch)
		if err != nil || len(page) == 0 {
			return deleted, err
		}
		n, err := s.deleteOrphans(ctx, page)
		deleted += n
		if err != nil {
			return deleted, err
		}
		after = page[len(page)-1].Key
	}
}

func (s *Store) deleteOrphans(ctx context.Context, stored []StoredKey) (deleted int, err error) {
	const sideDigits = 4 // see Picture.storageKey
	keys := make([]string, 0, len(stored))
	for _, o := range stored {
		keys = append(keys, o.Key[:len(o.Key)-sideDigits])
	}
	var known []string
	q := s.db.Read(ctx)
	if err := q.Raw("SELECT storage_key FROM pictures WHERE storage_key IN ? UNION ALL SELECT storage_key FROM documents WHERE storage_key IN ?", keys, keys).Scan(&known).Error; err != nil {
		return 0, err
	}
	named := map[string]bool{}
	for _, k := range known {
		named[k] = true
	}
	for i, o := range stored {
		if named[keys[i]] || s.clock().Sub(o.StoredAt) < orphanAge {
			continue
		}
		deleting := s.storage.Delete(ctx, o.Key)
		if err = errors.Join(err, deleting); deleting == nil {
			deleted++
		}
	}
	return deleted, err
}

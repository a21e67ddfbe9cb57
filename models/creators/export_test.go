package creators

import (
	"time"

	"tribemarket/models/db"
)

// Relist is relist at a test's start, for tests that write accounts themselves.
func Relist(tx *db.Tx, creatorIDs []int64) error {
	s := &Store{clock: func() time.Time { return time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC) }}
	return s.relist(tx, creatorIDs)
}

// NextReading is nextReading.
var NextReading = nextReading

// MeasureGrowth is measureGrowth.
var MeasureGrowth = measureGrowth

// Older is the watermark of somebody who read so long before.
func (w Watermark) Older(by time.Duration) Watermark {
	w.at = w.at.Add(-by)
	return w
}

// ChangesBatch is how many changes are read at once.
const ChangesBatch = changesBatch

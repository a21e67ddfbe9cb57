package creators

import (
	"time"
)

// NextReading is nextReading.
var NextReading = nextReading

// Older is the watermark of somebody who read so long before.
func (w Watermark) Older(by time.Duration) Watermark {
	w.at = w.at.Add(-by)
	return w
}

// ChangesBatch is how many changes are read at once.
const ChangesBatch = changesBatch

package creators

import (
	"time"
)

// NextReadingTime is nextReading.
var NextReadingTime = nextReadingTime

// OlderBy is the watermark of somebody who read so long before.
func (w ListingWatermark) OlderBy(by time.Duration) ListingWatermark {
	w.at = w.at.Add(-by)
	return w
}

// ListingChangesBatch is how many changes are read at once.
const ListingChangesBatch = listingChangesBatch

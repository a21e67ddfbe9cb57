package creators

import (
	"hash/fnv"
	"strconv"
	"time"
)

// nextReadingTime is when an account is read next, about once a day: each has its
// own second of the day (UTC), so that readings are spread out. It is the first
// such time at least half a day ahead.
func nextReadingTime(accountID int64, now time.Time) time.Time {
	h := fnv.New32a()
	_, _ = h.Write([]byte(strconv.FormatInt(accountID, 10)))
	at := now.UTC().Truncate(24 * time.Hour).Add(time.Duration(h.Sum32()%86_400) * time.Second)
	for at.Before(now.Add(12 * time.Hour)) {
		at = at.Add(24 * time.Hour)
	}
	return at
}

// retryDelay is how long to wait after a number of failures in a row: the first
// delay, doubled each time, up to the longest.
func retryDelay(first, longest time.Duration, failures int) time.Duration {
	wait := first
	for range failures - 1 {
		if wait *= 2; wait >= longest {
			return longest
		}
	}
	return wait
}

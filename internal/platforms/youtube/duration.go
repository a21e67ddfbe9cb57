package youtube

import (
	"regexp"
	"strconv"
	"time"

	"tribemarket/internal/platforms/wire"
)

var isoDurationPattern = regexp.MustCompile(`^P(?:(\d{1,4})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$`)

// parseDuration reads an ISO 8601 duration in days and smaller units, 0 for anything
// else.
func parseDuration(text string) time.Duration {
	m := isoDurationPattern.FindStringSubmatch(text)
	if m == nil {
		return 0
	}
	var seconds int64
	for i, each := range []int64{86_400, 3600, 60, 1} {
		n, _ := strconv.ParseInt(m[i+1], 10, 64) // digits alone, few of them
		seconds += n * each
	}
	return wire.BoundedSeconds(seconds)
}

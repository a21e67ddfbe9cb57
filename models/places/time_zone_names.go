package places

import (
	_ "embed"
	"strings"
	"sync"
)

// timeZonesText has a line for each time zone of a place, by its name of today, followed by
// the names that it had: zone.tab and backward of the IANA database.
//
//go:embed time_zones.txt
var timeZonesText string

var currentTimeZones = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	for line := range strings.Lines(timeZonesText) {
		all := strings.Fields(line)
		for _, name := range all {
			names[name] = all[0]
		}
	}
	return names
})

// ParseTimeZone returns today's name of a place's time zone (Asia/Kolkata), which may be
// given by an older one (Asia/Calcutta, US/Eastern). Besides places there is UTC; fixed
// offsets are no time zone, since nobody lives by them.
func ParseTimeZone(name string) (string, bool) {
	current, ok := currentTimeZones()[strings.TrimSpace(name)]
	return current, ok
}

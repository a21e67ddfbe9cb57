package creators

import (
	"math"
	"net/url"
)

// ratePPM is a share in millionths, rounded down like the stored one; -1 for none.
func ratePPM(part, whole int64) int64 {
	if part < 0 || whole <= 0 || part > math.MaxInt64/1_000_000 {
		return -1
	}
	return part * 1_000_000 / whole
}

func valueOrZero(n *int64) int64 {
	if n == nil {
		return 0
	}
	return *n
}

// webAddress returns the URL if it is a web address, otherwise "".
func webAddress(s string) string {
	if u, err := url.Parse(s); err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" {
		return s
	}
	return ""
}

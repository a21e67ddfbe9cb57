package creators

import (
	"math"
	"net/url"
)

// ratePPM is a share in millionths, rounded down as the stored one is; -1 for none.
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

// webAddress is the URL if it leads to the web, "" if it does anything else.
func webAddress(s string) string {
	if u, err := url.Parse(s); err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" {
		return s
	}
	return ""
}

package web

import (
	"net/http"
	"strings"
)

// IsSeen says whether somebody sees the answer to a request: browsers also look ahead, and
// ask for the headers alone.
func IsSeen(r *http.Request) bool {
	purpose := r.Header.Get("Sec-Purpose") + r.Header.Get("Purpose")
	return r.Method != http.MethodHead && !strings.Contains(purpose, "prefetch")
}

package handlers_test

import (
	"bufio"
	"net"
	"net/http"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
)

// A form that is cut off is the sender's fault, or the line's.
func TestAFormThatIsCutOffIsNoFaultOfOurs(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	host := strings.TrimPrefix(a.URL, "http://")
	for _, path := range []string{"/signin", "/forgot", "/signup", "/language", "/admin/imports", "/settings"} {
		for _, kind := range []string{"application/x-www-form-urlencoded", "multipart/form-data; boundary=x"} {
			c, err := net.Dial("tcp", host)
			apptest.Must(t, err)
			_, err = c.Write([]byte("POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: " + kind + "\r\nContent-Length: 100\r\n\r\n_csrf="))
			apptest.Must(t, err)
			apptest.Must(t, c.(*net.TCPConn).CloseWrite())
			r, err := http.ReadResponse(bufio.NewReader(c), nil)
			apptest.Must(t, err)
			if r.StatusCode >= http.StatusInternalServerError || r.StatusCode < http.StatusBadRequest {
				t.Errorf("%s, %s: %d", path, kind, r.StatusCode)
			}
			apptest.Must(t, r.Body.Close())
			apptest.Must(t, c.Close())
		}
	}
}

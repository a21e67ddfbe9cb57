package db_test

import (
	"net"
	"strings"
	"testing"
	"time"

	"tribemarket/models/db"
)

// A server that takes connections and never answers ends the start.
func TestASilentServerIsNamed(t *testing.T) {
	t.Parallel()
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = silent.Close() })
	for _, mode := range []string{"", "&default_query_exec_mode=exec"} { // the second as behind a pooler
		began := time.Now()
		d, err := db.Open(t.Context(), "postgres://u:hidden@"+silent.Addr().String()+"/x?connect_timeout=1"+mode)
		if err == nil {
			t.Fatal("it opened", d.Close())
		}
		if text := err.Error(); !strings.Contains(text, "127.0.0.1: no answer within 1s") || strings.Contains(text, "hidden") || time.Since(began) > 5*time.Second {
			t.Errorf("after %v: %s", time.Since(began), text)
		}
	}
}

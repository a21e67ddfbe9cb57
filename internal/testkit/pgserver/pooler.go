package pgserver

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// ErrNoPooler means that this machine has no pgbouncer.
var ErrNoPooler = errors.New("no pgbouncer: install it, set PGBOUNCER to its path, or run tests/pgbouncer/download.sh")

// pooler is a pgbouncer on this machine.
type pooler struct {
	path      string
	libraries string // "" for those of the system
}

// FindPooler says whether this machine has a pgbouncer: in $PGBOUNCER, on the PATH, in
// /usr/sbin, or where tests/pgbouncer/download.sh puts it.
func FindPooler() error {
	_, err := findPooler()
	return err
}

func findPooler() (pooler, error) {
	if path := os.Getenv("PGBOUNCER"); path != "" {
		return pooler{path: path}, nil
	}
	if path, err := exec.LookPath("pgbouncer"); err == nil {
		return pooler{path: path}, nil
	}
	if isExecutable("/usr/sbin/pgbouncer") {
		return pooler{path: "/usr/sbin/pgbouncer"}, nil
	}
	if root, ok := ModuleRoot(); ok {
		unpacked := filepath.Join(root, "tests/pgbouncer/unpacked")
		libraries, _ := filepath.Glob(filepath.Join(unpacked, "usr/lib/*/libevent-2*"))
		if path := filepath.Join(unpacked, "usr/sbin/pgbouncer"); isExecutable(path) && len(libraries) > 0 {
			return pooler{path, filepath.Dir(libraries[0])}, nil
		}
	}
	return pooler{}, ErrNoPooler
}

// Pooling is what a pooler shares out.
type Pooling string

// The ways of pgbouncer.
const (
	PoolTransactions Pooling = "transaction"
	PoolStatements   Pooling = "statement"
	PoolSessions     Pooling = "session"
)

// NewPooler starts a pgbouncer before the database of an address, and gives the address
// through it. It ends with the test. Every statement outside of a transaction gets another
// session of the server, where the mode allows it.
func NewPooler(t testing.TB, address string, pooling Pooling) string {
	t.Helper()
	p, err := findPooler()
	if errors.Is(err, ErrNoPooler) && !IsRequired() {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	through, end, err := p.start(address, pooling)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	return through
}

package holds

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"testing"

	"tribemarket/internal/testkit/pgserver"
	"tribemarket/tests/soak/instance"
)

// shared is what all runs of this process use.
var shared = bench{sizes: short}

func TestMain(m *testing.M) {
	os.Exit(runTests(m))
}

func runTests(m *testing.M) int {
	dir, err := os.MkdirTemp("", "tribemarket-soak-")
	if err == nil {
		defer func() { _ = os.RemoveAll(dir) }()
		shared.program, err = instance.Build(context.Background(), dir)
	}
	if err == nil {
		shared.cluster, err = pgserver.NewCluster()
		if err == nil {
			defer func() { _ = shared.cluster.Close() }()
		} else if errors.Is(err, pgserver.ErrNone) && !pgserver.IsRequired() {
			err = nil
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// The short form of `task soak -- holds`.
func TestItHolds(t *testing.T) {
	t.Parallel()
	for _, r := range runs {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			if shared.cluster == nil && slices.Contains([]string{"kill-postgres", "agree-postgres", "sign-postgres", "outage", "two-nodes"}, r.name) {
				t.Skip(pgserver.ErrNone)
			}
			var out bytes.Buffer
			b := shared
			b.Figures, b.dir = &instance.Figures{Out: &out}, t.TempDir()
			err := r.do(t.Context(), b)
			t.Log("\n" + out.String())
			if errors.Is(err, errCannotMount) {
				runInNamespace(t, err)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if n := b.Failed(); n > 0 {
				t.Errorf("%d figures miss their goal", n)
			}
		})
	}
}

// namespaceVariable says that this process may mount a disk if anybody may.
const namespaceVariable = "TRIBEMARKET_SOAK_NAMESPACE"

// runInNamespace runs a test again where an ordinary user may mount a small disk. Where
// that isn't allowed either, the test is skipped.
func runInNamespace(t *testing.T, cannot error) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv(namespaceVariable) != "" || exec.Command("unshare", "-Urm", "true").Run() != nil {
		t.Skip(cannot)
	}
	c := exec.Command("unshare", "-Urm", self, "-test.run", "^TestItHolds$/^full-disk$", "-test.v")
	c.Env = append(os.Environ(), namespaceVariable+"=1")
	out, err := c.CombinedOutput()
	t.Logf("in a namespace of its own:\n%s", out)
	if err != nil {
		t.Error(err)
	}
}

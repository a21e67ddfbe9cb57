// Package uploads sends hostile pictures to the program, ten times as many as the Go tests.
package uploads

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
)

// RunLong runs the long form; it has one run, without a name.
func RunLong(ctx context.Context, out io.Writer, _ []string) (missed int, err error) {
	test := exec.CommandContext(ctx, "go", "test", "-count=1", "-timeout=40m", "-v", "-run=TestHostileUploadsAreNeverServed", "./handlers/files")
	test.Env = append(os.Environ(), "HOSTILE_UPLOADS=2000")
	said, err := test.CombinedOutput()
	if figure := regexp.MustCompile(`\d+ uploads, .*`).Find(said); figure != nil {
		_, _ = fmt.Fprintf(out, "%s\n", figure)
	}
	if err != nil {
		_, _ = out.Write(said)
		return 1, nil //nolint:nilerr // the figure missed its goal, and what failed is printed
	}
	return 0, nil
}

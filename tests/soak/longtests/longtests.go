// Package longtests runs Go tests in their long form, with larger numbers than `task test`
// gives them.
package longtests

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
)

// RunUploads sends ten times as many hostile pictures. It has one run, without a name.
func RunUploads(ctx context.Context, out io.Writer, _ []string) (missed int, err error) {
	return run(ctx, out, "./handlers/files", "TestHostileUploadsAreNeverServed", "HOSTILE_UPLOADS=2000", regexp.MustCompile(`\d+ uploads, .*`))
}

// RunSearches compares ten times as many random searches with SQL. It has one run, without
// a name.
func RunSearches(ctx context.Context, out io.Writer, _ []string) (missed int, err error) {
	return run(ctx, out, "./models/search", "TestIndexAgreesWithSQL", "RANDOM_SEARCHES=10000", regexp.MustCompile(`\d+ searches .*`))
}

// run runs a test of a package with a number in its environment, and prints what the test says
// about it.
func run(ctx context.Context, out io.Writer, dir, name, number string, figure *regexp.Regexp) (missed int, err error) {
	test := exec.CommandContext(ctx, "go", "run", "./internal/testkit/pgserver/withpg", "go", "test", "-count=1", "-timeout=40m", "-v", "-run=^"+name+"$", dir)
	test.Env = append(os.Environ(), number)
	said, err := test.CombinedOutput()
	for _, line := range figure.FindAll(said, -1) {
		_, _ = fmt.Fprintf(out, "%s\n", line)
	}
	if err != nil {
		_, _ = out.Write(said)
		return 1, nil //nolint:nilerr // the figure missed its goal, and what failed is printed
	}
	return 0, nil
}

package jobs

import (
	"context"
	"time"
)

// importTimeout is how long the largest file may take.
const importTimeout = 2 * time.Hour

type resumeImportsArgs struct{}

// Kind is River's name of the job.
func (resumeImportsArgs) Kind() string { return "imports.resume" }

// resumeImports has imports go on whose job died with its node.
func (j *Jobs) resumeImports(ctx context.Context, _ resumeImportsArgs) error {
	n, err := j.Imports.ResumeImports(ctx)
	if n > 0 {
		j.Log.InfoContext(ctx, "imports go on that had stopped", "imports", n)
	}
	return err
}

package jobs

import "context"

type findNewMatchesArgs struct{}

// Kind is River's name of the job.
func (findNewMatchesArgs) Kind() string { return "discovery.look" }

// findNewMatches looks who has come to fit the saved searches. While one look runs here,
// another one has nothing to add.
func (j *Jobs) findNewMatches(ctx context.Context, _ findNewMatchesArgs) error {
	if !j.matchingLock.TryLock() {
		return nil
	}
	defer j.matchingLock.Unlock()
	found, err := j.Discovery.FindNewMatches(ctx)
	if found > 0 {
		j.Log.InfoContext(ctx, "new creators for saved searches", "found", found)
	}
	return err
}

package jobs

import "context"

type findNewMatchesArgs struct{}

// Kind is the job's name, for River.
func (findNewMatchesArgs) Kind() string { return "discovery.look" }

// findNewMatches finds creators who have started to match saved searches. It does nothing
// while another run is in progress on this node.
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

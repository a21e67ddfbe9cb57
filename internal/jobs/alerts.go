package jobs

import "context"

type lookArgs struct{}

// Kind is River's name of the job.
func (lookArgs) Kind() string { return "discovery.look" }

// look looks who has come to fit the saved searches. While one look runs here,
// another one has nothing to add.
func (j *Jobs) look(ctx context.Context, _ lookArgs) error {
	if !j.looking.TryLock() {
		return nil
	}
	defer j.looking.Unlock()
	found, err := j.Discovery.Look(ctx)
	if found > 0 {
		j.Log.InfoContext(ctx, "new creators for saved searches", "found", found)
	}
	return err
}

package jobs

import (
	"context"

	"tribemarket/models/files"
)

// sweepFiles deletes the bytes of pictures that are gone.
func (j *Jobs) sweepFiles(ctx context.Context, _ files.SweepArgs) error {
	pictures, orphans, err := j.Files.Sweep(ctx)
	if pictures+orphans > 0 {
		j.Log.InfoContext(ctx, "pictures swept", "pictures", pictures, "orphans", orphans)
	}
	return err
}

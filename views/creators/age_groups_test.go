package creators_test

import (
	"context"
	"testing"

	"tribemarket/models/creators"
	view "tribemarket/views/creators"
)

func TestAgeGroupsAreReadAsRanges(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{"18-24": "18–24", "65+": "65+"} {
		if got := view.ShareName(context.Background(), creators.AudienceShare{Kind: creators.AudienceByAge, Key: key}); got != want {
			t.Errorf("%s is shown as %s", key, got)
		}
	}
}

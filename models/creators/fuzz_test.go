package creators_test

import (
	"context"
	"io"
	"strings"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/creators"
)

// Whatever stands in a file, an import reports it or refuses it with a reason,
// and counts each row once.
func FuzzImport(f *testing.F) {
	for _, s := range []string{
		"handle,followers\nlea,48210\n", "handle,followers\n\"lea,48210\n", "handle;followers\nlea;48 210\n", "\xef\xbb\xbfhandle,followers\n@lea,1e9\n",
		"handle,followers\n,\n\n=1+1,-5\n", "id,author,playCount\n1,2\n", "handle,followers\nlea,99999999999999999999\n", "", "\x00", "handle,followers\n" + strings.Repeat("x", 70_000) + ",1\n",
	} {
		f.Add(s)
	}
	catalogue, err := creators.NewTribeCatalogue()
	if err != nil {
		f.Fatal(err)
	}
	clock := testkit.NewClock()
	store := creators.NewStore(testkit.NewSQLite(f), clock.Now, catalogue)
	f.Fuzz(func(t *testing.T, s string) {
		var left int64
		report, err := creators.NewImporter(store).ImportFiles(context.Background(),
			[]creators.ImportFile{{Name: "f.csv", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(s)), nil }}},
			creators.ImportOptions{AsOf: models.DateOf(clock.Now()), DryRun: true, OnSkippedRow: func(creators.SkippedRow) { left++ }})
		if err != nil {
			if models.CodeOf(err) != models.CodeInvalid {
				t.Errorf("%.80q: %v", s, err)
			}
			return
		}
		if report.Skipped != left || report.Created > int64(strings.Count(s, "\n")+1) {
			t.Errorf("%.80q: %+v, %d left out", s, report, left)
		}
	})
}

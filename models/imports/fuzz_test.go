package imports_test

import (
	"context"
	"strings"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/importtest"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/imports"
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
	d := testkit.NewSQLite(f)
	importer := imports.NewImporter(d, creators.NewStore(d, clock.Now, catalogue), clock.Now)
	f.Fuzz(func(t *testing.T, s string) {
		var left int64
		report, err := importer.ImportFiles(context.Background(), []imports.File{importtest.File("f.csv", s)},
			imports.Options{AsOf: models.DateOf(clock.Now()), DryRun: true, OnSkippedRow: func(imports.SkippedRow) { left++ }})
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

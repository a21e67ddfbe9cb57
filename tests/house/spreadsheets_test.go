package house

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// csvWriters are the only files that write CSV. Each begins with the mark without which
// Excel garbles names, ends lines with CR LF, and protects texts that look like formulas.
var csvWriters = []string{"internal/sheets/csv.go", "models/privacy/export.go"}

func TestCSVIsWrittenForSpreadsheets(t *testing.T) {
	t.Parallel()
	var found []string
	for _, root := range []string{"cmd", "handlers", "internal", "models", "views"} {
		err := filepath.WalkDir(filepath.Join("../..", root), func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			source, err := os.ReadFile(path)
			if err != nil || !strings.Contains(string(source), "csv.NewWriter(") {
				return err
			}
			for _, part := range []string{".UseCRLF = true", "models.SpreadsheetMark", "models.EscapeSpreadsheetCell("} {
				if !strings.Contains(string(source), part) {
					t.Errorf("%s writes CSV without %s", path, part)
				}
			}
			found = append(found, filepath.ToSlash(strings.TrimPrefix(path, filepath.FromSlash("../../"))))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if slices.Sort(found); !slices.Equal(found, csvWriters) {
		t.Errorf("CSV is written in %v, want %v", found, csvWriters)
	}
}

package house

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// bareDeadline is a deadline with its time of day that is not written by i18n.Deadline,
// which names the zone where it is not the end of the reader's own day.
var bareDeadline = regexp.MustCompile(`i18n\.(?:WeekdayDateTime|DateTime|TimeOfDay)\(ctx, \*?[\w.]*(?:ExpiresAt|Deadline|Due|DueAt|EndsAt|Until|PurgeAt)\)`)

func TestDeadlinesNameTheirZone(t *testing.T) {
	t.Parallel()
	seen := 0
	err := filepath.WalkDir("../../views", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		if bare := bareDeadline.Find(source); bare != nil {
			t.Errorf("%s: %s does not name its zone", path, bare)
		}
		seen += strings.Count(string(source), "i18n.Deadline(")
		return err
	})
	if err != nil || seen == 0 {
		t.Errorf("%d deadlines are shown: %v", seen, err)
	}
}

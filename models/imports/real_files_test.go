package imports_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/importtest"
	"tribemarket/models"
	"tribemarket/models/imports"
	"tribemarket/models/platform"
)

// realData is the folder of real lists, which is no part of the repository:
// its files may not be copied. Where it is missing, generated files with the
// same defects are what there is to test with.
func realData(t *testing.T, pattern string) []imports.File {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("..", "..", "..", "shared", "data", pattern))
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) == 0 {
		t.Skip("the real lists are not on this machine")
	}
	files := make([]imports.File, len(paths))
	for i, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[i] = importtest.File(filepath.Base(path), string(text))
	}
	return files
}

func (w *world) number(query string, args ...any) int64 {
	w.t.Helper()
	var n int64
	w.must(w.db.Read(context.Background()).Raw(query, args...).Scan(&n).Error)
	return n
}

func TestImportOfTheRealFiles(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		pattern  string
		platform string
		asOf     models.Date
		creators int64
		listed   int64
		leftOut  int64
	}{
		"videos":          {"tiktok_videos_2020/*.csv", "", models.Date{}, 1705, 1667, 0},
		"a balanced list": {"tiktok_tides_2023/*.csv", "", models.Date{Year: 2023, Month: 6, Day: 1}, 5000, 4000, 0},
		"early 2022":      {"top1000_2022/tiktok-early-2022.csv", "", models.Date{Year: 2022, Month: 2, Day: 1}, 987, 978, 13},
		// Of these, 400 have the name of a channel in place of its handle.
		"YouTube":   {"top1000_2022/youtube-sep-2022.csv", platform.YouTube, models.Date{Year: 2022, Month: 9, Day: 1}, 602, 602, 445},
		"Instagram": {"top1000_2022/instagram-sep-2022.csv", platform.Instagram, models.Date{Year: 2022, Month: 9, Day: 1}, 983, 983, 67},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := realData(t, tc.pattern)
			w := newWorld(t, testkit.NewSQLite(t))
			var reasons []string
			o := imports.Options{Platform: tc.platform, AsOf: tc.asOf, OnSkippedRow: func(l imports.SkippedRow) {
				reasons = append(reasons, strings.TrimPrefix(l.MessageKey, "imports.row."))
			}}
			r, err := imports.NewImporter(w.db, w.Store, w.clock.Now).ImportFiles(context.Background(), files, o)
			w.must(err)
			if r.Created != tc.creators || r.Skipped != tc.leftOut || w.count("creators") != tc.creators || w.number("SELECT count(*) FROM creators WHERE listed") != tc.listed {
				t.Errorf("%+v, %d listed, %v", r, w.number("SELECT count(*) FROM creators WHERE listed"), reasons)
			}
			before := importtest.Content(t, w.db)
			if r, err = imports.NewImporter(w.db, w.Store, w.clock.Now).ImportFiles(context.Background(), files, o); err != nil || r.Created+r.Updated != 0 || r.Unchanged != tc.creators {
				t.Errorf("the second run: %+v, %v", r, err)
			}
			importtest.SameContent(t, "the second run", importtest.Content(t, w.db), before)
			if name == "videos" {
				w.checkTribes()
			}
		})
	}
}

// checkTribes: of the real creators, half at least are told to be of a tribe by
// what they write under their videos.
func (w *world) checkTribes() {
	w.t.Helper()
	if n := w.count("posts"); n < 41_600 || n > 41_702 {
		w.t.Errorf("%d posts", n)
	}
	listed := w.number("SELECT count(*) FROM creators WHERE listed")
	tribal := w.number("SELECT count(DISTINCT t.creator_id) FROM creator_tribes t JOIN creators c ON c.id = t.creator_id WHERE c.listed")
	rated := w.number("SELECT count(*) FROM creator_accounts WHERE listed AND engagement_ppm IS NOT NULL")
	if 2*tribal < listed || rated < 1600 {
		w.t.Errorf("of %d creators %d have a tribe, %d a rate", listed, tribal, rated)
	}
	// The same posts gave a median of 12 to 15 per cent when they were looked at by other means.
	if median := w.number("SELECT engagement_ppm FROM creator_accounts WHERE engagement_ppm IS NOT NULL AND listed ORDER BY engagement_ppm LIMIT 1 OFFSET ?", rated/2); median < 120_000 || median > 150_000 {
		w.t.Errorf("the median rate is %d", median)
	}
}

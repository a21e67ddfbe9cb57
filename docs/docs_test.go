// Package docs_test holds what is written to what is there.
package docs_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	link     = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	task     = regexp.MustCompile("(?:`|go\\.mod )task ([a-z][a-z0-9:]*)")
	taskName = regexp.MustCompile(`(?m)^  ([a-z][a-z0-9:]*):$`)
)

func TestLinksLeadSomewhere(t *testing.T) {
	t.Parallel()
	eachPage(t, func(t *testing.T, path, text string) {
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			target, _, _ := strings.Cut(m[1], "#")
			if target == "" || strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(path), target)); err != nil {
				t.Errorf("%s links to %s: %v", path, m[1], err)
			}
		}
	})
}

func TestNamedTasksExist(t *testing.T) {
	t.Parallel()
	taskfile, err := os.ReadFile("../Taskfile.yml")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, m := range taskName.FindAllStringSubmatch(string(taskfile), -1) {
		known[m[1]] = true
	}
	if !known["test"] {
		t.Fatalf("the Taskfile is not readable here: %v", known)
	}
	eachPage(t, func(t *testing.T, path, text string) {
		for _, m := range task.FindAllStringSubmatch(text, -1) {
			if !known[m[1]] {
				t.Errorf("%s names task %s, which is not in the Taskfile", path, m[1])
			}
		}
	})
}

func TestEveryDecisionIsListed(t *testing.T) {
	t.Parallel()
	list, err := os.ReadFile("adr/README.md")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob("adr/0*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no decisions: %v", err)
	}
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		number := filepath.Base(page)[:4]
		title, _, _ := strings.Cut(strings.TrimPrefix(string(text), "# "+number+" "), "\n")
		if !strings.Contains(string(list), "["+number+"]("+filepath.Base(page)+") | "+title+" |") {
			t.Errorf("adr/README.md does not list %s as %q", page, title)
		}
		for _, part := range []string{"\n## Context\n", "\n## Decision\n", "\n## Consequences\n"} {
			if !strings.Contains(string(text), part) {
				t.Errorf("%s has no part%s", page, strings.TrimRight(part, "\n"))
			}
		}
	}
}

// A lock file that names its registry's host forces that host on everybody.
func TestLockFilesNameNoHost(t *testing.T) {
	t.Parallel()
	locks, err := filepath.Glob("../tests/*/package-lock.json")
	if err != nil || len(locks) != 3 {
		t.Fatalf("%v, %v: three lock files are expected", locks, err)
	}
	for _, lock := range locks {
		text, err := os.ReadFile(lock)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), `"resolved":`) {
			t.Errorf("%s names hosts; make it again in its folder, where .npmrc leaves them out", lock)
		}
	}
}

// eachPage gives every Markdown page of the repository to check.
func eachPage(t *testing.T, check func(t *testing.T, path, text string)) {
	t.Helper()
	n := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git"):
			return fs.SkipDir
		case d.IsDir() || filepath.Ext(path) != ".md":
			return nil
		}
		n++
		text, err := os.ReadFile(path)
		check(t, path, string(text))
		return err
	})
	if err != nil || n < 5 {
		t.Fatalf("%d pages: %v", n, err)
	}
}

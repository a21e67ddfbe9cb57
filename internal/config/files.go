package config

import (
	"cmp"
	"path/filepath"
	"strings"
)

// FilesFolder is where the bytes of uploaded files are.
func (c Config) FilesFolder() string {
	if sqlite, ok := strings.CutPrefix(c.DatabaseURL, "sqlite:"); ok {
		return cmp.Or(c.FilesDir, filepath.Join(filepath.Dir(sqlite), "files"))
	}
	return cmp.Or(c.FilesDir, filepath.Join("data", "files"))
}

package testkit

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"

	"tribemarket/internal/testkit/pgserver"
)

// migrationsFingerprint identifies a state of the migrations, so that a server that
// outlives the run never provides a database with an old schema.
var migrationsFingerprint = sync.OnceValues(func() (string, error) {
	root, ok := pgserver.ModuleRoot()
	if !ok {
		return "", errors.New("tests on PostgreSQL run inside the repository")
	}
	files, err := filepath.Glob(filepath.Join(root, "models/db/migrations/postgres/*.sql"))
	if err != nil {
		return "", err
	}
	// The queue's own tables depend on its version.
	files = append(files, filepath.Join(root, "go.sum"))
	sum := sha256.New()
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			return "", err
		}
		_, err = io.Copy(sum, f)
		if f.Close(); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
})

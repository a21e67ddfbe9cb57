package config

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"tribemarket/models"
)

// LoadKeyring loads the keys that seal texts in the database: from the environment,
// otherwise from KEY_FILE, which with SQLite is created if it does not exist. Nodes that
// share a PostgreSQL database need the same keys, so there the file must be put in place
// or the environment set.
func (c Config) LoadKeyring() (*models.Keyring, error) {
	if c.SecretKeys != "" {
		return models.NewKeyring(string(c.SecretKeys), string(c.DigestKey))
	}
	path, own := c.KeyFile, false
	if sqlite, ok := strings.CutPrefix(c.DatabaseURL, "sqlite:"); ok {
		path, own = cmp.Or(path, filepath.Join(filepath.Dir(sqlite), "keys")), true
	}
	if path == "" {
		return nil, errors.New("SECRET_KEYS: needed with PostgreSQL, the same on every node; generate them with `keys new`")
	}
	b, err := os.ReadFile(path) //nolint:gosec // the operator's own file
	if errors.Is(err, fs.ErrNotExist) && own {
		b, err = createKeyFile(path)
	}
	if err != nil {
		return nil, fmt.Errorf("KEY_FILE: %w", err)
	}
	vars := map[string]string{}
	for line := range strings.Lines(string(b)) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			vars[name] = value
		}
	}
	k, err := models.NewKeyring(vars["SECRET_KEYS"], vars["DIGEST_KEY"])
	if err != nil {
		return nil, fmt.Errorf("KEY_FILE %s: %w", path, err)
	}
	return k, nil
}

// GenerateKeys returns new keys in the format of the environment and KEY_FILE.
func GenerateKeys() string {
	return "SECRET_KEYS=k1:" + models.NewSealingKey() + "\nDIGEST_KEY=" + models.NewSealingKey() + "\n"
}

// createKeyFile writes a new file, unless another process has created one in the
// meantime.
func createKeyFile(path string) ([]byte, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return nil, err
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), ".keys-")
	if err != nil {
		return nil, err
	}
	_, err = tmp.WriteString(GenerateKeys())
	err = errors.Join(err, tmp.Sync(), tmp.Close())
	if err == nil {
		// Linking fails if the file exists; CreateTemp has created it with mode 0600.
		if err = os.Link(tmp.Name(), path); errors.Is(err, fs.ErrExist) {
			err = nil
		}
	}
	if err := errors.Join(err, os.Remove(tmp.Name())); err != nil {
		return nil, err
	}
	return os.ReadFile(path) //nolint:gosec // the operator's own file
}

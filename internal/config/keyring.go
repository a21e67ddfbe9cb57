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

// FindKeyring loads the keys that seal texts in the database: from the environment,
// otherwise from KEY_FILE. It is nil where CreateKeyring is to make that file.
func (c Config) FindKeyring() (*models.Keyring, error) {
	if c.SecretKeys != "" {
		return models.NewKeyring(string(c.SecretKeys), string(c.DigestKey))
	}
	path, own := c.KeyFilePath()
	if path == "" {
		return nil, errors.New("SECRET_KEYS: needed with PostgreSQL, the same on every node; generate them with `keys new`")
	}
	b, err := os.ReadFile(path) //nolint:gosec // the operator's own file
	if errors.Is(err, fs.ErrNotExist) && own {
		return nil, nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("KEY_FILE: %w; put the file of this database's keys there, or for a new database make one: tribemarket keys new > %s", err, path)
	}
	if err != nil {
		return nil, fmt.Errorf("KEY_FILE: %w", err)
	}
	k, err := ParseKeys(string(b))
	if err != nil {
		return nil, fmt.Errorf("KEY_FILE %s: %w", path, err)
	}
	return k, nil
}

// ParseKeys reads keys as GenerateKeys writes them.
func ParseKeys(text string) (*models.Keyring, error) {
	vars := map[string]string{}
	for line := range strings.Lines(text) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			vars[name] = value
		}
	}
	return models.NewKeyring(vars["SECRET_KEYS"], vars["DIGEST_KEY"])
}

// KeyText is what stands in a file of the keys in use.
func (c Config) KeyText() (string, error) {
	if c.SecretKeys != "" {
		return "SECRET_KEYS=" + string(c.SecretKeys) + "\nDIGEST_KEY=" + string(c.DigestKey) + "\n", nil
	}
	path, _ := c.KeyFilePath()
	b, err := os.ReadFile(path) //nolint:gosec // the operator's own file
	return string(b), err
}

// KeyFilePath is where the keys are that are not in the environment, and whether the
// first start makes that file: with SQLite. Nodes that share a PostgreSQL database need
// the same keys, so there the file must be put in place or the environment set.
func (c Config) KeyFilePath() (path string, own bool) {
	if sqlite, ok := strings.CutPrefix(c.DatabaseURL, "sqlite:"); ok {
		return cmp.Or(c.KeyFile, filepath.Join(filepath.Dir(sqlite), "keys")), true
	}
	return c.KeyFile, false
}

// CreateKeyring makes the file of keys and loads it.
func (c Config) CreateKeyring() (*models.Keyring, error) {
	path, _ := c.KeyFilePath()
	if err := createKeyFile(path); err != nil {
		return nil, fmt.Errorf("KEY_FILE: %w", err)
	}
	return c.FindKeyring()
}

// GenerateKeys returns new keys in the format of the environment and KEY_FILE.
func GenerateKeys() string {
	return "SECRET_KEYS=k1:" + models.NewSealingKey() + "\nDIGEST_KEY=" + models.NewSealingKey() + "\n"
}

// createKeyFile writes a new file, unless another process has created one in the
// meantime.
func createKeyFile(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), ".keys-")
	if err != nil {
		return err
	}
	_, err = tmp.WriteString(GenerateKeys())
	err = errors.Join(err, tmp.Sync(), tmp.Close())
	if err == nil {
		// Linking fails if the file exists; CreateTemp has created it with mode 0600.
		if err = os.Link(tmp.Name(), path); errors.Is(err, fs.ErrExist) {
			err = nil
		}
	}
	return errors.Join(err, os.Remove(tmp.Name()))
}

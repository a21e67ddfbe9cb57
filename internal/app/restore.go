package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"tribemarket/internal/config"
	"tribemarket/models"
	"tribemarket/models/db"
)

// Restore brings a backup into a database that nobody has used yet, and verifies it.
// keyText is from the file of keys, "" where they are in the sealed backup or in place.
func Restore(ctx context.Context, cfg config.Config, path, passphrase, keyText string) (err error) {
	f, err := os.Open(path) //nolint:gosec // the operator's own file
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	r, err := openArchive(f, passphrase)
	if err != nil {
		return err
	}
	if r.Keys != "" {
		keyText = r.Keys
	}
	keys, place, err := restoredKeys(cfg, keyText)
	if err != nil {
		return err
	}
	file, sqlite := strings.CutPrefix(cfg.DatabaseURL, "sqlite:")
	switch {
	case sqlite != (r.Head.Dialect == db.SQLite):
		return fmt.Errorf("the backup is of %s; DATABASE_URL is of another kind", r.Head.Dialect)
	case sqlite:
		err = restoreSQLite(ctx, r, cfg, file, keys)
	default:
		err = restorePostgres(ctx, r, cfg, keys)
	}
	if err != nil || place == "" {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(place), 0o700); err != nil {
		return err
	}
	return os.WriteFile(place, []byte(keyText), 0o600)
}

// restoredKeys are those in place, otherwise those of the backup, which then go to the
// file at place.
func restoredKeys(cfg config.Config, keyText string) (keys *models.Keyring, place string, err error) {
	path, _ := cfg.KeyFilePath()
	if _, missing := os.Stat(path); cfg.SecretKeys != "" || path != "" && missing == nil {
		keys, err = cfg.FindKeyring()
		return keys, "", err
	}
	if keyText == "" {
		return nil, "", errors.New("the keys of the backup are needed: name their file with --keys")
	}
	if path == "" {
		return nil, "", errors.New("set SECRET_KEYS and DIGEST_KEY to the keys of the backup, or KEY_FILE to where they are to go")
	}
	keys, err = config.ParseKeys(keyText)
	return keys, path, err
}

func restoreSQLite(ctx context.Context, r *archiveReader, cfg config.Config, path string, keys *models.Keyring) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s is there already; restore to a new file", path)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	partial := path + partialSuffix
	defer func() {
		for _, suffix := range []string{"", "-wal", "-shm"} {
			_ = os.Remove(partial + suffix)
		}
	}()
	if err := extractSQLite(ctx, r, partial); err != nil {
		return err
	}
	if err := verifyFile(ctx, cfg, partial, keys); err != nil {
		return err
	}
	if err := r.restoreFiles(ctx, cfg.FilesFolder()); err != nil {
		return err
	}
	return os.Rename(partial, path)
}

func extractSQLite(ctx context.Context, r *archiveReader, path string) (err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600) //nolint:gosec // the operator's own file
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	_, content, err := r.next()
	if err != nil {
		return err
	}
	h := sha256.New()
	if _, err := io.Copy(io.MultiWriter(f, h), models.ContextReader{Context: ctx, Reader: content}); err != nil {
		return err
	}
	if _, _, err := r.next(); !errors.Is(err, io.EOF) {
		return errors.Join(errNoBackup, err)
	}
	if hex.EncodeToString(h.Sum(nil)) != r.Contents.SHA256 {
		return errNoBackup
	}
	return f.Sync()
}

func restorePostgres(ctx context.Context, r *archiveReader, cfg config.Config, keys *models.Keyring) (err error) {
	d, err := db.Open(ctx, cfg.DatabaseURL)
	if err != nil {
		return fmt.Errorf("DATABASE_URL: %w", err)
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if used, err := d.IsUsed(ctx); err != nil {
		return err
	} else if used {
		return errors.New("the database has rows already; restore to a new one")
	}
	if err := d.MigrateUpTo(ctx, r.Head.Schema); err != nil {
		return err
	}
	if n, err := d.SchemaVersion(ctx); err != nil || n != r.Head.Schema {
		return errors.Join(err, fmt.Errorf("the backup has schema %d, the database %d", r.Head.Schema, n))
	}
	err = d.LoadPostgres(ctx, r.next, func() ([]db.TableDump, error) { return r.Contents.Tables, r.restoreFiles(ctx, cfg.FilesFolder()) })
	if err != nil {
		return err
	}
	return verifyDatabase(ctx, cfg, d, keys)
}

package app

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tribemarket/internal/config"
	"tribemarket/internal/storage"
	"tribemarket/models"
	"tribemarket/models/db"
)

// BackupOptions say where a backup and its keys go. Exactly one of Passphrase, which
// seals the backup with the keys in it, and KeysFile is set.
type BackupOptions struct {
	Folder     string
	Passphrase string
	KeysFile   string
	Keep       int // how many backups stay in the folder; 0 for all
}

const (
	backupPrefix  = "tribemarket-"
	backupSuffix  = ".backup"
	partialSuffix = ".partial"
)

// Backup writes a verified backup while the instance runs, and gives its path. On an
// error nothing is left of it, and earlier ones stay.
func Backup(ctx context.Context, cfg config.Config, o BackupOptions, now time.Time, log *slog.Logger) (path string, err error) {
	if o.KeysFile != "" && isBelow(o.Folder, o.KeysFile) {
		return "", fmt.Errorf("--keys: %s is in the folder of the backups; name a file elsewhere, since whoever has both can open what is sealed", o.KeysFile)
	}
	if file, ok := strings.CutPrefix(cfg.DatabaseURL, "sqlite:"); ok {
		if _, err := os.Stat(file); err != nil {
			return "", fmt.Errorf("DATABASE_URL: %w", err)
		}
	}
	d, err := db.Open(ctx, cfg.DatabaseURL)
	if err != nil {
		return "", fmt.Errorf("DATABASE_URL: %w", err)
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	keys, err := cfg.FindKeyring()
	if err == nil {
		err = checkKeys(ctx, cfg, d, keys, log)
	}
	if err != nil {
		return "", err
	}
	text, err := cfg.KeyText()
	if err != nil {
		return "", fmt.Errorf("the keys: %w", err)
	}
	if err := os.MkdirAll(o.Folder, 0o700); err != nil {
		return "", err
	}
	path = filepath.Join(o.Folder, backupPrefix+now.UTC().Format("20060102T150405Z")+backupSuffix)
	partial := path + partialSuffix
	defer func() { _ = os.Remove(partial) }()
	if err := writeArchive(ctx, d, cfg, keys, text, partial, o.Passphrase); err != nil {
		return "", err
	}
	if err := verifyArchive(ctx, partial, o.Passphrase); err != nil {
		return "", fmt.Errorf("reading the backup again: %w", err)
	}
	if o.KeysFile != "" {
		if err := os.WriteFile(o.KeysFile, []byte(text), 0o600); err != nil {
			return "", err
		}
	}
	if err := os.Rename(partial, path); err != nil {
		return "", err
	}
	return path, removeOldBackups(o)
}

// isBelow says whether a path is in a folder or below it, also through links.
func isBelow(folder, path string) bool {
	between, err := filepath.Rel(resolvePath(folder), resolvePath(path))
	return err == nil && filepath.IsLocal(between)
}

// resolvePath is the absolute path without links, of which the end may not exist yet.
func resolvePath(path string) string {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if resolved, err := filepath.EvalSymlinks(absolute); err == nil {
		return resolved
	}
	if parent := filepath.Dir(absolute); parent != absolute {
		return filepath.Join(resolvePath(parent), filepath.Base(absolute))
	}
	return absolute
}

func writeArchive(ctx context.Context, d *db.DB, cfg config.Config, keys *models.Keyring, keyText, path, passphrase string) (err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) //nolint:gosec // the operator's own file
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w, err := newArchiveWriter(f, passphrase)
	if err != nil {
		return err
	}
	head := backupHead{Dialect: d.Dialect, At: time.Now().UTC()}
	if head.Schema, err = d.SchemaVersion(ctx); err != nil {
		return err
	}
	if err := w.addJSON(headEntry, head); err != nil {
		return err
	}
	if passphrase != "" {
		if err := w.add(keysEntry, []byte(keyText)); err != nil {
			return err
		}
	}
	var c backupContents
	if d.Dialect == db.SQLite {
		c.SHA256, err = addSnapshot(ctx, w, d, cfg, keys)
	} else if err = verifyDatabase(ctx, cfg, d, keys); err == nil {
		c.Tables, err = d.DumpPostgres(ctx, func(table string) io.WriteCloser { return &chunkWriter{w: w, name: tablesFolder + table} })
	}
	if err != nil {
		return err
	}
	if err := w.addJSON(contentsEntry, c); err != nil {
		return err
	}
	files, err := storage.OpenDirectory(cfg.FilesFolder())
	if err != nil {
		return fmt.Errorf("FILES_DIR: %w", err)
	}
	if err := w.addFiles(ctx, files); err != nil {
		return err
	}
	return errors.Join(w.finish(), f.Sync())
}

// addSnapshot adds a copy of SQLite's database, which it makes beside it and verifies.
func addSnapshot(ctx context.Context, w *archiveWriter, d *db.DB, cfg config.Config, keys *models.Keyring) (sum string, err error) {
	folder, err := os.MkdirTemp(filepath.Dir(strings.TrimPrefix(cfg.DatabaseURL, "sqlite:")), ".backup-")
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	path := filepath.Join(folder, "snapshot.db")
	if err := d.SnapshotSQLite(ctx, path); err != nil {
		return "", err
	}
	if err := verifyFile(ctx, cfg, path, keys); err != nil {
		return "", err
	}
	f, err := os.Open(path) //nolint:gosec // made above
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	if err := w.WriteHeader(&tar.Header{Name: sqliteEntry, Mode: 0o600, Size: info.Size()}); err != nil {
		return "", err
	}
	h := sha256.New()
	_, err = io.Copy(io.MultiWriter(w, h), models.ContextReader{Context: ctx, Reader: f})
	return hex.EncodeToString(h.Sum(nil)), err
}

// verifyFile verifies a database of SQLite that nobody else has open.
func verifyFile(ctx context.Context, cfg config.Config, path string, keys *models.Keyring) (err error) {
	d, err := db.Open(ctx, "sqlite:"+path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	return verifyDatabase(ctx, cfg, d, keys)
}

// verifyDatabase fails unless the file is whole, all references lead somewhere, the audit
// chain holds and sealed rows open, or the loss of their keys is accepted.
func verifyDatabase(ctx context.Context, cfg config.Config, d *db.DB, keys *models.Keyring) error {
	if err := d.CheckIntegrity(ctx); err != nil {
		return err
	}
	v, err := d.VerifyAuditChain(ctx, db.AuditHead{})
	if err == nil && !v.Holds() {
		err = fmt.Errorf("the audit log is broken at line %d: %s", v.Broken, v.Why)
	}
	return errors.Join(err, checkKeys(ctx, cfg, d, keys, slog.New(slog.DiscardHandler)))
}

// verifyArchive reads a backup through and compares it with what it says of itself.
func verifyArchive(ctx context.Context, path, passphrase string) (err error) {
	f, err := os.Open(path) //nolint:gosec // the operator's own file
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	r, err := openArchive(f, passphrase)
	if err != nil {
		return err
	}
	var found backupContents
	for {
		name, content, err := r.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if name == sqliteEntry {
			h := sha256.New()
			_, err = io.Copy(h, models.ContextReader{Context: ctx, Reader: content})
			found.SHA256 = hex.EncodeToString(h.Sum(nil))
		} else {
			t := db.TableDump{Name: name}
			t.Rows, t.Digest, err = db.DigestRows(models.ContextReader{Context: ctx, Reader: content})
			found.Tables = append(found.Tables, t)
		}
		if err != nil {
			return err
		}
	}
	same := found.SHA256 == r.Contents.SHA256 && slices.EqualFunc(found.Tables, r.Contents.Tables, func(a, b db.TableDump) bool {
		return a.Name == b.Name && a.Rows == b.Rows && a.Digest == b.Digest
	})
	if !same {
		return errors.New("its contents are not those that it names")
	}
	return r.readFiles(ctx, func(_ string, content io.Reader) error {
		_, err := io.Copy(io.Discard, content)
		return err
	})
}

func removeOldBackups(o BackupOptions) error {
	all, err := filepath.Glob(filepath.Join(o.Folder, backupPrefix+"*"+backupSuffix))
	if err != nil || o.Keep < 1 || len(all) <= o.Keep {
		return err
	}
	slices.Sort(all)
	for _, old := range all[:len(all)-o.Keep] {
		err = errors.Join(err, os.Remove(old))
	}
	return err
}

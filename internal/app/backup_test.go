package app_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tribemarket/internal/app"
	"tribemarket/internal/config"
	"tribemarket/internal/storage"
	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
)

// newTarget is the address of a database that nobody has used.
func newTarget(t *testing.T, address string) string {
	t.Helper()
	if strings.HasPrefix(address, "sqlite:") {
		return "sqlite:" + filepath.Join(t.TempDir(), "restored.db")
	}
	return testkit.NewPostgresURL(t)
}

func backupConfig(t *testing.T, address string) config.Config {
	t.Helper()
	return config.Config{DatabaseURL: address, SecretKeys: config.Secret("k1:" + testkit.SealingKey), DigestKey: testkit.SealingKey, MailDir: t.TempDir(), FilesDir: t.TempDir()}
}

func openDatabase(t *testing.T, address string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// enterPerson writes what belongs together in one transaction: a person, a sealed second
// factor and an event of the audit log.
func enterPerson(d *db.DB, keys *models.Keyring, id int) error {
	return d.Tx(context.Background(), func(tx *db.Tx) error {
		if err := tx.Exec("INSERT INTO people (id, name, created_at) VALUES (?, ?, CURRENT_TIMESTAMP)", id, fmt.Sprintf("Line\n\\.\t%d é", id)).Error; err != nil {
			return err
		}
		sealed := keys.Seal(accounts.SealedColumns()[0].Purpose(fmt.Sprint(id)), []byte("secret"))
		if err := tx.Exec("INSERT INTO totp_factors (person_id, secret, created_at) VALUES (?, ?, CURRENT_TIMESTAMP)", id, sealed).Error; err != nil {
			return err
		}
		return tx.Exec("INSERT INTO audit_events (at, person_id, action, subject) VALUES (CURRENT_TIMESTAMP, ?, 'test', 'x')", id).Error
	})
}

// storeFiles stores files under their keys.
func storeFiles(t *testing.T, cfg config.Config, all map[string]string) {
	t.Helper()
	files, err := storage.OpenDirectory(cfg.FilesFolder())
	for key, content := range all {
		if err == nil {
			err = files.Put(t.Context(), key, strings.NewReader(content), "")
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

// storedFiles are the stored files by their keys.
func storedFiles(t *testing.T, cfg config.Config) map[string]string {
	t.Helper()
	files, err := storage.OpenDirectory(cfg.FilesFolder())
	if err != nil {
		t.Fatal(err)
	}
	found, err := files.List(t.Context(), "", "", 100)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, o := range found {
		f, err := files.Open(t.Context(), o.Key)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(f)
		if err := errors.Join(err, f.Close()); err != nil {
			t.Fatal(err)
		}
		all[o.Key] = string(b)
	}
	return all
}

// readRows gives the rows of all tables, as text.
func readRows(t *testing.T, d *db.DB) map[string][]string {
	t.Helper()
	tables, err := d.Read(t.Context()).Migrator().GetTables()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	for _, table := range tables {
		var rows []map[string]any
		if err := d.Read(t.Context()).Table(table).Find(&rows).Error; err != nil {
			t.Fatal(err)
		}
		lines := []string{}
		for _, r := range rows {
			lines = append(lines, fmt.Sprint(r)) // fmt sorts the names
		}
		slices.Sort(lines)
		all[table] = lines
	}
	return all
}

// The drill: back up under load and restore elsewhere, then at rest, where every row has
// to be the same.
func TestABackupOfARunningInstanceIsRestored(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabaseURLs(t, func(t *testing.T, address string) {
		cfg := backupConfig(t, address)
		keys, err := cfg.FindKeyring()
		if err != nil {
			t.Fatal(err)
		}
		openAndClose(t, cfg, "")
		d := openDatabase(t, address)
		for id := range 50 {
			if err := enterPerson(d, keys, id+1); err != nil {
				t.Fatal(err)
			}
		}
		if _, _, err := d.SealAuditEvents(t.Context(), time.Now()); err != nil {
			t.Fatal(err)
		}
		stop := make(chan struct{})
		var load sync.WaitGroup
		for n := range 2 {
			load.Go(func() {
				for id := 1_000_000 * (n + 1); ; id++ {
					select {
					case <-stop:
						return
					default:
					}
					if err := enterPerson(d, keys, id); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		pictures := map[string]string{strings.Repeat("a", 32): "a picture", strings.Repeat("b", 36): strings.Repeat("large ", 1<<20), strings.Repeat("c", 32): ""}
		storeFiles(t, cfg, pictures)
		folder := t.TempDir()
		o := app.BackupOptions{Folder: folder, KeysFile: filepath.Join(t.TempDir(), "keys"), Keep: 2}
		path, err := app.Backup(t.Context(), cfg, o, time.Unix(1, 0), slog.New(slog.DiscardHandler))
		close(stop)
		load.Wait()
		if err != nil {
			t.Fatal(err)
		}
		busy := cfg
		busy.DatabaseURL, busy.FilesDir = newTarget(t, address), t.TempDir()
		if err := app.Restore(t.Context(), busy, path, "", ""); err != nil {
			t.Fatal(err)
		}
		restored := openDatabase(t, busy.DatabaseURL)
		var people, factors, events int64
		restored.Read(t.Context()).Raw("SELECT count(*) FROM people").Scan(&people)
		restored.Read(t.Context()).Raw("SELECT count(*) FROM totp_factors").Scan(&factors)
		restored.Read(t.Context()).Raw("SELECT count(*) FROM audit_events WHERE action = 'test'").Scan(&events)
		if people < 50 || people != factors || people != events {
			t.Errorf("of one moment are %d people, %d factors, %d events", people, factors, events)
		}
		openAndClose(t, busy, "")

		if path, err = app.Backup(t.Context(), cfg, o, time.Unix(2, 0), slog.New(slog.DiscardHandler)); err != nil {
			t.Fatal(err)
		}
		rest := cfg
		rest.DatabaseURL, rest.FilesDir = newTarget(t, address), t.TempDir()
		if err := app.Restore(t.Context(), rest, path, "", ""); err != nil {
			t.Fatal(err)
		}
		if got := storedFiles(t, rest); !maps.Equal(got, pictures) {
			t.Errorf("%d files were restored of %d", len(got), len(pictures))
		}
		other := openDatabase(t, rest.DatabaseURL)
		was, is := readRows(t, d), readRows(t, other)
		for table, rows := range was {
			if !slices.Equal(rows, is[table]) {
				t.Errorf("%s has %d rows that are not the %d before", table, len(is[table]), len(rows))
			}
		}
		// Numbers go on after the last one, and triggers guard again.
		if err := other.Tx(t.Context(), func(tx *db.Tx) error {
			return tx.Exec("INSERT INTO audit_events (at, action, subject) VALUES (CURRENT_TIMESTAMP, 'test', 'x')").Error
		}); err != nil {
			t.Error(err)
		}
		if err := other.Tx(t.Context(), func(tx *db.Tx) error { return tx.Exec("DELETE FROM audit_events").Error }); err == nil {
			t.Error("the audit log can be emptied")
		}
		openAndClose(t, rest, "")
		if err := app.Restore(t.Context(), rest, path, "", ""); err == nil {
			t.Error("it was restored over a database in use")
		}

		if _, err = app.Backup(t.Context(), cfg, o, time.Unix(3, 0), slog.New(slog.DiscardHandler)); err != nil {
			t.Fatal(err)
		}
		if left, _ := filepath.Glob(filepath.Join(folder, "*")); len(left) != 2 || strings.Contains(left[0], "000001Z") {
			t.Errorf("left are %q, want the newest two", left)
		}
	})
}

func TestKeysNeverStandInAnOpenBackup(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabaseURLs(t, func(t *testing.T, address string) {
		cfg := backupConfig(t, address)
		openAndClose(t, cfg, "")
		keysFile := filepath.Join(t.TempDir(), "keys")
		path, err := app.Backup(t.Context(), cfg, app.BackupOptions{Folder: t.TempDir(), KeysFile: keysFile}, time.Unix(1, 0), slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		if b, err := io.ReadAll(z); err != nil || bytes.Contains(b, []byte(testkit.SealingKey)) {
			t.Errorf("the open backup has the key in it, %v", err)
		}
		if b, err := os.ReadFile(keysFile); err != nil || !bytes.Contains(b, []byte(testkit.SealingKey)) {
			t.Errorf("the file of keys is %q, %v", b, err)
		}

		sealed, err := app.Backup(t.Context(), cfg, app.BackupOptions{Folder: t.TempDir(), Passphrase: "a long passphrase"}, time.Unix(1, 0), slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		fresh := config.Config{DatabaseURL: newTarget(t, address), KeyFile: filepath.Join(t.TempDir(), "keys"), MailDir: t.TempDir(), FilesDir: t.TempDir()}
		for _, wrong := range []string{"", "another passphrase"} {
			if err := app.Restore(t.Context(), fresh, sealed, wrong, ""); err == nil {
				t.Errorf("the passphrase %q opened it", wrong)
			}
		}
		if err := app.Restore(t.Context(), fresh, path, "", ""); err == nil || !strings.Contains(err.Error(), "--keys") {
			t.Errorf("without keys it gave %v", err)
		}
		if err := app.Restore(t.Context(), fresh, sealed, "a long passphrase", ""); err != nil {
			t.Fatal(err)
		}
		if b, err := os.ReadFile(fresh.KeyFile); err != nil || !bytes.Contains(b, []byte(testkit.SealingKey)) {
			t.Errorf("the keys in place are %q, %v", b, err)
		}
		openAndClose(t, fresh, "")
	})
}

func TestTheKeysGoElsewhereThanTheBackup(t *testing.T) {
	t.Parallel()
	cfg := backupConfig(t, testkit.NewSQLiteURL(t))
	openAndClose(t, cfg, "")
	folder, link := t.TempDir(), filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(folder, link); err != nil {
		t.Fatal(err)
	}
	for _, keys := range []string{filepath.Join(folder, "keys"), filepath.Join(folder, "a", "keys"), filepath.Join(link, "keys"), filepath.Join(folder, "..", filepath.Base(folder), "keys")} {
		_, err := app.Backup(t.Context(), cfg, app.BackupOptions{Folder: folder, KeysFile: keys}, time.Unix(1, 0), slog.New(slog.DiscardHandler))
		if err == nil || !strings.Contains(err.Error(), "--keys") {
			t.Errorf("%s: %v", keys, err)
		}
	}
	if left, _ := os.ReadDir(folder); len(left) > 0 {
		t.Errorf("left are %v", left)
	}
}

func TestARestoreSaysWhatIsWrongAndNotWhatIsInTheFile(t *testing.T) {
	t.Parallel()
	cfg := backupConfig(t, testkit.NewSQLiteURL(t))
	openAndClose(t, cfg, "")
	keys := filepath.Join(t.TempDir(), "keys")
	log := slog.New(slog.DiscardHandler)
	open, err1 := app.Backup(t.Context(), cfg, app.BackupOptions{Folder: t.TempDir(), KeysFile: keys}, time.Unix(1, 0), log)
	sealed, err2 := app.Backup(t.Context(), cfg, app.BackupOptions{Folder: t.TempDir(), Passphrase: "a long passphrase"}, time.Unix(1, 0), log)
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	cfg.DatabaseURL = newTarget(t, cfg.DatabaseURL)
	for _, c := range []struct{ file, passphrase, want string }{
		{open, "a long passphrase", "is not sealed"},
		{sealed, "", "--passphrase-file"},
		{sealed, "another passphrase", "the passphrase is not the one"},
		{keys, "a long passphrase", "not a whole backup"},
		{keys, "", "not a whole backup"},
	} {
		err := app.Restore(t.Context(), cfg, c.file, c.passphrase, "")
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "SECRET") || strings.ContainsAny(err.Error(), "\\\x1f") {
			t.Errorf("%s with %q: %v", filepath.Base(c.file), c.passphrase, err)
		}
	}
}

func TestADamagedOrInterruptedBackupLeavesNothing(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabaseURLs(t, func(t *testing.T, address string) {
		cfg := backupConfig(t, address)
		openAndClose(t, cfg, "")
		folder := t.TempDir()
		o := app.BackupOptions{Folder: folder, KeysFile: filepath.Join(t.TempDir(), "keys")}
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := app.Backup(gone, cfg, o, time.Unix(1, 0), slog.New(slog.DiscardHandler)); err == nil {
			t.Error("an interrupted backup succeeded")
		}
		if left, _ := os.ReadDir(folder); len(left) > 0 {
			t.Errorf("left are %v", left)
		}
		path, err := app.Backup(t.Context(), cfg, o, time.Unix(1, 0), slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		flipped := slices.Clone(whole)
		flipped[len(flipped)/2] ^= 1
		target := cfg
		target.DatabaseURL = newTarget(t, address)
		for name, b := range map[string][]byte{"cut": whole[:len(whole)-100], "half": whole[:len(whole)/2], "flipped": flipped, "empty": nil} {
			damaged := filepath.Join(t.TempDir(), name)
			if err := os.WriteFile(damaged, b, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := app.Restore(t.Context(), target, damaged, "", ""); err == nil {
				t.Errorf("%s: it was restored", name)
			}
		}
		if err := app.Restore(gone, target, path, "", ""); err == nil {
			t.Error("an interrupted restore succeeded")
		}
		if err := app.Restore(t.Context(), target, path, "", ""); err != nil {
			t.Errorf("after all that, the whole one gave %v", err)
		}
	})
}

package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tribemarket/models"
)

func TestBackupAndRestoreSayHowTheyEnd(t *testing.T) {
	dir := t.TempDir()
	passphrase := filepath.Join(dir, "passphrase")
	if err := os.WriteFile(passphrase, []byte("a long passphrase\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("DATABASE_URL", "sqlite:"+filepath.Join(dir, "market.db"))
	t.Setenv("SECRET_KEYS", "k1:"+models.NewSealingKey())
	t.Setenv("DIGEST_KEY", models.NewSealingKey())
	if _, err := run(t, "migrate", "up"); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(dir, "backups")
	for _, bad := range [][]string{{"backup", folder}, {"backup", folder, "--keys", filepath.Join(dir, "k"), "--passphrase-file", passphrase}} {
		if _, err := run(t, bad...); err == nil {
			t.Errorf("%q succeeded", bad)
		}
	}
	out, err := run(t, "backup", folder, "--passphrase-file", passphrase)
	path, ok := strings.CutPrefix(strings.TrimSpace(out), "written and verified: ")
	if err != nil || !ok {
		t.Fatalf("it printed %q, %v", out, err)
	}
	t.Setenv("DATABASE_URL", "sqlite:"+filepath.Join(dir, "new", "market.db"))
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for _, args := range [][]string{{"backup", folder, "--passphrase-file", passphrase}, {"restore", path, "--passphrase-file", passphrase}} {
		if args[0] == "backup" {
			t.Setenv("DATABASE_URL", "sqlite:"+filepath.Join(dir, "market.db"))
		} else {
			t.Setenv("DATABASE_URL", "sqlite:"+filepath.Join(dir, "new", "market.db"))
		}
		c := rootCommand()
		c.SetArgs(args)
		if err := c.ExecuteContext(gone); err == nil || !strings.Contains(err.Error(), "interrupted") || !strings.Contains(err.Error(), "again") {
			t.Errorf("%s, interrupted, gave %v", args[0], err)
		}
	}
	if out, err := run(t, "restore", path, "--passphrase-file", passphrase); err != nil || !strings.Contains(out, "restored and verified") {
		t.Errorf("it printed %q, %v", out, err)
	}
}

package main

import (
	"errors"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"tribemarket/internal/app"
	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/views/paths"
)

// asProgram makes the test binary the program itself.
const asProgram = "TRIBEMARKET_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

func opened(t *testing.T, address string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func settled(t *testing.T) string {
	t.Helper()
	address := testkit.NewSQLiteURL(t)
	t.Setenv("DATABASE_URL", address)
	t.Setenv("MAIL_DIR", filepath.Join(t.TempDir(), "mails"))
	t.Setenv("SECRET_KEYS", "test:"+testkit.SealingKey)
	t.Setenv("DIGEST_KEY", testkit.SealingKey)
	return address
}

func TestTheAuditLogIsVerifiedAgainstAnEarlierHead(t *testing.T) {
	d := opened(t, settled(t))
	now := testkit.ClockStart
	log := func(n int) {
		t.Helper()
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			for range n {
				if err := tx.WriteAudit(t.Context(), db.AuditEntry{At: now, Action: "accounts.signed_in", Subject: "person:1"}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := d.SealAuditEvents(t.Context(), now); err != nil {
			t.Fatal(err)
		}
	}
	log(3)
	out, err := run(t, "audit", "verify")
	head := regexp.MustCompile(`head: (3:[0-9a-f]{64})\n`).FindStringSubmatch(out)
	if err != nil || head == nil || !strings.Contains(out, "lines that hold: 3\nnot sealed yet: 0\n") {
		t.Fatalf("a whole chain gave %v:\n%s", err, out)
	}
	log(1)
	if out, err = run(t, "audit", "verify", "--head", head[1]); err != nil || !strings.Contains(out, "lines that hold: 4") {
		t.Errorf("an earlier head gave %v:\n%s", err, out)
	}
	for given, want := range map[string]string{
		"3":                            "is not SEQ:HASH",
		"3:" + strings.Repeat("0", 64): "line 3: its hash is another",
		"9:" + strings.Repeat("0", 64): "the chain ends at 4, and reached 9",
	} {
		if _, err := run(t, "audit", "verify", "--head", given); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("--head %s gave %v", given, err)
		}
	}
	// Whoever owns the file can take the guards away, and is found out.
	for _, q := range []string{"DROP TRIGGER " + trigger(t, d), "UPDATE audit_events SET action = 'x' WHERE id = 2"} {
		if err := d.Read(t.Context()).Exec(q).Error; err != nil {
			t.Fatal(q, err)
		}
	}
	out, err = run(t, "audit", "verify")
	if err == nil || !strings.Contains(err.Error(), "broken at line 2: event 2, or its link, was changed") || !strings.Contains(out, "lines that hold: 1") {
		t.Errorf("a changed line gave %v:\n%s", err, out)
	}
	var exit *exec.ExitError
	c := exec.Command(os.Args[0], "audit", "verify")
	c.Env = append(os.Environ(), asProgram+"=1")
	if err := c.Run(); !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Errorf("the program ends with %v", err)
	}
}

// trigger is the one that keeps lines of the log from being changed.
func trigger(t *testing.T, d *db.DB) (name string) {
	t.Helper()
	err := d.Read(t.Context()).Raw("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_events' AND sql LIKE '%BEFORE UPDATE%'").Scan(&name).Error
	if err != nil || name == "" {
		t.Fatal("nothing keeps the log", err)
	}
	return name
}

var link = regexp.MustCompile(`https?://[^/\s]+(/\S+)`)

func TestAdministratorsAreAddedListedAndRemoved(t *testing.T) {
	d := opened(t, settled(t))
	for _, args := range [][]string{{"admin", "add"}, {"admin", "add", "nobody"}, {"admin", "remove", "a@b.example"}, {"admin", "list", "x"}} {
		if _, err := run(t, args...); err == nil {
			t.Errorf("%v succeeded", args)
		}
	}
	out, err := run(t, "admin", "add", "one@market.example")
	if err != nil || !strings.Contains(out, "one@market.example administers") || !strings.Contains(out, "second factor") {
		t.Fatalf("adding gave %v: %s", err, out)
	}
	path := link.FindStringSubmatch(out)
	if path == nil {
		t.Fatalf("no link in %s", out)
	}
	if again, err := run(t, "admin", "add", "one@market.example"); err != nil || link.MatchString(again) {
		t.Errorf("adding the administrator again gave %v: %s", err, again)
	}
	if _, err := run(t, "admin", "remove", "one@market.example"); err == nil || !strings.Contains(err.Error(), "administrator") {
		t.Errorf("removing the last one gave %v", err)
	}
	if _, err := run(t, "admin", "add", "two@market.example"); err != nil {
		t.Fatal(err)
	}
	if out, err := run(t, "admin", "list"); err != nil || strings.Count(out, "\n") != 2 || !strings.Contains(out, "one@market.example") || !strings.Contains(out, "two@market.example") {
		t.Errorf("the list gave %v: %s", err, out)
	}
	if _, err := run(t, "admin", "remove", "two@market.example"); err != nil {
		t.Fatal(err)
	}
	if out, err := run(t, "admin", "list"); err != nil || strings.Contains(out, "two@market.example") {
		t.Errorf("removed, the list gave %v: %s", err, out)
	}
	var n int64
	if err := d.Read(t.Context()).Raw("SELECT count(*) FROM audit_events WHERE action LIKE 'accounts.admin_%'").Scan(&n).Error; err != nil || n != 4 {
		t.Errorf("%d steps are in the audit log, %v", n, err)
	}

	// The link sets a password, once.
	cfg, err := loadSettings("")
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.Open(t.Context(), cfg, models.SystemClock, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.Close() }()
	secret := path[1][strings.LastIndex(path[1], "/")+1:]
	if paths.PasswordReset(secret) != path[1] {
		t.Fatalf("the link leads to %s", path[1])
	}
	if _, err := a.Accounts.ResetPassword(t.Context(), secret, "a long sentence of mine"); err != nil {
		t.Errorf("the link gave %v", err)
	}
	if _, err := a.Accounts.ResetPassword(t.Context(), secret, "another long sentence"); err == nil {
		t.Error("the link worked twice")
	}
}

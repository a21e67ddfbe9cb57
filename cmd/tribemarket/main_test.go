package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"tribemarket/internal/demo"
	"tribemarket/internal/testkit"
)

// output is what a running command has printed so far.
type output struct {
	mu      sync.Mutex
	b       bytes.Buffer
	written chan struct{} // holds one when there is more than was looked at
}

// Write is that of io.Writer.
func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	select {
	case o.written <- struct{}{}:
	default:
	}
	return o.b.Write(p)
}

// waitFor waits until the command has printed what is looked for, and gives it.
func (o *output) waitFor(t *testing.T, what *regexp.Regexp) string {
	t.Helper()
	late := time.After(2 * time.Minute)
	for {
		if found := what.FindString(o.String()); found != "" {
			return found
		}
		select {
		case <-o.written:
		case <-late:
			t.Fatalf("no %s within two minutes: %s", what, o)
		}
	}
}

// String is what was printed.
func (o *output) String() string { o.mu.Lock(); defer o.mu.Unlock(); return o.b.String() }

// start runs a command until stop, which gives its error.
func start(t *testing.T, args ...string) (out *output, stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	c := rootCommand()
	out = &output{written: make(chan struct{}, 1)}
	c.SetArgs(args)
	c.SetOut(out)
	c.SetErr(io.Discard)
	done := make(chan error, 1)
	go func() { done <- c.ExecuteContext(ctx) }()
	var once sync.Once
	var err error
	stop = func() error {
		once.Do(func() { cancel(); err = <-done })
		return err
	}
	t.Cleanup(func() { _ = stop() })
	return out, stop
}

func run(t *testing.T, args ...string) (string, error) {
	t.Helper()
	c := rootCommand()
	var out bytes.Buffer
	c.SetArgs(args)
	c.SetOut(&out)
	c.SetErr(io.Discard)
	err := c.ExecuteContext(context.Background())
	return out.String(), err
}

var address = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

func get(t *testing.T, address string) (int, string) {
	t.Helper()
	res, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(b)
}

func TestServeAnswersOnAFreePortAndStops(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("DATABASE_URL", "sqlite:"+filepath.Join(dir, "new", "market.db"))
	t.Setenv("MAIL_DIR", filepath.Join(dir, "mails"))
	out, stop := start(t, "serve", "--addr", "127.0.0.1:0")
	base := out.waitFor(t, address)
	testkit.WaitUntilReady(t, base)
	link := strings.TrimPrefix(out.waitFor(t, regexp.MustCompile(`http://[^ \n]+/setup/[\w-]{43}`)), base)
	for path, want := range map[string]int{link: 200, "/healthz": 200, "/readyz": 200, "/": 200, "/creators": 200, "/demo/mails": 404, "/dev/components": 404, "/nowhere": 404} {
		if got, _ := get(t, base+path); got != want {
			t.Errorf("%s answers %d, want %d", path, got, want)
		}
	}
	stopped := make(chan error, 1)
	go func() { stopped <- stop() }()
	for status := 200; status != http.StatusServiceUnavailable; status, _ = get(t, base+"/readyz") { // a proxy sees it leave
		time.Sleep(10 * time.Millisecond)
	}
	if got, _ := get(t, base+"/"); got != http.StatusOK {
		t.Errorf("while it leaves it answers %d", got)
	}
	if err := <-stopped; err != nil {
		t.Errorf("stopping gave %v", err)
	}
	if res, err := http.Get(base + "/healthz"); err == nil {
		_ = res.Body.Close()
		t.Error("it still answers after the stop")
	}
}

func TestWrongSettingsAreNamedAtOnce(t *testing.T) {
	t.Setenv("DATABASE_URL", "mysql://x")
	t.Setenv("SMTP_URL", "x")
	_, err := run(t, "serve")
	if err == nil || !strings.Contains(err.Error(), "DATABASE_URL") || !strings.Contains(err.Error(), "SMTP_URL") {
		t.Errorf("serve gave %v", err)
	}
}

func TestMigrateUpDownStatus(t *testing.T) {
	t.Setenv("DATABASE_URL", "sqlite:"+filepath.Join(t.TempDir(), "market.db"))
	count := func(args ...string) (applied, pending int) {
		out, err := run(t, args...)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Count(out, " applied "), strings.Count(out, " pending ")
	}
	_, all := count("migrate", "status")
	if applied, pending := count("migrate", "up"); applied != all || pending != 0 {
		t.Errorf("up: %d applied, %d pending of %d", applied, pending, all)
	}
	if applied, pending := count("migrate", "down"); applied != all-1 || pending != 1 {
		t.Errorf("down: %d applied, %d pending of %d", applied, pending, all)
	}
}

const list = "username,name,country,followers,avg views,avg likes,avg comments,avg shares\n" +
	"Tester.One,One,France,12.5K,4000,300,10,5\ntester.two,Two,-,N/A,1,1,1,1\n"

func TestImportReportsWhatItLeavesOutAndCanRunAgain(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("DATABASE_URL", "sqlite:"+filepath.Join(dir, "market.db"))
	file := filepath.Join(dir, "list.csv")
	if err := os.WriteFile(file, []byte(list), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := run(t, "import", file); err == nil || !strings.Contains(err.Error(), "as-of") {
		t.Errorf("a list without --as-of gave %v", err)
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"import", file, "--as-of", "2026-10-01", "--dry-run"}, "1 account created, 0 updated, 0 unchanged, 1 row left out"},
		{[]string{"import", file, "--as-of", "2026-10-01"}, "1 account created, 0 updated, 0 unchanged, 1 row left out"},
		{[]string{"import", "--as-of", "2026-10-01", file}, "0 accounts created, 0 updated, 1 unchanged, 1 row left out"},
		{[]string{"import", file, "--as-of", "2026-09-01"}, "0 accounts created, 0 updated, 1 unchanged, 1 row left out"},
	} {
		out, err := run(t, c.args...)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out, c.want) || !strings.Contains(out, "list.csv:3: ") {
			t.Errorf("%v printed\n%swant %q", c.args, out, c.want)
		}
	}
	for _, bad := range [][]string{{"import"}, {"import", filepath.Join(dir, "missing.csv")}, {"import", file, "--as-of", "yesterday"}, {"import", file, "--as-of", "2026-10-01", "--platform", "myspace"}} {
		if _, err := run(t, bad...); err == nil {
			t.Errorf("%v succeeded", bad)
		}
	}
}

func TestImportNamesTheValuesItDoesNotUnderstand(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("DATABASE_URL", "sqlite:"+filepath.Join(dir, "market.db"))
	file := filepath.Join(dir, "dated.csv")
	content := "username,followers,country,as_of\nbad.one,many,France,2026-01-02\nbad.two,1000,France,soon\n"
	for i := range 23 {
		content += "tester" + strconv.Itoa(i) + ",1000,Atlantis,2026-01-02\n"
	}
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := run(t, "import", file)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`dated.csv:2: the number of followers cannot be read: “many”`, `dated.csv:3: the date of the figures cannot be read, or is in the future: “soon”`,
		`dated.csv:4: "Atlantis" under "country" was not understood`, "more not understood", "as of each row’s own date, 25 rows, 2 left out", "23 accounts created",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in\n%s", want, out)
		}
	}
	if n := strings.Count(out, "was not understood"); n != 20 || strings.Contains(out, "0001") {
		t.Errorf("%d values are named in\n%s", n, out)
	}
}

func TestTheDemoIsReadyWithItsSignIns(t *testing.T) {
	dir := t.TempDir()
	out, stop := start(t, "demo", "--addr", "127.0.0.1:0", "--data", dir, "--creators", "300", "--seed", "7")
	base := out.waitFor(t, address)
	out.waitFor(t, regexp.MustCompile(`Ctrl\+C`))
	w, ok, err := demo.LoadWorld(dir)
	if err != nil || !ok || w.URL != base || len(w.Brands) == 0 || len(w.People) == 0 {
		t.Fatalf("the world is %+v, %v", w, err)
	}
	if len(w.Admin.Recovery) != 10 {
		t.Fatalf("the administrator is %+v", w.Admin)
	}
	for _, printed := range []string{w.Brands[0].Email, w.Brands[0].Password, "@" + w.People[0].Handle, w.Admin.Email, w.Admin.Recovery[9], w.Admin.Secret, base + "/admin"} {
		if !strings.Contains(out.String(), printed) {
			t.Errorf("%q is not printed in\n%s", printed, out)
		}
	}
	for _, path := range []string{"/creators", w.People[0].Path, "/demo/mails", "/dev/components"} {
		if status, _ := get(t, base+path); status != http.StatusOK {
			t.Errorf("%s answers %d", path, status)
		}
	}
	_, signIn := get(t, base+"/signin")
	for _, platform := range []string{"tiktok", "youtube", "instagram", "twitch"} {
		if !strings.Contains(signIn, `action="/auth/`+platform+`"`) {
			t.Errorf("%s is not offered", platform)
		}
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	// A second start shows the same world.
	out, _ = start(t, "demo", "--addr", "127.0.0.1:0", "--data", dir)
	base = out.waitFor(t, address)
	if status, _ := get(t, base+w.People[0].Path); status != http.StatusOK {
		t.Errorf("after a restart %s answers %d", w.People[0].Path, status)
	}
}

func TestADemoThatWasStoppedIsMadeAnew(t *testing.T) {
	dir := t.TempDir()
	_, stop := start(t, "demo", "--addr", "127.0.0.1:0", "--data", dir, "--creators", "9000")
	for begun := false; !begun; time.Sleep(20 * time.Millisecond) {
		log, err := os.Stat(filepath.Join(dir, "demo.db-wal"))
		begun = err == nil && log.Size() > 1<<20
	}
	if err := stop(); err == nil || !strings.Contains(err.Error(), "interrupted") || !strings.Contains(err.Error(), "again") {
		t.Fatalf("stopping gave %v", err)
	}
	if _, ready, err := demo.LoadWorld(dir); ready || err != nil {
		t.Fatalf("half a world counts as one: %v", err)
	}
	out, stop := start(t, "demo", "--addr", "127.0.0.1:0", "--data", dir, "--creators", "300")
	out.waitFor(t, regexp.MustCompile(`Ctrl\+C`))
	if err := stop(); err != nil {
		t.Errorf("stopping a demo that serves gave %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "demo.unfinished")); len(left) > 0 {
		t.Error("a finished world is marked as unfinished")
	}
}

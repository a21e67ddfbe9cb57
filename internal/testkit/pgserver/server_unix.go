//go:build unix

package pgserver

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// keptMark is a file in the folder of a server that will be started again.
const keptMark = "kept"

// guardScript runs a server until it ends or until the pipe at 3 is closed, which also
// happens when the process at its other end is killed; then it ends the server by the
// given signal and clears up.
const guardScript = `
signal=$1; dir=$2; shift 2
"$@" </dev/null 3<&- &
server=$!
{ cat <&3 >/dev/null; kill -s $signal $server; } >/dev/null 2>&1 &
exec 3<&-
wait $server
[ -e "$dir/` + keptMark + `" ] || rm -rf "$dir"
`

// start makes a cluster in a folder of its own and runs a server on it that
// saves nothing to disk in earnest.
func start(bin string) (address string, end func(), err error) {
	o, bin, password, err := newServerAccount(bin)
	if err != nil {
		return "", nil, err
	}
	u, stop, err := o.serveOnFreePort(bin, password)
	if err != nil {
		return "", nil, errors.Join(err, os.RemoveAll(o.dir))
	}
	// The guard empties the folder; nobody may be unable to remove it.
	return u.String(), func() { stop(); os.RemoveAll(o.dir) }, nil
}

// newServerAccount makes a cluster in a folder of its own, and gives where its program is.
func newServerAccount(bin string) (o serverAccount, program, password string, err error) {
	dir, err := os.MkdirTemp("", "tribemarket-postgres-")
	if err != nil {
		return o, "", "", err
	}
	if o, err = giveToServerAccount(dir); err == nil {
		bin, err = o.copyWhereReadable(bin)
	}
	if err == nil {
		password, err = o.initialiseCluster(bin)
	}
	if err != nil {
		err = errors.Join(err, os.RemoveAll(dir))
	}
	return o, bin, password, err
}

// serverAccount is whom the server runs as, and its folder.
type serverAccount struct {
	dir        string
	credential *syscall.Credential
}

// giveToServerAccount gives the folder to nobody when we are root, as whom PostgreSQL
// refuses to run.
func giveToServerAccount(dir string) (serverAccount, error) {
	if os.Getuid() != 0 {
		return serverAccount{dir: dir}, nil
	}
	uid, gid := 65534, 65534
	if u, err := user.Lookup("nobody"); err == nil {
		if n, err := strconv.Atoi(u.Uid); err == nil {
			uid = n
		}
		if n, err := strconv.Atoi(u.Gid); err == nil {
			gid = n
		}
	}
	c := &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return serverAccount{dir: dir, credential: c}, os.Chown(dir, uid, gid)
}

func (a serverAccount) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, name, args...)
	c.Dir = a.dir
	// Without the caller's PG* variables, which would reach the server's tools.
	c.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C"}
	// In a group of its own, an interrupt from the keyboard leaves the guard to clear up.
	c.SysProcAttr = &syscall.SysProcAttr{Credential: a.credential, Setpgid: true}
	return c
}

// copyWhereReadable copies the server where its account can read it, if it cannot yet:
// binaries below /root are closed to nobody.
func (a serverAccount) copyWhereReadable(bin string) (string, error) {
	if a.command(context.Background(), filepath.Join(bin, "postgres"), "--version").Run() == nil {
		return bin, nil
	}
	home := filepath.Join(a.dir, "program")
	err := os.CopyFS(home, os.DirFS(filepath.Dir(bin)))
	if err == nil && a.credential != nil {
		// Its owner can remove it.
		err = filepath.WalkDir(home, func(path string, _ os.DirEntry, err error) error {
			return errors.Join(err, os.Lchown(path, int(a.credential.Uid), int(a.credential.Gid)))
		})
	}
	if err != nil {
		return "", fmt.Errorf("copy PostgreSQL to where it may run: %w", err)
	}
	return filepath.Join(home, filepath.Base(bin)), nil
}

func (a serverAccount) initialiseCluster(bin string) (password string, err error) {
	password = rand.Text()
	file := filepath.Join(a.dir, "password")
	if err := os.WriteFile(file, []byte(password+"\n"), 0o600); err != nil {
		return "", err
	}
	if a.credential != nil {
		if err := os.Chown(file, int(a.credential.Uid), int(a.credential.Gid)); err != nil {
			return "", err
		}
	}
	out, err := a.command(context.Background(), filepath.Join(bin, "initdb"), "--pgdata", filepath.Join(a.dir, "data"),
		"--username", "postgres", "--pwfile", file, "--auth", "password",
		"--encoding", "UTF8", "--no-locale", "--no-sync", "--no-instructions").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return password, nil
}

// serveOnFreePort tries a few ports, since one that was free may be taken a moment later.
func (a serverAccount) serveOnFreePort(bin, password string) (u url.URL, end func(), err error) {
	for range 3 {
		var port int
		if port, err = freePort(); err != nil {
			return u, nil, err
		}
		u = url.URL{
			Scheme: "postgres", User: url.UserPassword("postgres", password),
			Host: fmt.Sprintf("127.0.0.1:%d", port), Path: "/postgres",
		}
		if end, err = a.runServer(bin, u); err == nil {
			return u, end, nil
		}
	}
	return u, nil, err
}

func (a serverAccount) runServer(bin string, u url.URL, settings ...string) (end func(), err error) {
	args := append([]string{"-c", guardScript, "guard", "QUIT", a.dir,
		filepath.Join(bin, "postgres"), "-D", filepath.Join(a.dir, "data"),
		"-p", u.Port(), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
		"-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
		"-c", "autovacuum=off", "-c", "max_connections=300", "-c", "log_min_messages=fatal",
		// Far from UTC, so that a query that leans on the session's zone shows.
		"-c", "timezone=Pacific/Auckland"}, settings...)
	c := a.command(context.Background(), "/bin/sh", args...)
	return startGuarded(c, "PostgreSQL", u.String())
}

// startGuarded starts a program under the guard, which ends it with this process, and waits
// until it answers as a server at an address.
func startGuarded(c *exec.Cmd, name, address string) (end func(), err error) {
	var said bytes.Buffer
	c.Stdout, c.Stderr = &said, &said
	read, hold, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	c.ExtraFiles = []*os.File{read}
	if err := c.Start(); err != nil {
		return nil, errors.Join(err, read.Close(), hold.Close())
	}
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		_ = c.Wait() // how it ended shows in what it said
	}()
	if err := errors.Join(read.Close(), waitForAnswer(address, gone)); err != nil {
		hold.Close()
		<-gone
		return nil, fmt.Errorf("start %s: %w\n%s", name, err, said.String())
	}
	return func() { hold.Close(); <-gone }, nil
}

// waitForAnswer waits until the server takes connections.
func waitForAnswer(address string, gone <-chan struct{}) error {
	db, err := sql.Open("pgx", address)
	if err != nil {
		return err
	}
	defer db.Close()
	for give := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if err = db.Ping(); err == nil {
			return nil
		}
		select {
		case <-gone:
			return errors.New("it ended at once")
		default:
		}
		if time.Now().After(give) {
			return err
		}
	}
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

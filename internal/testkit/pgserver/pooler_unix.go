//go:build unix

package pgserver

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// poolerSettings are those of pgbouncer. Server sessions are taken in turn, so that
// whatever leans on a session of its own shows.
const poolerSettings = `[databases]
* = host=%s port=%s user=%s password='%s'
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = %d
unix_socket_dir =
auth_type = any
pool_mode = %s
server_round_robin = 1
default_pool_size = 8
max_client_conn = 200
server_login_retry = 1
log_connections = 0
log_disconnections = 0
log_pooler_errors = 0
`

// start runs pgbouncer as the account that servers run as.
func (p pooler) start(address string, pooling Pooling) (through string, end func(), err error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", nil, err
	}
	dir, err := os.MkdirTemp("", "tribemarket-pgbouncer-")
	if err != nil {
		return "", nil, err
	}
	port, err := freePort()
	if err != nil {
		return "", nil, err
	}
	password, _ := u.User.Password()
	settings := fmt.Sprintf(poolerSettings, u.Hostname(), u.Port(), u.User.Username(), strings.ReplaceAll(password, "'", "''"), port, pooling)
	if err := errors.Join(p.copyTo(dir), os.WriteFile(filepath.Join(dir, "pgbouncer.ini"), []byte(settings), 0o600)); err != nil {
		return "", nil, errors.Join(err, os.RemoveAll(dir))
	}
	account, err := giveToServerAccount(dir)
	if err == nil && account.credential != nil {
		err = os.Chown(filepath.Join(dir, "pgbouncer.ini"), int(account.credential.Uid), int(account.credential.Gid))
	}
	if err != nil {
		return "", nil, errors.Join(err, os.RemoveAll(dir))
	}
	u.Host = fmt.Sprintf("127.0.0.1:%d", port)
	stop, err := account.runPooler(dir, u.String())
	if err != nil {
		return "", nil, errors.Join(err, os.RemoveAll(dir))
	}
	return u.String(), func() { stop(); os.RemoveAll(dir) }, nil
}

// copyTo copies the program and its libraries to where its account may read them.
func (p pooler) copyTo(dir string) error {
	if p.libraries != "" {
		if err := os.CopyFS(filepath.Join(dir, "lib"), os.DirFS(p.libraries)); err != nil {
			return err
		}
	}
	program, err := os.ReadFile(p.path)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "pgbouncer"), program, 0o755)
}

func (a serverAccount) runPooler(dir, through string) (end func(), err error) {
	c := a.command(context.Background(), "/bin/sh", "-c", guardScript, "guard", "KILL", dir,
		filepath.Join(dir, "pgbouncer"), filepath.Join(dir, "pgbouncer.ini"))
	c.Env = append(c.Env, "LD_LIBRARY_PATH="+filepath.Join(dir, "lib"))
	return startGuarded(c, "pgbouncer", through+"?default_query_exec_mode=simple_protocol")
}

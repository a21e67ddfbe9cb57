//go:build unix

package pgserver

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
)

// Cluster is a server of its own that can be stopped as by a crash and started again.
// What it has committed is there afterwards.
type Cluster struct {
	account serverAccount
	bin     string
	address url.URL
	options []string
	end     func() // nil while it is stopped
}

// NewCluster starts one, with the server's options besides. The error is ErrNone where this
// machine has no server's program.
func NewCluster(options ...string) (*Cluster, error) {
	bin, err := FindBinaries()
	if err != nil {
		return nil, err
	}
	c := &Cluster{options: append([]string{"-c", "synchronous_commit=on"}, options...)}
	var password string
	if c.account, c.bin, password, err = newServerAccount(bin); err != nil {
		return nil, err
	}
	// The first start finds a port; the next one has what a crash must not lose.
	if c.address, c.end, err = c.account.serveOnFreePort(c.bin, password); err != nil {
		return nil, errors.Join(err, os.RemoveAll(c.account.dir))
	}
	return c, errors.Join(c.Stop(), c.Start())
}

// Stop ends the server at once, as a crash of it does.
func (c *Cluster) Stop() error {
	if c.end == nil {
		return nil
	}
	if err := os.WriteFile(c.keptMark(), nil, 0o600); err != nil {
		return err
	}
	c.end()
	c.end = nil
	return nil
}

// Start starts the server again, on the same port with the same data.
func (c *Cluster) Start() (err error) {
	if err := os.Remove(c.keptMark()); err != nil {
		return err
	}
	c.end, err = c.account.runServer(c.bin, c.address, c.options...)
	return err
}

// Close stops the server and removes its data.
func (c *Cluster) Close() error {
	if c.end != nil {
		c.end()
	}
	return os.RemoveAll(c.account.dir)
}

// CreateDatabase creates an empty database and returns its URL. The name consists of
// letters.
func (c *Cluster) CreateDatabase(ctx context.Context, name string) (string, error) {
	pool, err := sql.Open("pgx", c.address.String())
	if err != nil {
		return "", err
	}
	defer func() { _ = pool.Close() }()
	s := &Server{URL: c.address.String(), admin: pool}
	return s.databaseURL(name), s.executeOnNames(ctx, "CREATE DATABASE %s TEMPLATE template0", name)
}

func (c *Cluster) keptMark() string { return filepath.Join(c.account.dir, keptMark) }

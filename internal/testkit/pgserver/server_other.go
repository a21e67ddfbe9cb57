//go:build !unix

package pgserver

import (
	"context"
	"errors"
)

// start needs Unix; elsewhere a test runs on the server that TEST_DATABASE_URL names.
func start(string) (string, func(), error) {
	return "", nil, errors.Join(ErrNone, errors.New("a throwaway server is started on Unix only"))
}

// start needs Unix too.
func (pooler) start(string, Pooling) (string, func(), error) {
	return "", nil, errors.New("pgbouncer is started on Unix only")
}

// Cluster needs Unix too.
type Cluster struct{}

// NewCluster returns ErrNone.
func NewCluster(...string) (*Cluster, error) { return nil, ErrNone }

// Stop does nothing.
func (*Cluster) Stop() error { return ErrNone }

// Start does nothing.
func (*Cluster) Start() error { return ErrNone }

// Close does nothing.
func (*Cluster) Close() error { return nil }

// CreateDatabase returns ErrNone.
func (*Cluster) CreateDatabase(context.Context, string) (string, error) { return "", ErrNone }

//go:build !unix

package pgserver

import "errors"

// start needs Unix; elsewhere a test runs on the server that TEST_DATABASE_URL names.
func start(string) (string, func(), error) {
	return "", nil, errors.Join(ErrNone, errors.New("a throwaway server is started on Unix only"))
}

// start needs Unix too.
func (pooler) start(string, Pooling) (string, func(), error) {
	return "", nil, errors.New("pgbouncer is started on Unix only")
}

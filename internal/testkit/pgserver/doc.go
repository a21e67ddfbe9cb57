// Package pgserver gives a test a PostgreSQL database of its own, on a server
// that is there already or on a throwaway one.
//
// The server is, in this order: the one that TEST_DATABASE_URL names, else one
// started from the binaries in $PGBIN, on the PATH, in
// /usr/lib/postgresql/*/bin, or in tests/pg/node_modules, where `task test`
// puts them on a machine that has none. A server that this package starts ends
// with the process that started it, even if that one is killed. `go test ./...`
// runs many processes; the command in withpg lets them share one server.
//
// NewPooler puts a pgbouncer before a database. It is the machine's own, or,
// where packages are Debian's, the one that `task test` unpacks in
// tests/pgbouncer.
package pgserver

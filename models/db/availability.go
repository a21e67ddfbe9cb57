package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrNoAnswer is why work was given up that waited for a database that does not
// answer.
var ErrNoAnswer = errors.New("the database does not answer")

// unavailableStates are the SQLSTATEs, or their classes, of a PostgreSQL server
// that cannot be reached or cannot work at the moment.
var unavailableStates = []string{
	"08",    // connection exceptions
	"53",    // insufficient resources: disk full, too many connections
	"57P01", // shut down by its administrator
	"57P02", // shut down after a crash
	"57P03", // starting
	"58",    // system errors: files that cannot be read or written
}

// IsUnavailable says whether err means that the database cannot be reached or
// cannot work at the moment, so that the same may succeed later.
func IsUnavailable(err error) bool {
	var state *pgconn.PgError
	if errors.As(err, &state) {
		for _, s := range unavailableStates {
			if strings.HasPrefix(state.Code, s) {
				return true
			}
		}
		return false
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		switch lite.Code() & 0xff { // without the extended code's detail
		case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY:
			return true
		}
		return false
	}
	var connecting *pgconn.ConnectError
	var network *net.OpError
	return errors.Is(err, ErrNoAnswer) || errors.As(err, &connecting) || errors.As(err, &network) || errors.Is(err, driver.ErrBadConn) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || err != nil && strings.Contains(err.Error(), "conn closed")
}

// CheckAnswers says whether the database takes a new connection, whatever its
// other ones are busy with. A file always answers.
func (d *DB) CheckAnswers(ctx context.Context) error {
	if d.pool == nil {
		return nil
	}
	// A pooler takes connections also while the server is away.
	err := checkTakesConnections(ctx, d.pool.Config().ConnConfig, d.pooled && d.direct == nil)
	if err == nil && d.direct != nil {
		err = checkTakesConnections(ctx, d.direct.Config().ConnConfig, false)
	}
	return err
}

func checkTakesConnections(ctx context.Context, cfg *pgx.ConnConfig, ask bool) error {
	conn, err := pgx.ConnectConfig(ctx, cfg)
	var state *pgconn.PgError
	if errors.As(err, &state) && state.Code == "53300" { // too many connections: it answers, and others are served
		return nil
	}
	if err != nil {
		return errors.Join(ErrNoAnswer, err)
	}
	if ask {
		if err = conn.Ping(ctx); err != nil {
			err = errors.Join(ErrNoAnswer, err)
		}
	}
	return errors.Join(err, conn.Close(ctx))
}

package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"

	"modernc.org/sqlite"
)

// What a connection to SQLite keeps prepared at most: so many statements, and so many bytes
// of their texts, since those of imports are long.
const (
	maxKeptStatements = 400
	maxKeptText       = 400_000
)

// openSQLitePool opens a pool whose connections keep the statements that they have prepared:
// preparing a statement takes SQLite longer than running most of ours, and database/sql
// prepares it anew in each transaction.
func openSQLitePool(dsn string) (*sql.DB, error) {
	c, err := sqlite.NewConnector(dsn)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(keepingConnector{c}), nil
}

type keepingConnector struct{ driver.Connector }

// Connect is part of driver.Connector.
func (k keepingConnector) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := k.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	all, ok := c.(sqliteConn)
	if !ok {
		return nil, fmt.Errorf("sqlite: %T is not what its driver's connections were", c)
	}
	return &keepingConn{sqliteConn: all, idle: map[string]*keptStatement{}}, nil
}

// sqliteConn is what the driver's connections can do.
type sqliteConn interface {
	driver.Conn
	driver.ConnPrepareContext
	driver.ConnBeginTx
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// keepingConn is a connection with the statements that nobody uses at the moment, by text. As
// with any driver's connection, only one goroutine uses it at a time.
type keepingConn struct {
	sqliteConn
	idle map[string]*keptStatement
	text int // bytes of their texts
}

// isKept says whether a statement is worth keeping. Some PRAGMAs do their work when they are
// prepared, and what changes tables is run once.
func isKept(query string) bool {
	query = strings.TrimLeft(query, " \t\n(")
	for strings.HasPrefix(query, "--") { // the queue's begin with their names
		_, query, _ = strings.Cut(query, "\n")
		query = strings.TrimLeft(query, " \t\n(")
	}
	verb, _, _ := strings.Cut(query, " ")
	verb, _, _ = strings.Cut(verb, "\n")
	switch strings.ToUpper(strings.TrimSpace(verb)) {
	case "SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "SAVEPOINT", "RELEASE":
		return true
	}
	return false
}

// PrepareContext takes a statement that is idle, or prepares another.
func (c *keepingConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	if st := c.idle[query]; st != nil {
		c.remove(st)
		return st, nil
	}
	st, err := c.sqliteConn.PrepareContext(ctx, query)
	if err != nil || !isKept(query) {
		return st, err
	}
	own, ok := st.(sqliteStatement)
	if !ok {
		return st, nil
	}
	return &keptStatement{own, c, query}, nil
}

// ExecContext has database/sql prepare what is kept.
func (c *keepingConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if isKept(query) {
		return nil, driver.ErrSkip
	}
	return c.sqliteConn.ExecContext(ctx, query, args)
}

// QueryContext has database/sql prepare what is kept.
func (c *keepingConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if isKept(query) {
		return nil, driver.ErrSkip
	}
	return c.sqliteConn.QueryContext(ctx, query, args)
}

// Close closes the idle statements too, which SQLite would otherwise keep the file open for.
func (c *keepingConn) Close() error {
	err := c.shrink(0, 0)
	return errors.Join(err, c.sqliteConn.Close())
}

// sqliteStatement is what the driver's statements can do.
type sqliteStatement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

type keptStatement struct {
	sqliteStatement
	conn  *keepingConn
	query string
}

// Close leaves the statement with its connection.
func (s *keptStatement) Close() error {
	c := s.conn
	if c.idle[s.query] != nil {
		return s.sqliteStatement.Close()
	}
	c.idle[s.query] = s
	c.text += len(s.query)
	return c.shrink(maxKeptStatements, maxKeptText)
}

func (c *keepingConn) remove(s *keptStatement) {
	delete(c.idle, s.query)
	c.text -= len(s.query)
}

// shrink closes idle statements, whichever come first, until few enough are left.
func (c *keepingConn) shrink(statements, text int) (err error) {
	for _, st := range c.idle {
		if len(c.idle) <= statements && c.text <= text {
			break
		}
		c.remove(st)
		err = errors.Join(err, st.sqliteStatement.Close())
	}
	return err
}

package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"gorm.io/gorm"
)

// Tx is a running transaction: queries through GORM, and jobs that exist only if it
// commits.
type Tx struct {
	*gorm.DB
	enqueue    func(river.JobArgs, *river.InsertOpts) error
	statements map[string]*sql.Stmt // see prepare
}

// Enqueue adds a job that runs once the transaction has committed. opts may be nil.
func (t *Tx) Enqueue(args river.JobArgs, opts *river.InsertOpts) error { return t.enqueue(args, opts) }

// Tx runs fn in one transaction, which is rolled back if fn fails. On SQLite it holds the
// single write lock from its start, so fn must do nothing slow or external, and may see what
// others have done that is committed together with it: it reads through the *Tx alone. Calls
// are not nested: pass the *Tx on.
func (d *DB) Tx(ctx context.Context, fn func(*Tx) error) error {
	err := d.queue.tx(ctx, d, fn)
	if ended := ctx.Err(); err != nil && ended != nil && !errors.Is(err, ended) {
		return fmt.Errorf("%w: %w", ended, err) // the driver says that the transaction is gone, not why
	}
	return err
}

func runTx(g *gorm.DB, fn func(*Tx) error, enqueue func(river.JobArgs, *river.InsertOpts) error) error {
	tx := &Tx{DB: g, enqueue: enqueue}
	err := fn(tx)
	if closing := tx.closeStatements(); err == nil {
		err = closing
	}
	return err
}

// queue is River's client, whose type differs by database.
type queue interface {
	tx(ctx context.Context, d *DB, fn func(*Tx) error) error
	migrateQueue(ctx context.Context) error
	newWorker(cfg *river.Config) (riverWorker, error)
}

// Worker runs the jobs.
type Worker interface {
	Start(ctx context.Context) error
	Stop(ctx context.Context) error
	StopAndCancel(ctx context.Context) error
}

// NewWorker creates a client that runs the jobs of this database, and those that dead
// workers left behind.
func (d *DB) NewWorker(cfg *river.Config) (Worker, error) {
	return d.newHeartbeatWorker(cfg, heartbeatInterval, workerDeadAfter)
}

type sqliteQueue struct {
	driver *riversqlite.Driver
	turns  writeTurns
	*river.Client[*sql.Tx]
}

func newSQLiteQueue(pool *sql.DB) (*sqliteQueue, error) {
	drv := riversqlite.New(pool)
	c, err := river.NewClient(drv, &river.Config{})
	return &sqliteQueue{driver: drv, turns: writeTurns{groupTime: maxGroupTime}, Client: c}, err
}

func (q *sqliteQueue) newWorker(cfg *river.Config) (riverWorker, error) {
	return river.NewClient(q.driver, cfg)
}

// tx waits for its turn, and for the commit of the group that it has joined.
func (q *sqliteQueue) tx(ctx context.Context, d *DB, fn func(*Tx) error) error {
	g, err := q.turns.wait(ctx)
	if err != nil {
		return err
	}
	if g == nil {
		if g, err = beginGroup(ctx, d.sql); err != nil {
			q.turns.pass(nil)
			return err
		}
	}
	if err := q.join(ctx, d, g, fn); err != nil {
		return err
	}
	<-g.ended
	return g.err
}

// join runs fn in the group and passes the turn on, also if fn panics or ends its goroutine.
func (q *sqliteQueue) join(ctx context.Context, d *DB, g *commitGroup, fn func(*Tx) error) error {
	next := g
	joined := false
	defer func() {
		if !joined {
			next = g.undo()
		}
		q.turns.pass(next)
	}()
	err := g.add(ctx, func(ctx context.Context) error {
		session := d.gorm.Session(&gorm.Session{NewDB: true, Context: ctx, SkipDefaultTransaction: true})
		session.Statement.ConnPool = g.tx
		return runTx(session, fn, func(a river.JobArgs, o *river.InsertOpts) error {
			_, err := q.InsertTx(ctx, g.tx, a, o)
			return err
		})
	})
	joined = err == nil
	return err
}

type postgresQueue struct {
	sql      *sql.DB
	driver   *riverpgxv5.Driver
	worker   riverdriver.Driver[pgx.Tx]
	pollOnly bool
	*river.Client[pgx.Tx]
}

// newPostgresQueue is a queue whose workers listen on a connection of the pool, or, as a
// pooler's session may change with each statement, only poll.
func newPostgresQueue(std *sql.DB, pool *pgxpool.Pool, pollOnly bool) (*postgresQueue, error) {
	drv := riverpgxv5.New(pool)
	c, err := river.NewClient(drv, &river.Config{})
	return &postgresQueue{std, drv, drv, pollOnly, c}, err
}

// newListeningQueue is a queue whose workers listen on a direct connection.
func newListeningQueue(std *sql.DB, pool, direct *pgxpool.Pool) (*postgresQueue, error) {
	q, err := newPostgresQueue(std, pool, false)
	q.worker = &listeningDriver{q.driver, riverpgxv5.New(direct)}
	return q, err
}

// listeningDriver is River's driver with a pool of its own for LISTEN.
type listeningDriver struct {
	*riverpgxv5.Driver
	direct *riverpgxv5.Driver
}

// GetListener is part of River's driver.
func (d *listeningDriver) GetListener(params *riverdriver.GetListenenerParams) riverdriver.Listener {
	return d.direct.GetListener(params)
}

func (q *postgresQueue) newWorker(cfg *river.Config) (riverWorker, error) {
	own := *cfg
	own.PollOnly = own.PollOnly || q.pollOnly
	return river.NewClient(q.worker, &own)
}

// rollbackTimeout is how long a rollback may take. A server that does not answer rolls
// back by itself once it notices that the connection has ended.
const rollbackTimeout = 500 * time.Millisecond

// tx begins the transaction on the pgx connection of a reserved *sql.Conn, since River
// needs a pgx.Tx, and gives the same connection to GORM.
func (q *postgresQueue) tx(ctx context.Context, d *DB, fn func(*Tx) error) error {
	conn, err := q.sql.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close() // it has been closed where a statement failed for good
	var ptx pgx.Tx
	err = conn.Raw(func(dc any) (err error) {
		ptx, err = dc.(*stdlib.Conn).Conn().Begin(ctx)
		return err
	})
	if err != nil {
		return err
	}
	t := &pgxTx{Conn: conn, tx: ptx, ctx: ctx}
	committed := false
	defer func() {
		if !committed {
			_ = t.Rollback() // the server does so by itself once the connection has ended
		}
	}()
	g := d.gorm.Session(&gorm.Session{NewDB: true, Context: ctx, SkipDefaultTransaction: true})
	g.Statement.ConnPool = t
	err = runTx(g, fn, func(a river.JobArgs, o *river.InsertOpts) error {
		if err := t.sendWrites(); err != nil {
			return err
		}
		return t.use(func() error {
			_, err := q.InsertTx(ctx, ptx, a, o)
			return err
		})
	})
	if err != nil {
		return err
	}
	err = t.Commit()
	committed = err == nil
	return err
}

// pgxTx makes a *sql.Conn with an open pgx.Tx look like a transaction to GORM, so that
// GORM does not begin another.
type pgxTx struct {
	*sql.Conn
	tx     pgx.Tx
	ctx    context.Context //nolint:containedctx // GORM's interface passes none
	queued []queuedWrite
	failed error // of one of them
}

// use has do work on the pgx connection, unless database/sql has given it up: after a
// statement that was cancelled before it was sent, the driver closes the connection on a
// goroutine of its own, and using it at the same time ends the program.
func (t *pgxTx) use(do func() error) error { return t.Raw(func(any) error { return do() }) }

// Commit commits the transaction, with what waits.
func (t *pgxTx) Commit() error {
	if err := t.sendWrites(); err != nil {
		return err
	}
	return t.use(func() error { return t.tx.Commit(t.ctx) })
}

// Rollback rolls the transaction back, even for a caller that is gone.
func (t *pgxTx) Rollback() error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.ctx), rollbackTimeout)
	defer cancel()
	return t.use(func() error { return t.tx.Rollback(ctx) })
}

// BeginTx hides that of *sql.Conn; GORM would otherwise begin a transaction within the
// transaction.
func (t *pgxTx) BeginTx() {}

package db

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

// pingTimeout is how long an idle connection has to answer before another is made.
const pingTimeout = 500 * time.Millisecond

// connectTimeout is how long a server has to answer at the start, unless the address has a
// connect_timeout.
const connectTimeout = 10 * time.Second

// maxDirectConns is how many connections the direct address gets, besides the one that
// listens.
const maxDirectConns = 2

// OpenWithDirect is Open with a second address of the same PostgreSQL server, past the
// pooler to which the first one leads, on which workers hear of new jobs. It may be "":
// behind a pooler, workers then only poll.
func OpenWithDirect(ctx context.Context, address, direct string) (*DB, error) {
	d, err := Open(ctx, address)
	if err != nil || direct == "" {
		return d, err
	}
	if err := d.connectDirectly(ctx, direct); err != nil {
		return nil, errors.Join(fmt.Errorf("the direct address: %w", err), d.Close())
	}
	return d, nil
}

func openPostgres(ctx context.Context, address string) (*DB, error) {
	cfg, err := parsePostgresAddress(address)
	if err != nil {
		return nil, err
	}
	pool, pooled, err := connectPool(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("postgres at %s: %w", cfg.ConnConfig.Host, err)
	}
	std := stdlib.OpenDBFromPool(pool)
	g, err := gorm.Open(postgres.New(postgres.Config{Conn: std}), gormConfig(!pooled))
	if err != nil {
		return nil, errors.Join(err, std.Close())
	}
	d := &DB{Dialect: Postgres, gorm: g, sql: std, pool: pool, pooled: pooled}
	d.queue, err = newPostgresQueue(std, pool, pooled)
	d.close = func() error { err := std.Close(); pool.Close(); return err }
	return d, err
}

func parsePostgresAddress(address string) (*pgxpool.Config, error) {
	cfg, err := pgxpool.ParseConfig(address)
	if err != nil {
		// The error repeats the address, which contains the password.
		return nil, errors.New("the postgres:// address is malformed")
	}
	cfg.PingTimeout = pingTimeout
	return cfg, nil
}

// connectPool connects, and says whether there is a pooler in between. Through one, a
// connection's statements may each be run by another session of the server, so that none
// may be prepared under a name.
func connectPool(ctx context.Context, cfg *pgxpool.Config) (pool *pgxpool.Pool, pooled bool, err error) {
	// The address may say so of a pooler that is not recognised.
	told := cfg.ConnConfig.DefaultQueryExecMode != pgx.QueryExecModeCacheStatement
	if !told {
		pool, err = pgxpool.NewWithConfig(ctx, cfg.Copy())
		if err != nil {
			return nil, false, err
		}
		if pooled, err = isPooled(ctx, pool); err == nil && !pooled {
			return pool, false, nil
		}
		pool.Close()
		if err != nil {
			return nil, false, err
		}
	}
	cfg = cfg.Copy()
	cfg.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeCacheDescribe
	cfg.ConnConfig.DescriptionCacheCapacity = max(cfg.ConnConfig.DescriptionCacheCapacity, 512)
	if pool, err = pgxpool.NewWithConfig(ctx, cfg); err != nil {
		return nil, false, err
	}
	if err := withConnectTimeout(ctx, pool, func(ctx context.Context) error { return checkTransactions(ctx, pool) }); err != nil {
		pool.Close()
		return nil, false, err
	}
	return pool, true, nil
}

// isPooled says whether something in between shares out the server's sessions: it then
// cannot tell its clients the server's own key for cancelling, of which the process
// number is a part.
func isPooled(ctx context.Context, pool *pgxpool.Pool) (pooled bool, err error) {
	err = withConnectTimeout(ctx, pool, func(ctx context.Context) error {
		return pool.AcquireFunc(ctx, func(conn *pgxpool.Conn) error {
			var pid uint32
			err := conn.QueryRow(ctx, "SELECT pg_backend_pid()", pgx.QueryExecModeSimpleProtocol).Scan(&pid)
			pooled = pid != conn.Conn().PgConn().PID()
			return err
		})
	})
	return pooled, err
}

// withConnectTimeout does what a server must answer in time.
func withConnectTimeout(ctx context.Context, pool *pgxpool.Pool, do func(context.Context) error) error {
	limit, cfg := connectTimeout, pool.Config().ConnConfig
	if cfg.ConnectTimeout > 0 {
		limit = cfg.ConnectTimeout
	}
	timed, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	err := do(timed)
	if err != nil && ctx.Err() == nil && (timed.Err() != nil || pgconn.Timeout(err)) {
		return fmt.Errorf("no answer within %s: %w", limit, context.DeadlineExceeded)
	}
	return err
}

// errStatementPooling is why a pooler is refused.
var errStatementPooling = errors.New("the pooler refuses transactions; it has to pool by transaction or by session (pgbouncer: pool_mode = transaction)")

// checkTransactions fails where a pooler shares out single statements, which leaves no
// transactions.
func checkTransactions(ctx context.Context, pool *pgxpool.Pool) error {
	if err := pool.Ping(ctx); err != nil {
		return err
	}
	if err := pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "SELECT 1")
		return err
	}); err != nil {
		return fmt.Errorf("%w: %w", errStatementPooling, err)
	}
	return nil
}

func (d *DB) connectDirectly(ctx context.Context, address string) error {
	if d.Dialect != Postgres {
		return errors.New("only PostgreSQL has one")
	}
	cfg, err := parsePostgresAddress(address)
	if err != nil {
		return err
	}
	cfg.MaxConns = maxDirectConns
	direct, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return err
	}
	closeRest := d.close
	d.close = func() error { direct.Close(); return closeRest() }
	pooled, err := isPooled(ctx, direct)
	if err != nil {
		return err
	}
	if pooled {
		return errors.New("it leads to a pooler too")
	}
	here, err1 := identifyDatabase(ctx, d.pool)
	there, err2 := identifyDatabase(ctx, direct)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	if here != there {
		return errors.New("it leads to another database than DATABASE_URL")
	}
	d.direct = direct
	d.queue, err = newListeningQueue(d.sql, d.pool, direct)
	return err
}

// identifyDatabase tells a database from those of other servers and of the same one.
func identifyDatabase(ctx context.Context, pool *pgxpool.Pool) (id string, err error) {
	return id, pool.QueryRow(ctx, `SELECT extract(epoch FROM pg_postmaster_start_time())::text || ' ' || oid::text
		FROM pg_database WHERE datname = current_database()`).Scan(&id)
}

// Pooling says how the server is reached, for the log: "" for directly.
func (d *DB) Pooling() string {
	switch {
	case !d.pooled:
		return ""
	case d.direct == nil:
		return "through a pooler; jobs are found by polling, since there is no DATABASE_DIRECT_URL"
	}
	return "through a pooler; new jobs are heard of at DATABASE_DIRECT_URL"
}

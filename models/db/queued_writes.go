package db

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
	"gorm.io/gorm"
)

// QueueWrite has a statement wait that nobody needs the result of at once: all that wait are
// sent together, in their order, before the transaction's next other statement, by SendWrites
// or with the commit. On SQLite, where there is nothing to send, it runs now. build makes the
// statement; the id of a row that it creates is set once it has been sent. judge, which may be
// nil, gets how many rows were changed, or the error; what it returns fails the transaction.
func (t *Tx) QueueWrite(build func(*gorm.DB) *gorm.DB, judge func(changed int64, err error) error) error {
	if judge == nil {
		judge = func(_ int64, err error) error { return err }
	}
	waits, ok := t.Statement.ConnPool.(*pgxTx)
	if !ok {
		done := build(t.DB)
		return judge(done.RowsAffected, done.Error)
	}
	made := build(t.Session(&gorm.Session{DryRun: true}))
	if made.Error != nil {
		return judge(0, made.Error)
	}
	waits.queued = append(waits.queued, queuedWrite{made.Statement, func(changed int64, err error) error { return judge(changed, translateError(t, err)) }})
	return nil
}

// SendWrites sends what waits.
func (t *Tx) SendWrites() error {
	if waits, ok := t.Statement.ConnPool.(*pgxTx); ok {
		return waits.sendWrites()
	}
	return nil
}

// queuedWrite is a statement that waits.
type queuedWrite struct {
	made  *gorm.Statement
	judge func(changed int64, err error) error
}

// sendWrites sends what waits in one round trip. Once one has failed, nothing else runs.
func (t *pgxTx) sendWrites() error {
	if t.failed != nil || len(t.queued) == 0 {
		return t.failed
	}
	queued := t.queued
	t.queued = nil
	var batch pgx.Batch
	for _, w := range queued {
		batch.Queue(w.made.SQL.String(), w.made.Vars...)
	}
	t.failed = t.Raw(func(any) error {
		results := t.tx.SendBatch(t.ctx, &batch)
		defer func() { _ = results.Close() }()
		for _, w := range queued {
			if err := w.judge(w.read(results)); err != nil {
				return err
			}
		}
		return results.Close()
	})
	return t.failed
}

// read reads the result of the statement, and sets the id of the row that it has created.
func (w queuedWrite) read(results pgx.BatchResults) (changed int64, err error) {
	rows, err := results.Query()
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return 0, err
		}
		if err := w.made.Schema.PrioritizedPrimaryField.Set(w.made.Context, w.made.ReflectValue, id); err != nil {
			return 0, err
		}
	}
	rows.Close()
	return rows.CommandTag().RowsAffected(), rows.Err()
}

// PrepareContext is that of *sql.Conn, after what waits.
func (t *pgxTx) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	if err := t.sendWrites(); err != nil {
		return nil, err
	}
	return t.Conn.PrepareContext(ctx, query)
}

// ExecContext is that of *sql.Conn, after what waits.
func (t *pgxTx) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if err := t.sendWrites(); err != nil {
		return nil, err
	}
	return t.Conn.ExecContext(ctx, query, args...)
}

// QueryContext is that of *sql.Conn, after what waits.
func (t *pgxTx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := t.sendWrites(); err != nil {
		return nil, err
	}
	return t.Conn.QueryContext(ctx, query, args...)
}

// QueryRowContext is that of *sql.Conn, after what waits. An error of that fails the commit.
func (t *pgxTx) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	_ = t.sendWrites()
	return t.Conn.QueryRowContext(ctx, query, args...)
}

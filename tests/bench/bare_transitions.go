package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"tribemarket/internal/app"
	"tribemarket/models"
	"tribemarket/models/terms"
)

// bareStatements write the rows of a counter-offer, as short as they can be.
var bareStatements = [...]string{
	"UPDATE negotiations SET offer = offer, product = ?, category = ?, fee_minor = ?, currency = ?, in_kind_minor = 0, offered_at = ?, expires_at = ?, remind_at = ?, state = state, version = version WHERE id = ? AND state <> ?",
	"INSERT INTO offers (negotiation_id, number, side, sent_by, terms, message, notes, form_key, sent_at, expires_at) VALUES (?, ?, 'brand', ?, ?, ?, '{}', ?, ?, ?)",
	"DELETE FROM offered_days WHERE negotiation_id = ?",
	"INSERT INTO offered_days (negotiation_id, number, due_on) VALUES (?, 1, ?)",
	"INSERT INTO workflow_events (subject_kind, subject_id, root_kind, root_id, at, version, side, person_id, action, from_state, to_state, note, url, brand_name, creator_name, person_name) VALUES ('bench', ?, 'bench', ?, ?, ?, 'brand', ?, 'counter', 'with_brand', 'with_creator', '', '', 'A brand', 'A creator', 'Somebody')",
	"INSERT INTO notification_events (key, kind, subject_kind, subject_id, creator_id, data, at) VALUES (?, 'deals.proposal', 'negotiation', ?, ?, ?, ?)",
	"INSERT INTO river_job (args, kind, max_attempts) VALUES (?, 'bench', 25)",
}

// bareWriter writes the rows of transitions without asking anything.
type bareWriter struct {
	pool   *sql.DB
	turn   *sync.Mutex // SQLite has one writer; nil for PostgreSQL
	stored string
	number atomic.Int64
	all    [len(bareStatements)]*sql.Stmt
}

func openBare(ctx context.Context, a *app.App, database string) (*bareWriter, error) {
	t, _, wrong := (&talk{}).form().Form.Read(terms.Rules{Today: models.DateOf(models.SystemClock())})
	if len(wrong) > 0 {
		return nil, wrong.Err()
	}
	b := &bareWriter{stored: t.Encode()}
	b.number.Store(1_000_000_000)
	driver, dsn := "pgx", database
	if path, ok := strings.CutPrefix(database, "sqlite:"); ok {
		driver, b.turn = "sqlite", &sync.Mutex{}
		dsn = "file:" + path + "?_txlock=immediate&_time_format=sqlite&_timezone=UTC&_pragma=journal_mode(WAL)&_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)&_pragma=synchronous(FULL)&_pragma=cache_size(-32000)&_pragma=wal_autocheckpoint(4000)"
	}
	var err error
	if b.pool, err = sql.Open(driver, dsn); err != nil {
		return nil, err
	}
	b.pool.SetMaxOpenConns(transitionClients)
	b.pool.SetMaxIdleConns(transitionClients)
	if b.turn != nil {
		b.pool.SetMaxOpenConns(1)
	}
	for i, statement := range bareStatements {
		if b.turn == nil {
			n := strings.Count(statement, "?")
			for p := 1; p <= n; p++ {
				statement = strings.Replace(statement, "?", "$"+strconv.Itoa(p), 1)
			}
		}
		if b.all[i], err = b.pool.PrepareContext(ctx, statement); err != nil { //nolint:sqlclosecheck // closed with the pool
			return nil, errors.Join(err, b.pool.Close())
		}
	}
	return b, nil
}

func (b *bareWriter) Close() error { return b.pool.Close() }

func (b *bareWriter) write(ctx context.Context, t *talk) error {
	if b.turn != nil {
		b.turn.Lock()
		defer b.turn.Unlock()
	}
	tx, err := b.pool.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	now, n := models.SystemClock(), b.number.Add(1)
	due := now.AddDate(0, 0, 7)
	key := models.HashSecret(strconv.FormatInt(n, 10))
	for i, args := range [...][]any{
		{"Oat box", "other", 40000, "GBP", now, due, due, t.row, "agreed"},
		{t.row, n, t.brand.PersonID, b.stored, "Would you try our oats?", key, now, due},
		{t.row},
		{t.row, "2026-12-24"},
		{t.row, t.row, now, n, t.brand.PersonID},
		{key, t.id, t.creator.CreatorID, `{"event_id":1234}`, now},
		{`{"event_id":1234}`},
	} {
		if _, err := tx.StmtContext(ctx, b.all[i]).ExecContext(ctx, args...); err != nil { //nolint:sqlclosecheck // closed with the transaction
			return errors.Join(fmt.Errorf("statement %d: %w", i, err), tx.Rollback())
		}
	}
	return tx.Commit()
}

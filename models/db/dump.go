package db

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/big"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/pressly/goose/v3"
)

// TableDump says what a dump holds of a table. Digest does not depend on the order of the
// rows.
type TableDump struct {
	Name    string
	Columns []string
	Rows    int64
	Digest  string
}

// SnapshotSQLite writes a copy of the database, as of one moment, while others write.
func (d *DB) SnapshotSQLite(ctx context.Context, path string) error {
	_, err := d.sql.ExecContext(ctx, "VACUUM INTO ?", path)
	return err
}

// SchemaVersion is the number of the newest applied migration.
func (d *DB) SchemaVersion(ctx context.Context) (n int64, err error) {
	return n, d.Read(ctx).Raw("SELECT max(version_id) FROM " + goose.DefaultTablename).Scan(&n).Error
}

// CheckIntegrity has SQLite check its file and all references. PostgreSQL guards both
// itself.
func (d *DB) CheckIntegrity(ctx context.Context) error {
	if d.Dialect == Postgres {
		return nil
	}
	var verdict string
	if err := d.sql.QueryRowContext(ctx, "PRAGMA integrity_check").Scan(&verdict); err != nil {
		return err
	}
	var broken int64
	if err := d.sql.QueryRowContext(ctx, "SELECT count(*) FROM pragma_foreign_key_check").Scan(&broken); err != nil {
		return err
	}
	if verdict != "ok" || broken > 0 {
		return fmt.Errorf("the file is damaged: %s; %d rows refer to missing ones", verdict, broken)
	}
	return nil
}

// DumpPostgres writes all tables, as of one moment, each to the writer that open gives
// for its name.
func (d *DB) DumpPostgres(ctx context.Context, open func(table string) io.WriteCloser) (all []TableDump, err error) {
	err = d.withPostgresTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		tables, err := readDumpTables(ctx, tx)
		if err != nil {
			return err
		}
		for _, t := range tables {
			w := open(t.Name)
			sum := &rowDigest{}
			_, err := tx.Conn().PgConn().CopyTo(ctx, io.MultiWriter(w, sum), "COPY "+t.target()+" TO STDOUT")
			if err := errors.Join(err, w.Close()); err != nil {
				return fmt.Errorf("read %s: %w", t.Name, err)
			}
			t.Rows, t.Digest = sum.rows, sum.String()
			all = append(all, t)
		}
		return nil
	})
	return all, err
}

// LoadPostgres replaces what is in an unused database of the same schema by a dump. next
// gives the tables in the order of the dump, and io.EOF after the last. Nothing is kept
// unless want, which is called then, names the same rows.
func (d *DB) LoadPostgres(ctx context.Context, next func() (table string, rows io.Reader, err error), want func() ([]TableDump, error)) error {
	return d.withPostgresTx(ctx, pgx.TxOptions{}, func(tx pgx.Tx) error {
		tables, err := readDumpTables(ctx, tx)
		if err != nil {
			return err
		}
		if err := emptyTables(ctx, tx, tables); err != nil {
			return err
		}
		for {
			name, rows, err := next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return err
			}
			i := slices.IndexFunc(tables, func(t TableDump) bool { return t.Name == name })
			if i < 0 {
				return fmt.Errorf("the backup has a table %q that this schema lacks", name)
			}
			if _, err := tx.Conn().PgConn().CopyFrom(ctx, rows, "COPY "+tables[i].target()+" FROM STDIN"); err != nil {
				return fmt.Errorf("write %s: %w", name, err)
			}
		}
		expected, err := want()
		if err != nil {
			return err
		}
		return finishLoad(ctx, tx, tables, expected)
	})
}

// emptyTables removes what migrations have put into the tables, and keeps their triggers
// from acting on rows on which they have acted before.
func emptyTables(ctx context.Context, tx pgx.Tx, tables []TableDump) error {
	names := make([]string, len(tables))
	for i, t := range tables {
		names[i] = pgx.Identifier{t.Name}.Sanitize()
		if _, err := tx.Exec(ctx, "ALTER TABLE "+names[i]+" DISABLE TRIGGER USER"); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, "TRUNCATE "+strings.Join(names, ", "))
	return err
}

// finishLoad compares the rows with those of the dump and has everything guarded again.
func finishLoad(ctx context.Context, tx pgx.Tx, tables, want []TableDump) error {
	if len(tables) != len(want) {
		return fmt.Errorf("the backup has %d tables, the schema %d", len(want), len(tables))
	}
	for i, t := range tables {
		sum := &rowDigest{}
		if _, err := tx.Conn().PgConn().CopyTo(ctx, sum, "COPY "+t.target()+" TO STDOUT"); err != nil {
			return err
		}
		w := want[i]
		if t.Name != w.Name || !slices.Equal(t.Columns, w.Columns) || sum.rows != w.Rows || sum.String() != w.Digest {
			return fmt.Errorf("%s has %d rows that are not the %d of the backup", t.Name, sum.rows, w.Rows)
		}
		if _, err := tx.Exec(ctx, "ALTER TABLE "+pgx.Identifier{t.Name}.Sanitize()+" ENABLE TRIGGER USER"); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, `DO $$ DECLARE c record; n bigint; BEGIN
		FOR c IN SELECT t.relname AS t, a.attname AS col, pg_get_serial_sequence(t.oid::regclass::text, a.attname) AS seq
			FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
			WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::regnamespace LOOP
			CONTINUE WHEN c.seq IS NULL;
			EXECUTE format('SELECT max(%I) FROM %I', c.col, c.t) INTO n;
			PERFORM setval(c.seq, coalesce(n, 1), n IS NOT NULL);
		END LOOP; END $$`)
	return err
}

func (d *DB) withPostgresTx(ctx context.Context, opts pgx.TxOptions, fn func(pgx.Tx) error) error {
	return pgx.BeginTxFunc(ctx, d.pool, opts, func(tx pgx.Tx) error {
		// The texts of a dump are the same, whatever the server's settings.
		if _, err := tx.Exec(ctx, "SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'; SET LOCAL IntervalStyle = 'postgres'; SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 3"); err != nil {
			return err
		}
		return fn(tx)
	})
}

// target is the table with its columns, as COPY takes it.
func (t TableDump) target() string {
	columns := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = pgx.Identifier{c}.Sanitize()
	}
	return pgx.Identifier{t.Name}.Sanitize() + " (" + strings.Join(columns, ", ") + ")"
}

// readDumpTables lists all tables, each after those that it refers to.
func readDumpTables(ctx context.Context, tx pgx.Tx) ([]TableDump, error) {
	rows, err := tx.Query(ctx, `SELECT t.table_name,
			(SELECT array_agg(c.column_name::text ORDER BY c.ordinal_position) FROM information_schema.columns c
				WHERE c.table_schema = t.table_schema AND c.table_name = t.table_name AND c.is_generated = 'NEVER'),
			(SELECT coalesce(array_agg(DISTINCT p.relname::text), '{}') FROM pg_constraint f JOIN pg_class p ON p.oid = f.confrelid
				WHERE f.contype = 'f' AND f.conrelid = format('%I.%I', t.table_schema, t.table_name)::regclass AND f.confrelid <> f.conrelid)
		FROM information_schema.tables t WHERE t.table_schema = current_schema() AND t.table_type = 'BASE TABLE' ORDER BY 1`)
	if err != nil {
		return nil, err
	}
	type table struct {
		dump   TableDump
		needed []string
	}
	left, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (t table, err error) {
		return t, r.Scan(&t.dump.Name, &t.dump.Columns, &t.needed)
	})
	if err != nil {
		return nil, err
	}
	var all []TableDump
	done := map[string]bool{}
	for len(left) > 0 {
		i := slices.IndexFunc(left, func(t table) bool {
			return !slices.ContainsFunc(t.needed, func(name string) bool { return !done[name] })
		})
		if i < 0 {
			return nil, fmt.Errorf("%s and others refer to each other", left[0].dump.Name)
		}
		all = append(all, left[i].dump)
		done[left[i].dump.Name] = true
		left = slices.Delete(left, i, i+1)
	}
	return all, nil
}

// rowDigest adds up the hashes of the lines that are written to it.
type rowDigest struct {
	rows int64
	sum  big.Int
	line []byte
}

// Write is part of io.Writer.
func (r *rowDigest) Write(p []byte) (int, error) {
	n := len(p)
	for {
		i := bytes.IndexByte(p, '\n')
		if i < 0 {
			r.line = append(r.line, p...)
			return n, nil
		}
		h := sha256.Sum256(append(r.line, p[:i]...))
		r.sum.Add(&r.sum, new(big.Int).SetBytes(h[:]))
		r.rows++
		r.line, p = r.line[:0], p[i+1:]
	}
}

// String is the sum in hex.
func (r *rowDigest) String() string {
	low := new(big.Int).And(&r.sum, new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 256), big.NewInt(1)))
	return hex.EncodeToString(low.FillBytes(make([]byte, 32)))
}

// DigestRows counts the rows of a dumped table and gives their digest.
func DigestRows(r io.Reader) (int64, string, error) {
	sum := &rowDigest{}
	_, err := io.Copy(sum, r)
	return sum.rows, sum.String(), err
}

// IsUsed says whether anybody or anything was entered in the database, other than by
// migrations.
func (d *DB) IsUsed(ctx context.Context) (bool, error) {
	for _, table := range []string{"people", "creators", "brands", "audit_events", "key_checks"} {
		if n, err := d.countRows(ctx, table); n > 0 || err != nil {
			return true, err
		}
	}
	return false, nil
}

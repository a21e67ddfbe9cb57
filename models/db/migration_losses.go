package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/pressly/goose/v3"
)

// Loss is what a step down takes from a table: whole rows, or what stands in a column.
type Loss struct {
	Table, Column string // Column is "" for whole rows
	Rows          int64
}

// String is for people who run commands.
func (l Loss) String() string {
	name, unit := l.Table, "rows"
	if l.Column != "" {
		name += "." + l.Column
	}
	if l.Rows == 1 {
		unit = "row"
	}
	return fmt.Sprintf("%s (%d %s)", name, l.Rows, unit)
}

// LossError says that a step down was refused, since rows would have been lost.
type LossError struct{ Losses []Loss }

// Error is part of error.
func (e *LossError) Error() string {
	names := make([]string, len(e.Losses))
	for i, l := range e.Losses {
		names[i] = l.String()
	}
	return "this step would drop what stands in " + strings.Join(names, ", ")
}

// checkLosses tries the step down from a version, takes it back, and fails if anything
// would be lost.
func (d *DB) checkLosses(ctx context.Context, version int64) error {
	step, err := d.downStatements(version)
	if err != nil || step == "" {
		return err
	}
	before, after, err := d.tryStatements(ctx, step)
	if err != nil {
		return fmt.Errorf("try the step: %w", err)
	}
	var lost []Loss
	for name, t := range before {
		left, kept := after[name]
		if t.rows > left.rows {
			lost = append(lost, Loss{Table: name, Rows: t.rows - left.rows})
		}
		for column, unset := range t.columns {
			if _, stays := left.columns[column]; stays || !kept || left.rows == 0 {
				continue
			}
			var n int64
			err := d.sql.QueryRowContext(ctx, "SELECT count(*) FROM "+name+" WHERE "+column+" IS DISTINCT FROM ("+unset+")").Scan(&n)
			if err != nil {
				return fmt.Errorf("count %s.%s: %w", name, column, err)
			}
			if n > 0 {
				lost = append(lost, Loss{name, column, n})
			}
		}
	}
	if len(lost) == 0 {
		return nil
	}
	slices.SortFunc(lost, func(a, b Loss) int { return strings.Compare(a.String(), b.String()) })
	return &LossError{lost}
}

// downStatements is the part of a migration's file that takes it back.
func (d *DB) downStatements(version int64) (string, error) {
	files, err := fs.Glob(migrations, "migrations/"+string(d.Dialect)+"/*.sql")
	if err != nil {
		return "", err
	}
	for _, f := range files {
		if n, err := goose.NumericComponent(f); err != nil || n != version {
			continue
		}
		text, err := fs.ReadFile(migrations, f)
		_, down, _ := strings.Cut(string(text), "-- +goose Down")
		return down, err
	}
	return "", nil
}

// tableState is a table's columns, each with what stands in it when nothing was set, and
// the number of its rows.
type tableState struct {
	columns map[string]string
	rows    int64
}

// tryStatements gives all tables before and after the statements, which are rolled back.
func (d *DB) tryStatements(ctx context.Context, statements string) (before, after map[string]tableState, err error) {
	tx, err := d.sql.BeginTx(ctx, nil)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, tx.Rollback()) }()
	if before, err = d.readTables(ctx, tx); err != nil {
		return nil, nil, err
	}
	if _, err = tx.ExecContext(ctx, statements); err != nil {
		return nil, nil, err
	}
	after, err = d.readTables(ctx, tx)
	return before, after, err
}

func (d *DB) readTables(ctx context.Context, tx *sql.Tx) (all map[string]tableState, err error) {
	columns := `SELECT t.name, c.name, coalesce(c.dflt_value, 'NULL') FROM sqlite_schema t JOIN pragma_table_info(t.name) c
		WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\'`
	if d.Dialect == Postgres {
		columns = `SELECT c.table_name, c.column_name, coalesce(c.column_default, 'NULL')
			FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
			WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'`
	}
	if all, err = readColumns(ctx, tx, columns); err != nil {
		return nil, err
	}
	for name, t := range all {
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM "+name).Scan(&t.rows); err != nil {
			return nil, err
		}
		all[name] = t
	}
	return all, nil
}

// readColumns runs a query of tables, their columns and the columns' defaults.
func readColumns(ctx context.Context, tx *sql.Tx, query string) (all map[string]tableState, err error) {
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	all = map[string]tableState{}
	for rows.Next() {
		var table, column, unset string
		if err := rows.Scan(&table, &column, &unset); err != nil {
			return nil, err
		}
		if all[table].columns == nil {
			all[table] = tableState{columns: map[string]string{}}
		}
		all[table].columns[column] = unset
	}
	return all, rows.Err()
}

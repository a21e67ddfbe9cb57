package db

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"
)

// InsertRows writes new rows. Columns that are nil in all of them are left out, so
// that null must be their default.
func InsertRows(tx *Tx, table, columns string, rows [][]any) error {
	names := strings.Split(columns, ", ")
	var filled []int
	var kept []string
	for i, name := range names {
		if slices.ContainsFunc(rows, func(row []any) bool { return plainValue(row[i]) != nil }) {
			filled, kept = append(filled, i), append(kept, name)
		}
	}
	return insertBulk(tx, "INSERT INTO "+table+" ("+strings.Join(kept, ", ")+") VALUES ", "", rows, filled, nil)
}

// bulkSizes are the numbers of rows per statement, maxBulkValues bounds its values: few
// sizes, so that a transaction prepares few statements.
var bulkSizes = []int{512, 256, 64, 8, 1}

const maxBulkValues = 7000

// BulkInsert inserts rows many at a time, bypassing GORM, which is far slower at it.
// returned is called with each id that a RETURNING in tail yields.
func BulkInsert(tx *Tx, head, tail string, rows [][]any, returned func(id int64)) error {
	var all []int
	if len(rows) > 0 {
		for i := range rows[0] {
			all = append(all, i)
		}
	}
	return insertBulk(tx, head, tail, rows, all, returned)
}

// insertBulk is BulkInsert of some of the rows' columns.
func insertBulk(tx *Tx, head, tail string, rows [][]any, columns []int, returned func(id int64)) error {
	pool := tx.Statement.ConnPool
	if p, ok := pool.(*gorm.PreparedStmtTX); ok {
		pool = p.Tx // GORM would prepare the statement again for each execution
	}
	values := valueWriter{sqlite: tx.Name() != string(Postgres)}
	for _, size := range bulkSizes {
		if len(rows) < size || size > 1 && size*len(columns) > maxBulkValues {
			continue
		}
		st, err := prepareInsert(tx, pool, head+placeholders(tx, size, len(columns))+tail)
		if err != nil {
			return translateError(tx, err)
		}
		for ; len(rows) >= size && err == nil; rows = rows[size:] {
			err = runInsert(tx, st, values.ofRows(rows[:size], columns), returned)
		}
		if err := errors.Join(translateError(tx, err), st.Close()); err != nil { //nolint:sqlclosecheck // one statement a size
			return err
		}
	}
	return nil
}

// insertStatement is prepared, or, where sessions are shared, its text.
type insertStatement interface {
	ExecContext(ctx context.Context, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, args ...any) (*sql.Rows, error)
	Close() error
}

func prepareInsert(tx *Tx, pool gorm.ConnPool, statement string) (insertStatement, error) {
	if !tx.PrepareStmt {
		return unpreparedInsert{pool, statement}, nil
	}
	return pool.PrepareContext(tx.Statement.Context, statement)
}

type unpreparedInsert struct {
	pool      gorm.ConnPool
	statement string
}

// ExecContext is that of *sql.Stmt.
func (u unpreparedInsert) ExecContext(ctx context.Context, args ...any) (sql.Result, error) {
	return u.pool.ExecContext(ctx, u.statement, args...)
}

// QueryContext is that of *sql.Stmt.
func (u unpreparedInsert) QueryContext(ctx context.Context, args ...any) (*sql.Rows, error) {
	return u.pool.QueryContext(ctx, u.statement, args...)
}

// Close is that of *sql.Stmt.
func (unpreparedInsert) Close() error { return nil }

func runInsert(tx *Tx, st insertStatement, args []any, returned func(id int64)) error {
	if returned == nil {
		_, err := st.ExecContext(tx.Statement.Context, args...)
		return err
	}
	rows, err := st.QueryContext(tx.Statement.Context, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return err
		}
		returned(id)
	}
	return rows.Err()
}

// valueWriter makes values ready for the driver, which takes far longer over pointers
// and times. Rows that are written together have few different times.
type valueWriter struct {
	sqlite bool
	times  map[time.Time]string
	args   []any
}

// ofRows gives the values of some columns of rows; they are valid until the next call.
func (w *valueWriter) ofRows(rows [][]any, columns []int) []any {
	w.args = w.args[:0]
	for _, row := range rows {
		for _, i := range columns {
			v := plainValue(row[i])
			if t, ok := v.(time.Time); ok && w.sqlite {
				v = w.timeText(t)
			}
			w.args = append(w.args, v)
		}
	}
	return w.args
}

func (w *valueWriter) timeText(t time.Time) string {
	s, ok := w.times[t]
	if !ok {
		if w.times == nil || len(w.times) > 1000 {
			w.times = map[time.Time]string{}
		}
		s = t.UTC().Format(sqliteTimeFormat)
		w.times[t] = s
	}
	return s
}

// plainValue is what a pointer points to.
func plainValue(v any) any {
	switch x := v.(type) {
	case *int64:
		if x != nil {
			return *x
		}
		return nil
	case *string:
		if x != nil {
			return *x
		}
		return nil
	case *time.Time:
		if x != nil {
			return *x
		}
		return nil
	}
	return v
}

func placeholders(tx *Tx, rows, columns int) string {
	numbered := tx.Name() == string(Postgres)
	var b strings.Builder
	for i := range rows * columns {
		switch {
		case i == 0:
			b.WriteByte('(')
		case i%columns == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		if numbered {
			b.WriteString("$" + strconv.Itoa(i+1))
		} else {
			b.WriteByte('?')
		}
	}
	return b.String() + ")"
}

// translateError turns a driver's error into GORM's, as GORM does for its own statements.
func translateError(tx *Tx, err error) error {
	if t, ok := tx.Dialector.(gorm.ErrorTranslator); ok && err != nil {
		return t.Translate(err)
	}
	return err
}

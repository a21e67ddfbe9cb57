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
	return tx.RunInsert(NewInsert(Dialect(tx.Name()), table, columns, rows))
}

// BulkInsert inserts rows many at a time, bypassing GORM, which is far slower at it.
// returned is called with each id that a RETURNING in tail yields.
func BulkInsert(tx *Tx, head, tail string, rows [][]any, returned func(id int64)) error {
	var all []int
	if len(rows) > 0 {
		for i := range rows[0] {
			all = append(all, i)
		}
	}
	in := newInsert(Dialect(tx.Name()), head, tail, rows, all)
	in.returned = returned
	return tx.RunInsert(in)
}

// Insert is rows that are ready to be written by RunInsert.
type Insert struct {
	statements []insertStatement
	returned   func(id int64)
}

type insertStatement struct {
	query string
	args  []any
}

// NewInsert makes new rows ready. Columns that are nil in all of them are left out, so
// that null must be their default.
func NewInsert(dialect Dialect, table, columns string, rows [][]any) Insert {
	names := strings.Split(columns, ", ")
	var filled []int
	var kept []string
	for i, name := range names {
		if slices.ContainsFunc(rows, func(row []any) bool { return plainValue(row[i]) != nil }) {
			filled, kept = append(filled, i), append(kept, name)
		}
	}
	return newInsert(dialect, "INSERT INTO "+table+" ("+strings.Join(kept, ", ")+") VALUES ", "", rows, filled)
}

// insertSizes are the numbers of rows per statement, maxInsertValues bounds its values:
// few sizes, so that a transaction prepares few statements.
var insertSizes = []int{512, 256, 64, 8, 1}

const maxInsertValues = 7000

func newInsert(dialect Dialect, head, tail string, rows [][]any, columns []int) (in Insert) {
	values := newBulkValues(dialect, rows, columns)
	for _, size := range insertSizes {
		if len(rows) < size || size > 1 && size*len(columns) > maxInsertValues {
			continue
		}
		query := head + values.placeholders(size) + tail
		for ; len(rows) >= size; rows = rows[size:] {
			in.statements = append(in.statements, insertStatement{query, values.ofRows(rows[:size])})
		}
	}
	return in
}

// RunInsert writes rows.
func (t *Tx) RunInsert(in Insert) error {
	for _, s := range in.statements {
		if err := t.runInsertStatement(s, in.returned); err != nil {
			return translateError(t, err)
		}
	}
	return nil
}

func (t *Tx) runInsertStatement(s insertStatement, returned func(id int64)) error {
	if returned == nil {
		st, err := t.prepare(s.query)
		if err != nil {
			return err
		}
		_, err = st.ExecContext(t.Statement.Context, s.args...)
		return err
	}
	return t.queryRows(s.query, s.args, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		returned(id)
		return err
	})
}

// EachRow runs a query as GORM's Raw does, but reads past GORM, which takes several times
// as long, and calls found for each row of the result. The query is prepared once in the
// transaction: lists of values should have one of few lengths.
func (t *Tx) EachRow(found func(*sql.Rows) error, query string, args ...any) error {
	q := t.Raw(query, args...).Statement
	return translateError(t, t.queryRows(q.SQL.String(), q.Vars, found))
}

func (t *Tx) queryRows(query string, args []any, found func(*sql.Rows) error) error {
	st, err := t.prepare(query)
	if err != nil {
		return err
	}
	rows, err := st.QueryContext(t.Statement.Context, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := found(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// statement is prepared, or, where sessions are shared or their connection keeps it, its text.
type statement interface {
	ExecContext(ctx context.Context, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, args ...any) (*sql.Rows, error)
}

// prepare prepares a statement once in a transaction; it is closed with it.
func (t *Tx) prepare(query string) (statement, error) {
	pool := t.Statement.ConnPool
	if !t.PrepareStmt {
		return unpreparedStatement{pool, query}, nil
	}
	if st := t.statements[query]; st != nil {
		return st, nil
	}
	st, err := pool.PrepareContext(t.Statement.Context, query)
	if err != nil {
		return nil, err
	}
	if t.statements == nil {
		t.statements = map[string]*sql.Stmt{}
	}
	t.statements[query] = st
	return st, nil
}

type unpreparedStatement struct {
	pool  gorm.ConnPool
	query string
}

// ExecContext is that of *sql.Stmt.
func (u unpreparedStatement) ExecContext(ctx context.Context, args ...any) (sql.Result, error) {
	return u.pool.ExecContext(ctx, u.query, args...)
}

// QueryContext is that of *sql.Stmt.
func (u unpreparedStatement) QueryContext(ctx context.Context, args ...any) (*sql.Rows, error) {
	return u.pool.QueryContext(ctx, u.query, args...)
}

func (t *Tx) closeStatements() error {
	var err error
	for _, st := range t.statements {
		err = errors.Join(err, st.Close())
	}
	return err
}

// bulkValues makes values ready for the driver, which takes far longer over pointers
// and times. A value that a column has in all rows is passed once.
type bulkValues struct {
	postgres bool
	varying  []int
	isShared []bool // by column
	constant []any  // the shared values, which are the first arguments
	times    map[time.Time]string
}

func newBulkValues(dialect Dialect, rows [][]any, columns []int) *bulkValues {
	v := &bulkValues{postgres: dialect == Postgres, times: map[time.Time]string{}}
	for _, i := range columns {
		var first any
		if len(rows) > 0 {
			first = v.value(rows[0][i])
		}
		_, bytes := first.([]byte)
		same := !bytes && len(rows) > 1 && !slices.ContainsFunc(rows[1:], func(row []any) bool { return v.value(row[i]) != first })
		v.isShared = append(v.isShared, same)
		if same {
			v.constant = append(v.constant, first)
		} else {
			v.varying = append(v.varying, i)
		}
	}
	return v
}

// ofRows gives the values of rows.
func (v *bulkValues) ofRows(rows [][]any) []any {
	args := append(make([]any, 0, len(v.constant)+len(rows)*len(v.varying)), v.constant...)
	for _, row := range rows {
		for _, i := range v.varying {
			args = append(args, v.value(row[i]))
		}
	}
	return args
}

func (v *bulkValues) value(of any) any {
	plain := plainValue(of)
	if t, ok := plain.(time.Time); ok && !v.postgres {
		return v.timeText(t)
	}
	return plain
}

// timeText writes a time as the driver does. Rows that are written together have few
// different ones.
func (v *bulkValues) timeText(t time.Time) string {
	s, ok := v.times[t]
	if !ok {
		if len(v.times) > 1000 {
			clear(v.times)
		}
		s = t.UTC().Format(sqliteTimeFormat)
		v.times[t] = s
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

// placeholders is the list of the values of some rows.
func (v *bulkValues) placeholders(rows int) string {
	mark := "?"
	if v.postgres {
		mark = "$"
	}
	var b strings.Builder
	next := len(v.constant)
	for row := range rows {
		if row > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('(')
		constant := 0
		for column, shared := range v.isShared {
			if column > 0 {
				b.WriteString(", ")
			}
			if shared {
				constant++
				b.WriteString(mark + strconv.Itoa(constant))
				continue
			}
			if next++; v.postgres || len(v.constant) > 0 && next == len(v.constant)+1 {
				b.WriteString(mark + strconv.Itoa(next))
			} else {
				b.WriteByte('?') // is the next number, and found faster without
			}
		}
		b.WriteByte(')')
	}
	return b.String()
}

// translateError turns a driver's error into GORM's, as GORM does for its own statements.
func translateError(tx *Tx, err error) error {
	if t, ok := tx.Dialector.(gorm.ErrorTranslator); ok && err != nil {
		return t.Translate(err)
	}
	return err
}

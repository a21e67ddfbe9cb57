package db

import (
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"
)

// InsertRows writes new rows.
func InsertRows(tx *Tx, table, columns string, rows [][]any) error {
	return BulkInsert(tx, "INSERT INTO "+table+" ("+columns+") VALUES ", "", rows, nil)
}

// bulkSizes are the numbers of rows per statement: few sizes, so that a transaction
// prepares few statements.
var bulkSizes = []int{64, 8, 1}

// BulkInsert inserts rows many at a time, bypassing GORM, which is far slower at it.
// returned is called with each id that a RETURNING in tail yields.
func BulkInsert(tx *Tx, head, tail string, rows [][]any, returned func(id int64)) error {
	pool := tx.Statement.ConnPool
	if p, ok := pool.(*gorm.PreparedStmtTX); ok {
		pool = p.Tx // GORM would prepare the statement again for each execution
	}
	for _, size := range bulkSizes {
		if len(rows) < size {
			continue
		}
		st, err := pool.PrepareContext(tx.Statement.Context, head+placeholders(tx, size, len(rows[0]))+tail)
		if err != nil {
			return translateError(tx, err)
		}
		for ; len(rows) >= size && err == nil; rows = rows[size:] {
			err = runInsert(tx, st, slices.Concat(rows[:size]...), returned)
		}
		if err := errors.Join(translateError(tx, err), st.Close()); err != nil { //nolint:sqlclosecheck // one statement a size
			return err
		}
	}
	return nil
}

func runInsert(tx *Tx, st *sql.Stmt, args []any, returned func(id int64)) error {
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

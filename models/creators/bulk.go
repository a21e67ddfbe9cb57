package creators

import (
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"tribemarket/models/db"
)

// insertRows writes new rows.
func insertRows(tx *db.Tx, table, columns string, rows [][]any) error {
	return bulk(tx, "INSERT INTO "+table+" ("+columns+") VALUES ", "", rows, nil)
}

// upsert writes whole rows, new and known ones alike. The key is the first column.
func upsert(tx *db.Tx, table, columns string, rows [][]any) error {
	names := strings.Split(columns, ", ")
	return bulk(tx, "INSERT INTO "+table+" ("+columns+") VALUES ", " ON CONFLICT ("+names[0]+") DO UPDATE SET "+setExcluded(names[1:]), rows, nil)
}

func setExcluded(columns []string) string {
	set := make([]string, len(columns))
	for i, c := range columns {
		set[i] = c + " = excluded." + c
	}
	return strings.Join(set, ", ")
}

func insertLanguages(tx *db.Tx, all []SpokenLanguage) error {
	rows := make([][]any, len(all))
	for i, l := range all {
		rows[i] = []any{l.CreatorID, l.Language}
	}
	return bulk(tx, "INSERT INTO creator_languages (creator_id, language) VALUES ", " ON CONFLICT DO NOTHING", rows, nil)
}

// insertTribes keeps the strongest way in which a tribe is known.
func insertTribes(tx *db.Tx, all []Membership) error {
	rows := make([][]any, len(all))
	for i, m := range all {
		rows[i] = []any{m.CreatorID, m.Tribe, string(m.Known)}
	}
	return bulk(tx, "INSERT INTO creator_tribes (creator_id, tribe, known) VALUES ",
		` ON CONFLICT (creator_id, tribe) DO UPDATE SET known = excluded.known
			WHERE creator_tribes.known = 'derived' AND excluded.known <> 'derived'
				OR creator_tribes.known = 'imported' AND excluded.known = 'declared'`, rows, nil)
}

// bulkSizes are the numbers of rows that one statement takes: few sizes, so
// that a transaction prepares few statements.
var bulkSizes = []int{64, 8, 1}

// bulk inserts rows by statements of many rows, past GORM, whose own way is far
// slower. returned is told of each id that a RETURNING in the tail gives.
func bulk(tx *db.Tx, head, tail string, rows [][]any, returned func(id int64)) error {
	pool := tx.Statement.ConnPool
	if p, ok := pool.(*gorm.PreparedStmtTX); ok {
		pool = p.Tx // GORM would prepare the statement anew for each time it runs
	}
	for _, size := range bulkSizes {
		if len(rows) < size {
			continue
		}
		st, err := pool.PrepareContext(tx.Statement.Context, head+placeholders(tx, size, len(rows[0]))+tail)
		if err != nil {
			return translate(tx, err)
		}
		for ; len(rows) >= size && err == nil; rows = rows[size:] {
			err = run(tx, st, slices.Concat(rows[:size]...), returned)
		}
		if err := errors.Join(translate(tx, err), st.Close()); err != nil { //nolint:sqlclosecheck // one statement a size
			return err
		}
	}
	return nil
}

func run(tx *db.Tx, st *sql.Stmt, args []any, returned func(id int64)) error {
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

func placeholders(tx *db.Tx, rows, columns int) string {
	numbered := tx.Name() == string(db.Postgres)
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

// translate turns a driver's error into GORM's, as GORM does for its own statements.
func translate(tx *db.Tx, err error) error {
	if t, ok := tx.Dialector.(gorm.ErrorTranslator); ok && err != nil {
		return t.Translate(err)
	}
	return err
}

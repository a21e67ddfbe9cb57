package creators

import (
	"slices"
	"strings"

	"tribemarket/models/db"
)

// upsertRows updates whole rows. The key is the first column; those that never change,
// some of which are indexed, are written only should the row be gone.
func upsertRows(tx *db.Tx, table, columns string, rows [][]any, constant ...string) error {
	names := strings.Split(columns, ", ")
	changing := slices.DeleteFunc(slices.Clone(names[1:]), func(name string) bool { return slices.Contains(constant, name) })
	return db.BulkInsert(tx, "INSERT INTO "+table+" ("+columns+") VALUES ", " ON CONFLICT ("+names[0]+") DO UPDATE SET "+setExcludedColumns(changing), rows, nil)
}

func upsertAccounts(tx *db.Tx, rows [][]any) error {
	return upsertRows(tx, "creator_accounts", accountColumns, rows, "creator_id", "platform", "platform_user_id", "handle_key", "source", "created_at")
}

func setExcludedColumns(columns []string) string {
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
	return db.BulkInsert(tx, "INSERT INTO creator_languages (creator_id, language) VALUES ", " ON CONFLICT DO NOTHING", rows, nil)
}

// insertTribes keeps the strongest evidence for each tribe.
func insertTribes(tx *db.Tx, all []TribeMembership) error {
	rows := make([][]any, len(all))
	for i, m := range all {
		rows[i] = []any{m.CreatorID, m.Tribe, string(m.Known)}
	}
	return db.BulkInsert(tx, "INSERT INTO creator_tribes (creator_id, tribe, known) VALUES ",
		` ON CONFLICT (creator_id, tribe) DO UPDATE SET known = excluded.known
			WHERE creator_tribes.known = 'derived' AND excluded.known <> 'derived'
				OR creator_tribes.known = 'imported' AND excluded.known = 'declared'`, rows, nil)
}

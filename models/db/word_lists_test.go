package db_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/pgserver"
	"tribemarket/models/db"
)

// The migration that takes the lists of words away, and the one before it.
const (
	wordLists       = 19
	beforeWordLists = 18
)

// wordList is a CHECK that lists the words of one column, and relaxed what some
// became that also ask for something else, as each database writes them.
var (
	wordList = map[db.Dialect]*regexp.Regexp{
		db.SQLite:   regexp.MustCompile(` ?CHECK \((\w+) IN \('[^)]*'\)\)`),
		db.Postgres: regexp.MustCompile(`^constraint \S+ \S+ CHECK \(\((\w+) = ANY \(ARRAY\['[^]]*'::text\]\)\)\)$`),
	}
	relaxed = map[db.Dialect][][2]string{
		db.SQLite: {
			{"CHECK ((state IN ('completed', 'ended')) = (deadline_at IS NULL))", "CHECK (state NOT IN ('completed', 'ended') OR deadline_at IS NULL)"},
			{"CHECK ((next_at IS NOT NULL) = (alert IN ('daily', 'weekly')))", "CHECK (alert NOT IN ('off', 'instant') OR next_at IS NULL)"},
			{"CHECK (role IN ('manager', 'finance', 'viewer'))", "CHECK (role <> 'owner')"},
		},
		db.Postgres: {
			{"CHECK (((state = ANY (ARRAY['completed'::text, 'ended'::text])) = (deadline_at IS NULL)))", "CHECK (((state <> ALL (ARRAY['completed'::text, 'ended'::text])) OR (deadline_at IS NULL)))"},
			{"CHECK (((next_at IS NOT NULL) = (alert = ANY (ARRAY['daily'::text, 'weekly'::text]))))", "CHECK (((alert <> ALL (ARRAY['off'::text, 'instant'::text])) OR (next_at IS NULL)))"},
			{"CHECK ((role = ANY (ARRAY['manager'::text, 'finance'::text, 'viewer'::text])))", "CHECK ((role <> 'owner'::text))"},
		},
	}
)

func TestWordListsGoAndAllElseStays(t *testing.T) {
	t.Parallel()
	rows, err := os.ReadFile("testdata/rows_18.sql")
	if err != nil {
		t.Fatal(err)
	}
	for dialect, address := range map[db.Dialect]func(*testing.T) string{
		db.SQLite:   func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "test.db") },
		db.Postgres: func(t *testing.T) string { return pgserver.NewDatabase(t) },
	} {
		t.Run(string(dialect), func(t *testing.T) {
			t.Parallel()
			d, err := db.Open(ctx, address(t))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = d.Close() })
			migrate := func(version int64) {
				t.Helper()
				if err := d.MigrateTo(ctx, version); err != nil {
					t.Fatal(err)
				}
			}
			migrate(beforeWordLists)
			if _, err := d.SQLPool().ExecContext(ctx, string(rows)); err != nil {
				t.Fatal(err)
			}
			schema, content := schemaOf(t, d), contentOf(t, d)
			for table, c := range content {
				if strings.HasPrefix(c, "0 rows") {
					t.Errorf("no row shows that %s keeps its own", table)
				}
			}
			// A connection that knows the old schema writes to the new one.
			open, err := d.SQLPool().Conn(ctx)
			if err != nil {
				t.Fatal(err)
			}
			defer open.Close()
			const newPlatform = "INSERT INTO platform_budgets (platform, window_from) VALUES ('elsewhere', '2026-11-20 09:00:00+00:00')"
			if _, err := open.ExecContext(ctx, newPlatform); err == nil {
				t.Fatal("the list is not there to begin with")
			}
			migrate(wordLists)
			compare(t, "rows", contentOf(t, d), content)
			compare(t, "schema", schemaOf(t, d), withoutWordLists(d.Dialect, schema))
			checkForeignKeys(t, d)
			if _, err := open.ExecContext(ctx, newPlatform); err != nil {
				t.Errorf("a new word is still refused: %v", err)
			}
			if _, err := open.ExecContext(ctx, "DELETE FROM platform_budgets WHERE platform = 'elsewhere'"); err != nil {
				t.Fatal(err)
			}
			migrate(beforeWordLists)
			compare(t, "rows, taken back", contentOf(t, d), content)
			compare(t, "schema, taken back", schemaOf(t, d), schema)
		})
	}
}

func TestNoMigrationListsWords(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		for name, part := range schemaOf(t, d) {
			if !strings.HasPrefix(name, "river_") && wordList[d.Dialect].MatchString(part) {
				t.Errorf("%s lists words in SQL, where Go's list is the truth:\n%s", name, part)
			}
		}
	})
}

// withoutWordLists is the schema that is left of one with lists.
func withoutWordLists(dialect db.Dialect, schema map[string]string) map[string]string {
	left := map[string]string{}
	for name, part := range schema {
		for _, r := range relaxed[dialect] {
			part = strings.ReplaceAll(part, r[0], r[1])
		}
		if dialect == db.SQLite {
			left[name] = wordList[dialect].ReplaceAllString(part, "")
		} else if !wordList[dialect].MatchString(part) {
			left[name] = part
		}
	}
	return left
}

// schemaOf is how the database itself writes its tables, indexes, triggers,
// references and checks, by their names.
func schemaOf(t *testing.T, d *db.DB) map[string]string {
	t.Helper()
	q := `SELECT tbl_name || ' ' || type || ' ' || name, coalesce(sql, '') FROM sqlite_schema`
	if d.Dialect == db.Postgres {
		q = `SELECT conrelid::regclass || ' ' || conname, 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
				WHERE connamespace = 'public'::regnamespace AND conrelid <> 0
			UNION ALL SELECT tablename || ' ' || indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
			UNION ALL SELECT tgrelid::regclass || ' ' || tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
			UNION ALL SELECT table_name || '.' || column_name, data_type || is_nullable || coalesce(column_default, '') FROM information_schema.columns WHERE table_schema = 'public'`
	}
	rows, err := d.SQLPool().QueryContext(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	all := map[string]string{}
	for rows.Next() {
		var name, part string
		if err := rows.Scan(&name, &part); err != nil {
			t.Fatal(err)
		}
		all[name] = part
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// contentOf is the number of rows of each table of ours, and a hash over them.
func contentOf(t *testing.T, d *db.DB) map[string]string {
	t.Helper()
	q := "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
	if d.Dialect == db.Postgres {
		q = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
	}
	var tables []string
	if err := d.Read(ctx).Raw(q).Scan(&tables).Error; err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, table := range tables {
		if strings.HasPrefix(table, "goose_") || strings.HasPrefix(table, "river_") {
			continue
		}
		var rows []map[string]any
		if err := d.Read(ctx).Raw("SELECT * FROM " + table).Scan(&rows).Error; err != nil {
			t.Fatal(table, err)
		}
		lines := make([]string, len(rows))
		for i, row := range rows {
			lines[i] = fmt.Sprint(row) // in the order of its keys
		}
		slices.Sort(lines)
		all[table] = fmt.Sprintf("%d rows %x", len(rows), sha256.Sum256([]byte(strings.Join(lines, "\n"))))
	}
	return all
}

func compare(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	for name, w := range want {
		if got[name] != w {
			t.Errorf("%s: %s is\n%s\nwant\n%s", what, name, got[name], w)
		}
	}
	for name, g := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s: %s is new:\n%s", what, name, g)
		}
	}
}

// checkForeignKeys lets SQLite go through all references, and its tables' structure.
func checkForeignKeys(t *testing.T, d *db.DB) {
	t.Helper()
	if d.Dialect != db.SQLite {
		return
	}
	var broken []map[string]any
	var sound string
	d.Read(ctx).Raw("PRAGMA foreign_key_check").Scan(&broken)
	d.Read(ctx).Raw("PRAGMA integrity_check").Scan(&sound)
	if len(broken) > 0 || sound != "ok" {
		t.Errorf("integrity: %s, references: %v", sound, broken)
	}
}

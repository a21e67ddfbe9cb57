package privacy_test

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/models/db"
	"tribemarket/models/privacy"
)

// machinery are the tables of the job queue and of the migrations.
var machinery = regexp.MustCompile(`^(river_|goose_|sqlite_)`)

// tablesOf lists the tables of a database.
func tablesOf(t *testing.T, d *db.DB) []string {
	t.Helper()
	q := "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
	if d.Dialect == db.SQLite {
		q = "SELECT name FROM sqlite_master WHERE type = 'table'"
	}
	var all []string
	if err := d.Read(context.Background()).Raw(q).Scan(&all).Error; err != nil {
		t.Fatal(err)
	}
	all = slices.DeleteFunc(all, machinery.MatchString)
	slices.Sort(all)
	return all
}

func TestTheInventoryNamesEveryTable(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		var named []string
		for _, h := range privacy.Inventory() {
			named = append(named, h.Table)
			if (h.Of != "" || len(h.Erase) > 0) && h.Purpose == "" {
				t.Errorf("%s tells of a person without a purpose", h.Table)
			}
		}
		slices.Sort(named)
		if tables := tablesOf(t, d); !slices.Equal(named, tables) {
			t.Errorf("the inventory names\n%v, the tables are\n%v", named, tables)
		}
	})
}

// secret are names of columns whose value lets somebody in.
var secret = regexp.MustCompile(`hash|sealed|secret|token|digest|credential|public_key|successor`)

func TestTheExportLeavesSecretsOut(t *testing.T) {
	t.Parallel()
	d := testkit.NewSQLite(t)
	for _, h := range privacy.Inventory() {
		if h.Of == "" {
			continue
		}
		rows, err := d.Read(context.Background()).Table(h.Table).Limit(0).Rows()
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		_ = rows.Close()
		for _, c := range columns {
			if secret.MatchString(c) && c != "hashtags" && !slices.Contains(h.Leave, c) {
				t.Errorf("%s.%s is exported", h.Table, c)
			}
		}
		for _, c := range h.Leave {
			if !slices.Contains(columns, c) {
				t.Errorf("%s leaves out %s, which it does not have", h.Table, c)
			}
		}
	}
}

// Nobody knows who brand_id 5 is: every key of another row is named.
func TestTheExportNamesEveryReference(t *testing.T) {
	t.Parallel()
	d := testkit.NewSQLite(t)
	for _, h := range privacy.Inventory() {
		var keys []string
		if err := d.Read(context.Background()).Raw(`SELECT "from" FROM pragma_foreign_key_list(?)`, h.Table).Scan(&keys).Error; err != nil {
			t.Fatal(err)
		}
		for _, c := range keys {
			if h.Of != "" && privacy.KindsByColumn[c] == "" && !slices.Contains(h.Leave, c) {
				t.Errorf("%s.%s is exported as a number", h.Table, c)
			}
		}
	}
}

// People are named to those who work with them, and nobody else.
func TestTheExportNamesOnBothDatabases(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		for _, q := range []string{
			"INSERT INTO people (id, name, created_at) VALUES (1, 'Lea', CURRENT_TIMESTAMP), (2, 'Somebody', CURRENT_TIMESTAMP), (3, 'Max', CURRENT_TIMESTAMP)",
			"INSERT INTO brands (id, public_id, name, country, created_at) VALUES (1, 'b1', 'Fonte', 'FR', CURRENT_TIMESTAMP)",
			"INSERT INTO members (brand_id, person_id, role, created_at) VALUES (1, 1, 'owner', CURRENT_TIMESTAMP), (1, 3, 'viewer', CURRENT_TIMESTAMP)",
			"INSERT INTO creators (id, public_id, name, created_at, updated_at) VALUES (1, 'c1', 'Penne', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)",
			"INSERT INTO creator_accounts (id, creator_id, platform, handle, handle_key, source, as_of, followers, created_at, updated_at) VALUES (1, 1, 'tiktok', 'penne', 'penne', 'imported', '2026-11-01', 5, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)",
			"INSERT INTO shortlists (id, public_id, brand_id, name, name_key, created_by, created_at, updated_at) VALUES (1, 's1', 1, 'Pasta', 'pasta', 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)",
			"INSERT INTO shortlist_items (id, shortlist_id, creator_id, added_by, added_at) VALUES (1, 1, 1, 1, CURRENT_TIMESTAMP)",
		} {
			if err := d.Tx(ctx, func(tx *db.Tx) error { return tx.Exec(q).Error }); err != nil {
				t.Fatal(q, err)
			}
		}
		for person, want := range map[int64]string{1: "|Lea", 3: "|Lea", 2: ""} {
			got, err := privacy.TryNames(d.Read(ctx), map[string]any{"person": person, "negotiations": []int64{0}})
			if err != nil {
				t.Fatal(err)
			}
			if got["person"] != want || got["brand"] != "b1|Fonte" || got["creator"] != "c1|Penne" || got["account"] != "|tiktok @penne" || got["shortlist"] != "s1|Pasta" || got["item"] != "|Pasta: Penne" {
				t.Errorf("to person %d they are named %v", person, got)
			}
		}
	})
}

func TestEveryPeriodIsARule(t *testing.T) {
	t.Parallel()
	d := testkit.NewSQLite(t)
	s := privacy.NewStore(d, testkit.NewClock().Now, nil, nil, privacy.RetentionPeriods{Mails: 7})
	rules := map[string]privacy.RetentionRule{}
	for _, r := range s.RetentionRules() {
		rules[r.Name] = r
		if r.Days > 0 && r.Statement == "" && r.Name != "unclaimed" {
			t.Errorf("%s has days and clears nothing", r.Name)
		}
	}
	if rules["mails"].Days != 7 || rules["links"].Days != privacy.DefaultRetentionPeriods().Links {
		t.Errorf("the periods are %+v", rules)
	}
	for _, h := range privacy.Inventory() {
		if _, ok := rules[h.Period]; h.Period != "" && !ok {
			t.Errorf("%s goes by %s, which is no rule", h.Table, h.Period)
		}
	}
}

func TestWhatIsOverGoes(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, clock := context.Background(), testkit.NewClock()
		old, recent := clock.Now().AddDate(-3, 0, 0), clock.Now().Add(-time.Hour)
		for i, at := range []time.Time{old, recent} {
			for _, q := range []string{
				"INSERT INTO people (id, name, created_at) VALUES (@id, 'P', @at)",
				"INSERT INTO mails (key, person_id, subject, sent_at) VALUES (@key, @id, 'S', @at)",
				"INSERT INTO email_confirmations (token_hash, person_id, email, created_at, expires_at) VALUES (@key, @id, 'a@b.example', @at, @at)",
				"INSERT INTO creators (id, public_id, name, created_at, updated_at) VALUES (@id, @key, 'C', @at, @at)",
				"INSERT INTO creator_tribes (creator_id, tribe, known) VALUES (@id, 'food', 'imported')",
			} {
				err := d.Tx(ctx, func(tx *db.Tx) error {
					return tx.Exec(q, map[string]any{"id": i + 1, "key": strconv.Itoa(i), "at": at}).Error
				})
				if err != nil {
					t.Fatal(q, err)
				}
			}
		}
		s := privacy.NewStore(d, clock.Now, nil, nil, privacy.RetentionPeriods{})
		if _, err := s.DeleteExpiredData(ctx); err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"mails", "email_confirmations", "creators", "creator_tribes"} {
			var n int64
			d.Read(ctx).Raw("SELECT count(*) FROM " + table).Scan(&n)
			if n != 1 {
				t.Errorf("%s has %d rows", table, n)
			}
		}
	})
}

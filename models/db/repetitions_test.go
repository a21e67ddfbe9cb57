package db_test

import (
	"os"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models/db"
)

// The migration by which a negotiation can lead to several deals.
const (
	repetitions       = 57
	beforeRepetitions = repetitions - 1
)

// Every deal is the first of its negotiation, those that still run and repeat go on, and what
// refers to deals still does.
func TestDealsBecomeFirstCyclesAndBack(t *testing.T) {
	t.Parallel()
	rows, err := os.ReadFile("testdata/rows_18.sql")
	if err != nil {
		t.Fatal(err)
	}
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		for _, version := range []int64{beforeWordLists, beforeRepetitions} {
			if err := d.MigrateTo(ctx, version); err != nil {
				t.Fatal(err)
			}
			if version == beforeWordLists {
				exec(t, d, string(rows))
			}
		}
		deals, deliverables := count(t, d, "SELECT count(*) FROM deals"), count(t, d, "SELECT count(*) FROM deliverables")
		running := count(t, d, "SELECT count(*) FROM deals WHERE ended_at IS NULL AND id IN (SELECT deal_id FROM deliverables WHERE deadline_at IS NOT NULL)")
		if deals == 0 || deliverables == 0 || running == 0 || running == deals {
			t.Fatalf("%d deals, %d deliverables, %d running", deals, deliverables, running)
		}
		exec(t, d, "UPDATE deals SET ended_at = '2026-11-20 10:00:00+00:00', ended_by = 'brand', end_kind = 'reason' WHERE id = (SELECT max(id) FROM deals WHERE id NOT IN (SELECT deal_id FROM deliverables WHERE deadline_at IS NOT NULL))")
		repeating(t, d)
		before := contentOf(t, d)
		if err := d.MigrateTo(ctx, repetitions); err != nil {
			t.Fatal(err)
		}
		checkForeignKeys(t, d)
		for what, q := range map[string]string{
			"deals of the first cycle":       "SELECT count(*) FROM deals WHERE cycle = 1",
			"deals that can be told of":      "SELECT count(*) FROM deals d JOIN negotiations n ON n.id = d.negotiation_id AND n.public_id = d.negotiation",
			"deals as they are for the sums": "SELECT count(*) FROM deals WHERE objective = '' AND NOT open_commission",
		} {
			if n := count(t, d, q); n != deals {
				t.Errorf("%d %s, want %d", n, what, deals)
			}
		}
		if n := count(t, d, "SELECT count(*) FROM repetitions WHERE state = 'running' AND begun = 1 AND begins_at IS NOT NULL"); n != running {
			t.Errorf("%d repetitions, want %d", n, running)
		}
		if n := count(t, d, "SELECT count(*) FROM deliverables x JOIN deals d ON d.id = x.deal_id"); n != deliverables {
			t.Errorf("%d deliverables, want %d", n, deliverables)
		}
		for _, wrong := range []string{"UPDATE deals SET cycle = 2", "UPDATE deals SET terms = ''", "UPDATE deals SET ended_at = NULL, ended_by = NULL, end_kind = '' WHERE ended_at IS NOT NULL",
			"INSERT INTO deals (public_id, negotiation_id, brand_id, creator_id, product, fee_minor, currency, zone, agreed_at) SELECT 'twice', negotiation_id, brand_id, creator_id, product, fee_minor, currency, zone, agreed_at FROM deals LIMIT 1"} {
			if err := d.Read(ctx).Exec(wrong).Error; err == nil {
				t.Errorf("the database let pass: %s", wrong)
			}
		}
		exec(t, d, "INSERT INTO deals (public_id, negotiation_id, cycle, brand_id, creator_id, product, fee_minor, currency, zone, agreed_at) SELECT 'second', negotiation_id, 2, brand_id, creator_id, product, fee_minor, currency, zone, agreed_at FROM deals LIMIT 1")
		if err := d.MigrateTo(ctx, beforeRepetitions); err != nil {
			t.Fatal(err)
		}
		checkForeignKeys(t, d)
		for table, was := range before {
			if now := contentOf(t, d)[table]; now != was {
				t.Errorf("%s was\n%s\nand is\n%s", table, was, now)
			}
		}
	})
}

// repeating makes all deals repeat, which none of that time does.
func repeating(t *testing.T, d *db.DB) {
	t.Helper()
	if d.Dialect == db.Postgres {
		exec(t, d, "ALTER TABLE deals DISABLE TRIGGER deals_terms")
		exec(t, d, `UPDATE deals SET terms = jsonb_set(terms::jsonb, '{repetition}', '{"months": 3}')::text`)
		exec(t, d, "ALTER TABLE deals ENABLE TRIGGER deals_terms")
		return
	}
	var trigger string
	if err := d.Read(ctx).Raw("SELECT sql FROM sqlite_schema WHERE name = 'deals_terms'").Scan(&trigger).Error; err != nil {
		t.Fatal(err)
	}
	exec(t, d, "DROP TRIGGER deals_terms")
	exec(t, d, `UPDATE deals SET terms = json_set(terms, '$.repetition', json_object('months', 3))`)
	exec(t, d, trigger)
}

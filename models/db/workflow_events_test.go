package db_test

import (
	"os"
	"path/filepath"
	"testing"

	"tribemarket/internal/testkit/pgserver"
	"tribemarket/models/db"
)

// The migration that makes events those of any subject.
const workflowEvents = 21

const linesOfDeals = `INSERT INTO deal_events (id, proposal_id, deal_id, at, version, side, action, from_state, to_state, note)
	SELECT 100 + id, proposal_id, id, agreed_at, 2, 'brand', 'end', 'production', 'ended', 'Enough' FROM deals;
INSERT INTO deal_events (id, proposal_id, deal_id, deliverable_id, at, version, side, action, from_state, to_state, note, url)
	SELECT 200 + x.id, d.proposal_id, d.id, x.id, x.entered_at, 2, 'creator', 'submit_draft', 'drafting', 'review', 'First cut', 'https://drive.example/1'
	FROM deliverables x JOIN deals d ON d.id = x.deal_id;`

func TestTheHistoryMovesWithEveryRow(t *testing.T) {
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
			migrate(workflowEvents - 1)
			if _, err := d.SQLPool().ExecContext(ctx, linesOfDeals); err != nil {
				t.Fatal(err)
			}
			schema, content := schemaOf(t, d), contentOf(t, d)
			all := count(t, d, "SELECT count(*) FROM deal_events")
			migrate(workflowEvents)
			if n := count(t, d, "SELECT count(*) FROM workflow_events"); n != all || n < 3 {
				t.Errorf("%d of %d lines", n, all)
			}
			wrong := count(t, d, `SELECT count(*) FROM workflow_events e WHERE root_kind <> 'proposal' OR NOT EXISTS (SELECT 1 FROM proposals p WHERE p.id = e.root_id)
				OR subject_kind = 'proposal' AND subject_id <> root_id
				OR subject_kind = 'deal' AND NOT EXISTS (SELECT 1 FROM deals x WHERE x.id = e.subject_id AND x.proposal_id = e.root_id)
				OR subject_kind = 'deliverable' AND NOT EXISTS (SELECT 1 FROM deliverables x JOIN deals d ON d.id = x.deal_id WHERE x.id = e.subject_id AND d.proposal_id = e.root_id)`)
			if wrong != 0 {
				t.Errorf("%d lines are about something else", wrong)
			}
			if _, err := d.SQLPool().ExecContext(ctx, "INSERT INTO workflow_events (subject_kind, subject_id, root_kind, root_id, at, version, side, action) VALUES ('proposal', 77, 'proposal', 77, '2026-11-20 09:00:00+00:00', 1, 'brand', 'propose')"); err != nil {
				t.Errorf("the next line has no number: %v", err)
			}
			for _, change := range []string{"UPDATE workflow_events SET note = 'x'", "UPDATE workflow_events SET to_state = 'x'", "DELETE FROM workflow_events"} {
				if _, err := d.SQLPool().ExecContext(ctx, change); err == nil {
					t.Errorf("%s was let through", change)
				}
			}
			if _, err := d.SQLPool().ExecContext(ctx, dropGuard[d.Dialect]+"; DELETE FROM workflow_events WHERE subject_id = 77"); err != nil {
				t.Fatal(err)
			}
			migrate(workflowEvents - 1)
			compare(t, "rows, taken back", contentOf(t, d), content)
			compare(t, "schema, taken back", schemaOf(t, d), schema)
		})
	}
}

var dropGuard = map[db.Dialect]string{
	db.SQLite:   "DROP TRIGGER workflow_events_kept",
	db.Postgres: "DROP TRIGGER workflow_events_kept ON workflow_events",
}

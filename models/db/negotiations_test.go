package db_test

import (
	"fmt"
	"os"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models/db"
)

// The migration that turns proposals into negotiations, and the one before it.
const (
	negotiations       = 39
	beforeNegotiations = 38
)

// Every proposal becomes a negotiation with one offer, and every deal keeps what was agreed;
// taken back, nothing of what they were is lost.
func TestProposalsBecomeNegotiationsAndBack(t *testing.T) {
	t.Parallel()
	rows, err := os.ReadFile("testdata/rows_18.sql")
	if err != nil {
		t.Fatal(err)
	}
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		for _, version := range []int64{beforeWordLists, beforeNegotiations} {
			if err := d.MigrateTo(ctx, version); err != nil {
				t.Fatal(err)
			}
			if version == beforeWordLists {
				exec(t, d, string(rows))
			}
		}
		for i, state := range []string{"open", "declined", "withdrawn", "expired"} {
			closed := "NULL"
			if state != "open" {
				closed = "'2026-11-20 10:00:00+00:00'"
			}
			id := 900 + i
			exec(t, d, fmt.Sprintf(`INSERT INTO proposals (id, public_id, brand_id, creator_id, sent_by, state, version, message, product, fee_minor, currency, in_kind, in_kind_minor, usage_days, disclosure, form_key, sent_at, expires_at, closed_at, category, zone, brand_zone)
				SELECT %d, 'p%d', brand_id, creator_id, sent_by, '%s', 2, 'A "message"', 'Pan & lid', %d, 'EUR', '%s', %d, %d, 'Ad', 'key%d', sent_at, expires_at, %s, 'food', 'Europe/Paris', 'Europe/Berlin' FROM proposals WHERE id = (SELECT min(id) FROM proposals)`,
				id, id, state, 5000*(i%2), []string{"One pan", ""}[i%2], 900*(1-i%2), 30*i, id, closed))
			exec(t, d, fmt.Sprintf("INSERT INTO proposal_deliverables (id, proposal_id, number, content_type, format, platform, due_on) VALUES (%d, %d, 1, 'review', 'video', 'tiktok', '2026-12-24'), (%d, %d, 2, 'unboxing', 'story', 'instagram', '2026-12-31')", 2*id, id, 2*id+1, id))
			exec(t, d, fmt.Sprintf(`INSERT INTO workflow_events (id, subject_kind, subject_id, root_kind, root_id, at, version, side, action, from_state, to_state)
				VALUES (%d, 'proposal', %d, 'proposal', %d, '2026-11-20 10:00:00+00:00', 1, 'brand', 'send', '', 'open'), (%d, 'proposal', %d, 'proposal', %d, '2026-11-20 10:00:00+00:00', 2, 'creator', 'x', 'open', '%s')`, 2*id, id, id, 2*id+1, id, id, state))
		}
		const days = "SELECT count(*) FROM proposal_deliverables WHERE due_on > '2026-12-23' AND proposal_id >= 900"
		content, dues := contentOf(t, d), count(t, d, days)
		delete(content, "proposal_deliverables") // they get other ids
		proposals, deals := content["proposals"], count(t, d, "SELECT count(*) FROM deals")
		if proposals == "" || deals == 0 {
			t.Fatalf("nothing to migrate: %q, %d deals", proposals, deals)
		}
		if err := d.MigrateTo(ctx, negotiations); err != nil {
			t.Fatal(err)
		}
		checkForeignKeys(t, d)
		for what, q := range map[string]string{
			"a negotiation without its one offer": "SELECT count(*) FROM negotiations n WHERE offer <> 1 OR 1 <> (SELECT count(*) FROM offers o WHERE o.negotiation_id = n.id AND o.number = 1 AND o.side = 'brand' AND o.sent_by = n.begun_by)",
			"a state of before":                   "SELECT count(*) FROM negotiations WHERE state NOT IN ('with_creator', 'agreed', 'declined', 'withdrawn', 'expired')",
			"an event of before":                  "SELECT count(*) FROM workflow_events WHERE root_kind = 'proposal' OR subject_kind = 'proposal' OR to_state = 'open' OR from_state = 'open'",
			"a deal with other terms":             "SELECT count(*) FROM deals d WHERE terms IS DISTINCT FROM (SELECT o.terms FROM offers o WHERE o.negotiation_id = d.negotiation_id) OR terms = ''",
		} {
			if n := count(t, d, q); n != 0 {
				t.Errorf("%d times %s", n, what)
			}
		}
		for what, q := range map[string]string{
			"the open one waits for its creator": "SELECT count(*) FROM negotiations WHERE id = 900 AND state = 'with_creator' AND closed_at IS NULL",
			"its terms are whole":                `SELECT count(*) FROM offers WHERE negotiation_id = 900 AND terms LIKE '%One pan%' AND terms LIKE '%2026-12-31%' AND message = 'A "message"'`,
			"its days are there":                 "SELECT count(*) - 1 FROM offered_days WHERE negotiation_id = 900",
		} {
			if n := count(t, d, q); n != 1 {
				t.Errorf("%s: %d rows", what, n)
			}
		}
		if err := d.MigrateTo(ctx, beforeNegotiations); err != nil {
			t.Fatal(err)
		}
		back := contentOf(t, d)
		delete(back, "proposal_deliverables")
		compare(t, "rows, taken back", back, content)
		if n := count(t, d, days); n != dues || n != 8 {
			t.Errorf("%d deliverables of %d came back", n, dues)
		}
		checkForeignKeys(t, d)
	})
}

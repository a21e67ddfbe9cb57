package negotiation_test

import (
	"context"
	"strings"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
	"tribemarket/models/workflow/run"
)

// A counter-offer asks little, and nothing about what the creator did before.
func TestACounterOfferDoesNotReadTheRecord(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		x := newTable(t, d)
		for i, by := range []models.Actor{x.Creator, x.Brand} {
			n := 0
			ctx := db.WithStatementObserver(context.Background(), func(statement string) {
				n++
				for _, table := range []string{"FROM deals", "creator_activity", "'agreed'", `"agreed"`} {
					if strings.Contains(statement, table) {
						t.Errorf("it reads %s: %s", table, statement)
					}
				}
			})
			answer := x.answer(i+1, []string{"510", "520"}[i])
			_, err := x.Negotiations.Counter(ctx, by, x.id, answer)
			x.Must(err)
			if n > 6 {
				t.Errorf("%d statements", n)
			}
		}
	})
}

// The months in which a creator is asked for work follow the latest offer.
func TestTheMonthsOfWorkFollowTheLatestOffer(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		x := newTable(t, d)
		busy := func() (busy string) {
			x.Must(d.Read(context.Background()).Raw("SELECT busy FROM creator_activity WHERE creator_id = ?", x.Creator.CreatorID).Scan(&busy).Error)
			return busy
		}
		days := func() (days string) {
			x.Must(d.Read(context.Background()).Raw("SELECT string_agg(due_on, ' ') FROM offered_days").Scan(&days).Error)
			return days
		}
		for i, step := range []struct{ due, busy string }{
			{"2026-12-20", "2026-12:1"}, {"2026-12-21", "2026-12:1"}, {"2027-01-08", "2027-01:1"}, {"2027-01-08", "2027-01:1"},
		} {
			answer := x.answer(i+1, []string{"510", "520"}[i%2])
			answer.Form.Deliverables = []terms.DeliverableForm{due(step.due)}
			_, err := x.Negotiations.Counter(context.Background(), []models.Actor{x.Creator, x.Brand}[i%2], x.id, answer)
			x.Must(err)
			if busy() != step.busy || days() != step.due {
				t.Errorf("asked for %s, it is %q, on %s", step.due, busy(), days())
			}
		}
		// Of an offer whose clock was held when its time ran out, the next one counts again.
		hold := run.Hold{SubjectKind: negotiation.Table.Subject, SubjectID: 1, Reason: "a test", BeganAt: x.Clock.Now()}
		x.Create(&hold)
		x.Clock.Advance(30 * dealtest.Day)
		other := x.Propose(due("2027-02-02"))
		x.Must(x.Negotiations.Decline(context.Background(), x.Creator, other, 1, "No."))
		if busy() != "" {
			t.Errorf("over, it still counts: %q", busy())
		}
		answer := x.answer(5, "530")
		answer.Form.Deliverables = []terms.DeliverableForm{due("2027-01-08")}
		_, err := x.Negotiations.Counter(context.Background(), x.Creator, x.id, answer)
		x.Must(err)
		if busy() != "2027-01:1" {
			t.Errorf("open again, it is %q", busy())
		}
	})
}

// What the program does by itself bears no person's name, also in somebody's verb.
func TestAnExpiryFoundByACounterOfferIsNobodys(t *testing.T) {
	t.Parallel()
	x := newTable(t, testkit.NewSQLite(t))
	x.Clock.Advance(30 * dealtest.Day)
	if err := x.counter(x.Creator, 1, "510"); models.CodeOf(err) != models.CodeConflict {
		t.Fatal(err)
	}
	events := x.get(x.Creator).Events
	if last := events[len(events)-1]; last.To != "expired" || last.Side != models.SideSystem {
		t.Errorf("%+v", last)
	}
	if n := x.Count("SELECT count(*) FROM workflow_events WHERE to_state = 'expired' AND person_name = '' AND brand_name <> '' AND creator_name <> ''"); n != 1 {
		t.Errorf("%d expiries without a person's name", n)
	}
}

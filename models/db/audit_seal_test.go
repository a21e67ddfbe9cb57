package db_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/db"
)

func TestTheTablesOfTheAuditChainAreAsTheModelsSay(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		testkit.CheckSameColumns(t, d, db.AuditEvent{}, db.AuditSeal{}, db.Block{})
	})
}

// audited writes events as different people from different addresses, some from a job.
func audited(t *testing.T, d *db.DB, n int) {
	t.Helper()
	err := d.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Exec("INSERT INTO people (id, name, created_at) VALUES (7, 'A', ?), (8, 'B', ?) ON CONFLICT DO NOTHING", testkit.ClockStart, testkit.ClockStart).Error; err != nil {
			return err
		}
		for i := range n {
			c := models.WithOrigin(ctx, models.Origin{Address: fmt.Sprintf("192.0.2.%d", i%200), RequestID: fmt.Sprint("r", i)})
			if err := tx.WriteAudit(c, db.AuditEntry{At: testkit.ClockStart.Add(time.Duration(i) * time.Second), PersonID: 7 * int64(i%2), Action: "test.done", Subject: db.AuditSubject("thing", int64(i)), Detail: map[string]string{"k": fmt.Sprint(i)}}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func seal(t *testing.T, d *db.DB) db.AuditHead {
	t.Helper()
	head, _, err := d.SealAuditEvents(ctx, testkit.ClockStart.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	return head
}

func verdict(t *testing.T, d *db.DB, earlier db.AuditHead) db.AuditVerdict {
	t.Helper()
	v, err := d.VerifyAuditChain(ctx, earlier)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// tamper does what somebody with the database's password can: without triggers.
func tamper(t *testing.T, d *db.DB, statements ...string) {
	t.Helper()
	err := d.Tx(ctx, func(tx *db.Tx) error {
		for _, s := range statements {
			if err := tx.Exec(s).Error; err != nil {
				return fmt.Errorf("%s: %w", s, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func dropTriggers(t *testing.T, d *db.DB) {
	t.Helper()
	for _, table := range []string{"audit_events", "audit_seals"} {
		for _, kind := range []string{"fixed", "kept", "forgotten"} {
			if table+kind == "audit_sealsforgotten" {
				continue
			}
			s := "DROP TRIGGER " + table + "_" + kind
			if d.Dialect == db.Postgres {
				s += " ON " + table
			}
			tamper(t, d, s)
		}
	}
}

func TestTheChainHoldsAndCountsWhatIsNotInItYet(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		if v := verdict(t, d, db.AuditHead{}); !v.Holds() || v.Head.Seq != 0 || v.Unsealed != 0 {
			t.Errorf("an empty log: %+v", v)
		}
		audited(t, d, 1203)
		head := seal(t, d)
		audited(t, d, 3)
		v := verdict(t, d, head)
		if !v.Holds() || v.Head != head || head.Seq != 1203 || v.Unsealed != 3 {
			t.Errorf("%+v with the head %s", v, head)
		}
		later := seal(t, d)
		if v := verdict(t, d, head); !v.Holds() || v.Head != later || later.Seq != 1206 || v.Unsealed != 0 {
			t.Errorf("after the second sealing %+v", v)
		}
		if again := seal(t, d); again != later {
			t.Errorf("sealing nothing moved the head to %s", again)
		}
		if read, err := db.ParseAuditHead(later.String()); err != nil || read != later {
			t.Errorf("the head reads as %s: %v", read, err)
		}
	})
}

func TestOneSealerAtATimeLeavesOneChain(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		audited(t, d, 40)
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() {
				if _, _, err := d.SealAuditEvents(ctx, testkit.ClockStart); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if v := verdict(t, d, db.AuditHead{}); !v.Holds() || v.Head.Seq != 40 {
			t.Errorf("%+v", v)
		}
	})
}

func TestAnAddressCanBeForgottenAndTheChainHolds(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		audited(t, d, 20)
		head := seal(t, d)
		tamper(t, d, "UPDATE audit_events SET address = '' WHERE id <= (SELECT event_id FROM audit_seals WHERE seq = 10)")
		if n := count(t, d, "SELECT count(*) FROM audit_events e JOIN audit_seals s ON s.event_id = e.id WHERE address = '' AND salt = ''"); n != 10 {
			t.Errorf("%d are forgotten", n)
		}
		if v := verdict(t, d, head); !v.Holds() || v.Head != head {
			t.Errorf("%+v", v)
		}
	})
}

func TestTheDatabaseLetsNothingElseChange(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		audited(t, d, 2)
		seal(t, d)
		all := []string{"DELETE FROM audit_events", "DELETE FROM audit_seals",
			"UPDATE audit_events SET address = '198.51.100.1'", "UPDATE audit_events SET address = '', detail = '{}'",
			"UPDATE audit_seals SET salt = 'x'", "UPDATE audit_seals SET salt = '', seq = seq + 10"}
		for _, c := range []string{"action", "subject", "detail", "request_id"} {
			all = append(all, "UPDATE audit_events SET "+c+" = 'x'")
		}
		for _, c := range []string{"address_digest", "hash"} {
			all = append(all, "UPDATE audit_seals SET "+c+" = '"+strings.Repeat("a", 64)+"' WHERE seq = 1")
		}
		all = append(all, "UPDATE audit_events SET person_id = NULL WHERE person_id IS NOT NULL", "UPDATE audit_events SET at = '2020-01-01 00:00:00+00:00'",
			"UPDATE audit_seals SET sealed_at = '2020-01-01 00:00:00+00:00'")
		if d.Dialect == db.Postgres {
			all = append(all, "TRUNCATE audit_events, audit_seals")
		}
		for _, s := range all {
			if err := d.Tx(ctx, func(tx *db.Tx) error { return tx.Exec(s).Error }); err == nil {
				t.Errorf("%s was let through", s)
			}
		}
	})
}

// flips change one column of a sealed event, or of its link, each to something
// that {i} and {time} make new.
var flips = map[string]string{
	"at":             "UPDATE audit_events SET at = '{time}' WHERE id = {id}",
	"person":         "UPDATE audit_events SET person_id = 8 WHERE id = {id}",
	"no person":      "UPDATE audit_events SET person_id = CASE WHEN person_id IS NULL THEN 7 END WHERE id = {id}",
	"action":         "UPDATE audit_events SET action = action || '{i}' WHERE id = {id}",
	"subject":        "UPDATE audit_events SET subject = 'thing:9{i}' WHERE id = {id}",
	"detail":         "UPDATE audit_events SET detail = '{\"k\":\"x{i}\"}' WHERE id = {id}",
	"address":        "UPDATE audit_events SET address = '198.51.100.{i}' WHERE id = {id}",
	"address gone":   "UPDATE audit_events SET address = '' WHERE id = {id}",
	"request":        "UPDATE audit_events SET request_id = 'q{i}' WHERE id = {id}",
	"salt":           "UPDATE audit_seals SET salt = 'x{i}' WHERE event_id = {id}",
	"salt gone":      "UPDATE audit_seals SET salt = '' WHERE event_id = {id}",
	"address digest": "UPDATE audit_seals SET address_digest = 'x{i}' WHERE event_id = {id}",
	"hash":           "UPDATE audit_seals SET hash = substr('{i}' || hash, 1, 64) WHERE event_id = {id}",
	"sealed at":      "UPDATE audit_seals SET sealed_at = '{time}' WHERE event_id = {id}",
	"seq":            "UPDATE audit_seals SET seq = 100000 + {i} WHERE event_id = {id}",
	"id": `INSERT INTO audit_events (id, at, person_id, action, subject, detail, address, request_id)
			SELECT 50000 + {i}, at, person_id, action, subject, detail, address, request_id FROM audit_events WHERE id = {id};
		UPDATE audit_seals SET event_id = 50000 + {i} WHERE event_id = {id};
		DELETE FROM audit_events WHERE id = {id}`,
}

// errUndone is what a test's transaction ends with, so that the next flip meets a whole chain.
var errUndone = errors.New("undone")

func TestEveryChangeOfASealedEventIsDetected(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		const n = 30
		audited(t, d, n)
		head := seal(t, d)
		dropTriggers(t, d)
		r := rand.New(rand.NewPCG(1, 2))
		tried := 0
		for name, flip := range flips {
			for i := range 100 {
				at := 1 + r.Int64N(n)
				id := count(t, d, fmt.Sprintf("SELECT event_id FROM audit_seals WHERE seq = %d", at))
				err := d.Tx(ctx, func(tx *db.Tx) error {
					for _, s := range strings.Split(flip, ";") {
						s = strings.NewReplacer("{id}", fmt.Sprint(id), "{i}", fmt.Sprint(i), "{time}", testkit.ClockStart.AddDate(-1, 0, i).Format(time.DateTime+"+00:00")).Replace(s)
						if err := tx.Exec(s).Error; err != nil {
							return err
						}
					}
					v, err := tx.VerifyAuditChain(db.AuditHead{})
					if err != nil {
						return err
					}
					tried++
					broken := v.Broken == at || name == "hash" && v.Broken == at+1
					if v.Holds() || !broken {
						t.Errorf("%s of link %d: %+v", name, at, v)
					}
					return errUndone
				})
				if !errors.Is(err, errUndone) {
					t.Fatalf("%s: %v", name, err)
				}
			}
		}
		if v := verdict(t, d, head); !v.Holds() || tried != 100*len(flips) {
			t.Errorf("after %d flips: %+v", tried, v)
		}
	})
}

func TestDeletionInsertionReorderingAndTruncationAreDetected(t *testing.T) {
	t.Parallel()
	swap := func(a, b int) []string {
		set := "UPDATE audit_seals SET seq = %d WHERE seq = %d"
		return []string{fmt.Sprintf(set, 9999, a), fmt.Sprintf(set, a, b), fmt.Sprintf(set, b, 9999)}
	}
	for name, c := range map[string]struct {
		do      []string
		broken  int64
		against bool // needs a head that was noted
	}{
		"an event deleted":          {[]string{"DELETE FROM audit_seals WHERE seq = 5", "DELETE FROM audit_events WHERE id NOT IN (SELECT event_id FROM audit_seals)"}, 5, false},
		"the first deleted":         {[]string{"DELETE FROM audit_seals WHERE seq = 1", "DELETE FROM audit_events WHERE id NOT IN (SELECT event_id FROM audit_seals)"}, 1, false},
		"a gap closed":              {[]string{"DELETE FROM audit_seals WHERE seq = 5", "UPDATE audit_seals SET seq = -seq WHERE seq > 5", "UPDATE audit_seals SET seq = -seq - 1 WHERE seq < 0"}, 5, false},
		"an event inserted":         {[]string{"UPDATE audit_seals SET seq = -seq WHERE seq > 5", "UPDATE audit_seals SET seq = -seq + 1 WHERE seq < 0", "INSERT INTO audit_events (id, at, action) VALUES (777, '2026-11-20 09:00:00+00:00', 'x')", "INSERT INTO audit_seals (seq, event_id, salt, address_digest, hash, sealed_at) VALUES (6, 777, '', '', '" + strings.Repeat("b", 64) + "', '2026-11-20 09:00:00+00:00')"}, 6, false},
		"links swapped":             {swap(4, 9), 4, false},
		"events of links swapped":   {[]string{"UPDATE audit_events SET action = 'test.other' WHERE id = (SELECT event_id FROM audit_seals WHERE seq = 4)"}, 4, false},
		"the end cut off":           {[]string{"DELETE FROM audit_seals WHERE seq > 15", "DELETE FROM audit_events WHERE id NOT IN (SELECT event_id FROM audit_seals)"}, 16, true},
		"everything cut off":        {[]string{"DELETE FROM audit_seals", "DELETE FROM audit_events"}, 1, true},
		"the end written otherwise": {[]string{"DELETE FROM audit_seals WHERE seq > 15"}, 20, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
				audited(t, d, 20)
				head := seal(t, d)
				dropTriggers(t, d)
				tamper(t, d, c.do...)
				if name == "the end written otherwise" { // sealed anew, by rule
					seal(t, d)
				}
				if v := verdict(t, d, db.AuditHead{}); v.Holds() != c.against {
					t.Errorf("without a head: %+v", v)
				}
				if v := verdict(t, d, head); v.Holds() || v.Broken != c.broken {
					t.Errorf("against %s: %+v", head, v)
				}
			})
		})
	}
}

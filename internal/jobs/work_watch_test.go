package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"tribemarket/internal/config"
	"tribemarket/internal/jobs"
	"tribemarket/internal/mail"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
)

// outbox keeps mails, or refuses them.
type outbox struct {
	mu      sync.Mutex
	refuses bool
	sent    []mail.Message
}

// Send is part of mail.Sender.
func (o *outbox) Send(_ context.Context, m mail.Message) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.refuses {
		return errors.New("no route to host")
	}
	o.sent = append(o.sent, m)
	return nil
}

// Reaches is part of mail.Sender.
func (*outbox) Reaches(context.Context, string) bool { return true }

// take gives the mails that were sent since.
func (o *outbox) take() []mail.Message {
	o.mu.Lock()
	defer o.mu.Unlock()
	all := o.sent
	o.sent = nil
	return all
}

// No worker runs here: that work stands still is told all the same, by one of two nodes.
func TestTheOperatorIsToldOnceThatWorkStandsStill(t *testing.T) {
	t.Parallel()
	for name, start := range map[string]func(testing.TB, ...func(*config.Config)) *apptest.App{"sqlite": apptest.New, "postgres": apptest.NewOnPostgres} {
		t.Run(name, func(t *testing.T) { t.Parallel(); tellOfStoppedWork(t, start(t)) })
	}
}

func tellOfStoppedWork(t *testing.T, a *apptest.App) {
	box := &outbox{}
	watch := func(node *apptest.App) *jobs.Jobs {
		return &jobs.Jobs{Stores: node.Stores, DB: node.DB, Mail: box, BaseURL: a.URL, Operator: "operator@example.test", Clock: a.Clock.Now, Log: slog.New(slog.DiscardHandler)}
	}
	nodes := []*jobs.Jobs{watch(a), watch(a.StartNode(t))}
	check := func(wait time.Duration) []mail.Message {
		t.Helper()
		a.Clock.Advance(wait)
		var all sync.WaitGroup
		for _, n := range nodes {
			all.Go(func() {
				if err := n.CheckWork(ctx); err != nil && !box.refuses {
					t.Error(err)
				}
			})
		}
		all.Wait()
		return box.take()
	}
	// Regular work is out of the picture.
	a.Moderation.Work, nodes[1].Moderation.Work = nil, nil
	if told := check(0); len(told) != 0 {
		t.Fatalf("told without a reason: %+v", told)
	}
	enqueue := func(args river.JobArgs) {
		t.Helper()
		if err := a.DB.Tx(ctx, func(tx *db.Tx) error { return tx.Enqueue(args, nil) }); err != nil {
			t.Fatal(err)
		}
	}
	enqueue(accounts.EmailConfirmationArgs{PersonID: 1, Email: "ann@mail.example", Secret: "s3cret"})
	execute(t, a, "UPDATE river_job SET scheduled_at = ?", a.Clock.Now())
	if told := check(4 * time.Minute); len(told) != 0 {
		t.Errorf("told too early: %+v", told)
	}
	box.refuses = true
	check(2 * time.Minute)
	box.refuses = false
	told := check(6 * time.Minute)
	if len(told) != 1 || told[0].To != "operator@example.test" || told[0].Subject != "Background work on Test market is not running" {
		t.Fatalf("after a mail server that refused: %+v", told)
	}
	for _, words := range []string{"accounts.confirm: overdue for 12 minutes and not started", a.URL + "/admin/work"} {
		if !strings.Contains(told[0].Text, words) {
			t.Errorf("%q is not in %s", words, told[0].Text)
		}
	}
	if strings.Contains(told[0].Text+told[0].HTML, "ann@") || strings.Contains(told[0].Text, "s3cret") {
		t.Errorf("it tells of a person: %s", told[0].Text)
	}
	for range 3 {
		if told := check(time.Hour); len(told) != 0 {
			t.Errorf("told again: %+v", told)
		}
	}
	if told := check(22 * time.Hour); len(told) != 1 {
		t.Errorf("told %d times a day later", len(told))
	}
	enqueue(accounts.PasswordResetArgs{Email: "ben@mail.example", Secret: "s3cret"})
	execute(t, a, "UPDATE river_job SET scheduled_at = ? WHERE kind = 'accounts.reset'", a.Clock.Now())
	if told := append(check(3*time.Minute), check(time.Minute)...); len(told) != 0 {
		t.Errorf("told of the second before it stands still: %+v", told)
	}
	told = check(2 * time.Minute)
	if len(told) != 1 || !strings.Contains(told[0].Text, "accounts.confirm: overdue for") || !strings.Contains(told[0].Text, "accounts.reset: overdue for 6 minutes") {
		t.Errorf("when a second kind stands still: %+v", told)
	}
	finish := func(kind string) {
		execute(t, a, "UPDATE river_job SET state = 'completed', finalized_at = ? WHERE kind = ?", a.Clock.Now(), kind)
	}
	restart := func() {
		enqueue(accounts.PasswordResetArgs{Email: "ben@mail.example", Secret: "s3cret"})
		execute(t, a, "UPDATE river_job SET scheduled_at = ? WHERE kind = 'accounts.reset' AND state <> 'completed'", a.Clock.Now().Add(-time.Hour))
	}
	finish("accounts.reset")
	if told := append(check(time.Minute), check(5*time.Minute)...); len(told) != 0 {
		t.Errorf("told that one of two runs: %+v", told)
	}
	restart()
	if told := append(check(time.Minute), check(time.Minute)...); len(told) != 0 {
		t.Errorf("told of a kind that ran for some minutes: %+v", told)
	}
	finish("accounts.reset")
	if told := append(check(time.Minute), check(10*time.Minute)...); len(told) != 0 {
		t.Errorf("told that one of two runs: %+v", told)
	}
	restart()
	if told := append(check(time.Minute), check(time.Minute)...); len(told) != 1 {
		t.Errorf("told %d times of a kind that had run again", len(told))
	}
	finish("accounts.reset")
	finish("accounts.confirm")
	if told := append(check(time.Minute), check(5*time.Minute)...); len(told) != 0 {
		t.Errorf("told before it is sure: %+v", told)
	}
	if told := check(6 * time.Minute); len(told) != 1 || told[0].Subject != "Background work on Test market is running again" {
		t.Errorf("when it runs again: %+v", told)
	}
	if told := check(24 * time.Hour); len(told) != 0 {
		t.Errorf("told though all is well: %+v", told)
	}
}

func execute(t *testing.T, a *apptest.App, statement string, args ...any) {
	t.Helper()
	if err := a.DB.Tx(ctx, func(tx *db.Tx) error { return tx.Exec(statement, args...).Error }); err != nil {
		t.Fatal(err)
	}
}

package contracts_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/db"
	"tribemarket/models/notifications"
)

func TestASideRemindsTheOtherOnceADay(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		deal := w.AgreeWithContract()
		remind := func(a models.Actor, version int) error {
			return w.Contracts.Remind(ctx, a, w.Contract(deal).PublicID, version)
		}
		w.SaveIdentity(w.Brand)
		w.Must(remind(w.Brand, w.Contract(deal).Version)) // to say who they are
		dealtest.WantCode(t, remind(w.Creator, w.Contract(deal).Version), models.CodeConflict)
		w.SaveIdentity(w.Creator)
		c := w.PrepareContract(deal)
		viewer := w.Brand
		viewer.Role = models.RoleViewer
		dealtest.WantCode(t, remind(w.OtherBrand, c.Version), models.CodeNotFound)
		dealtest.WantCode(t, remind(models.Actor{}, c.Version), models.CodeSignIn)
		dealtest.WantCode(t, remind(viewer, c.Version), models.CodeForbidden)
		w.Clock.Advance(25 * time.Hour)
		w.Must(w.Sign(w.Brand, c))
		c = w.Contract(deal)
		dealtest.WantCode(t, remind(w.Creator, c.Version), models.CodeConflict) // the brand has signed
		dealtest.WantCode(t, remind(w.Brand, c.Version-1), models.CodeConflict) // the page is stale

		before := w.Events()
		var clicks sync.WaitGroup
		for range 50 {
			clicks.Go(func() {
				if err := remind(w.Brand, c.Version); err != nil {
					t.Error(err)
				}
			})
		}
		clicks.Wait()
		now := w.Contract(deal)
		if n := w.Events() - before; n != 1 || now.Version != c.Version+1 || now.State != contracts.SignedByOne || !now.DeadlineAt.Equal(*c.DeadlineAt) || !now.EnteredAt.Equal(c.EnteredAt) {
			t.Errorf("fifty clicks wrote %d lines: %+v", n, now)
		}
		var data string
		w.Must(d.Read(ctx).Raw("SELECT data FROM notification_events WHERE kind = ? ORDER BY id DESC LIMIT 1", notifications.ContractSigning).Scan(&data).Error)
		answer, err := w.Deals.ContractReceivers(ctx, notifications.Event{Data: []byte(data)})
		if err != nil || len(answer.To) != 1 || answer.To[0].PersonID != w.Creator.PersonID {
			t.Errorf("the reminder goes to %+v %v", answer.To, err)
		}
		err = remind(w.Brand, now.Version) // from the page that shows the reminder
		if models.CodeOf(err) != models.CodeConflict || !strings.Contains(err.Error(), "contracts.error.reminded") {
			t.Errorf("a second one on the same day: %v", err)
		}
		w.Clock.Advance(24 * time.Hour)
		w.Must(remind(w.Brand, now.Version))
		w.Must(w.Sign(w.Creator, c))
		dealtest.WantCode(t, remind(w.Brand, w.Contract(deal).Version), models.CodeConflict)
		if n := w.Count("SELECT count(*) FROM workflow_events WHERE action = 'remind' AND side = 'brand'"); n != 3 {
			t.Errorf("the history has %d reminders", n)
		}
	})
}

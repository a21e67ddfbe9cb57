package privacy_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/accounts"
	"tribemarket/models/deals"
	"tribemarket/models/notifications"
)

// An erasure waits for the deal that runs, and happens once the other side has ended it, or at
// the latest 28 days after it was asked for.
func TestAnErasureWaitsForRunningDeals(t *testing.T) {
	t.Parallel()
	for name, otherEnds := range map[string]bool{"the other side ends": true, "nobody acts": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, h := context.Background(), apptest.New(t)
			brand := h.SignUpBrand(t, "fonte")
			creator, id := h.JoinCreator(t, "penne.sandbox")
			deal := h.Agree(t, brand, creator, id)
			erased, err := h.Privacy.AskErasure(ctx, creator, "Bye")
			if err != nil || erased {
				t.Fatalf("with a running deal: erased %v, %v", erased, err)
			}
			gone := func() bool {
				t.Helper()
				apptest.Must(t, h.Negotiations.FollowAway(ctx))
				_, err := h.Workflow.Sweep(ctx)
				apptest.Must(t, err)
				_, err = h.Privacy.EraseLeaving(ctx)
				apptest.Must(t, err)
				var n int
				apptest.Must(t, h.DB.Read(ctx).Raw("SELECT count(*) FROM people WHERE id = ? AND erased_at IS NOT NULL", creator.PersonID).Scan(&n).Error)
				return n > 0
			}
			l, err := h.Privacy.PreviewErasure(ctx, creator)
			if err != nil || l.Asked == nil || len(l.Owed) != 1 || l.Owed[0].Deal != deal || l.Owed[0].EndsAt == nil {
				t.Fatalf("it waits for %+v, %v", l, err)
			}
			if gone() {
				t.Fatal("erased while the deal runs")
			}
			h.Clock.Advance((deals.HoldDays + 1) * 24 * time.Hour)
			if gone() {
				t.Fatal("erased before the other side acted")
			}
			if otherEnds {
				apptest.Must(t, h.Deals.EndAway(ctx, brand, deal))
			} else {
				h.Clock.Advance((deals.PartingDays + 1) * 24 * time.Hour)
			}
			if !gone() {
				t.Fatal("nothing runs, and nobody is erased")
			}
			d, err := h.Deals.GetDeal(ctx, brand, deal)
			if err != nil || !d.EndedAway || d.EndedLate || d.IsHeld() {
				t.Errorf("the deal is %+v, %v", d, err)
			}
		})
	}
}

// Whoever asks is told by mail once, in case it was not them, and so is whoever stays.
func TestAnErasureThatWaitsIsMailed(t *testing.T) {
	t.Parallel()
	ctx, h := context.Background(), apptest.New(t)
	creator, id := h.JoinCreator(t, "penne.sandbox")
	h.Agree(t, h.SignUpBrand(t, "fonte"), creator, id)
	ask := func() {
		t.Helper()
		_, err := h.Privacy.AskErasure(ctx, creator, "Bye")
		apptest.Must(t, err)
	}
	stay := func() { t.Helper(); apptest.Must(t, h.Privacy.CancelErasure(ctx, creator)) }
	for _, act := range []func(){stay, ask, ask, stay, stay, ask} {
		act()
	}
	var told []string
	apptest.Must(t, h.DB.Read(ctx).Raw("SELECT data FROM notification_events WHERE kind = ? AND person_id = ? ORDER BY id", notifications.SignInSecurity, creator.PersonID).Scan(&told).Error)
	want := []string{accounts.NoticeLeaving, accounts.NoticeStaying, accounts.NoticeLeaving}
	if len(told) != len(want) {
		t.Fatalf("told: %q", told)
	}
	for i, what := range want {
		if !strings.Contains(told[i], `"`+what+`"`) {
			t.Errorf("mail %d is %s, not %s", i+1, told[i], what)
		}
	}
}

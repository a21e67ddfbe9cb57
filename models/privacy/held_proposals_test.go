package privacy_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/negotiation"
)

// A proposal that was never sent is its writer's: the creator's export says nothing of it,
// and it goes with whoever goes, or with time.
func TestHeldProposalsBelongToTheirWriters(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	a := apptest.New(t)
	creator, creatorID := a.JoinCreator(t, "penne.sandbox")
	other, otherID := a.JoinCreator(t, "solder.sandbox")
	brand, second := a.SignUpBrand(t, "fonte"), a.SignUpBrand(t, "brumelle")
	apptest.Must(t, a.DB.Read(ctx).Exec("UPDATE people SET email_confirmed_at = NULL WHERE id IN ?", []int64{brand.PersonID, second.PersonID}).Error)
	hold := func(by models.Actor, to string) {
		t.Helper()
		form := a.OfferForm()
		form.Message = "canary words"
		sent, err := a.Negotiations.Propose(ctx, by, to, form, models.NewSecret())
		if err != nil || sent.Held == "" {
			t.Fatal(sent, err)
		}
	}
	hold(brand, creatorID)
	hold(brand, otherID)
	hold(second, creatorID)
	exported := func(who models.Actor) bool {
		t.Helper()
		x, err := a.Privacy.ExportPersonalData(ctx, who)
		apptest.Must(t, err)
		return strings.Contains(fmt.Sprint(x), "canary")
	}
	if exported(creator) || !exported(brand) {
		t.Error("the export is the wrong one's")
	}
	left := func(want int) {
		t.Helper()
		if n := apptest.Count(t, a, "SELECT count(*) FROM held_proposals"); n != want {
			t.Errorf("%d are left, want %d", n, want)
		}
	}
	apptest.Must(t, a.Privacy.EraseActor(ctx, other, ""))
	left(2)
	apptest.Must(t, a.Privacy.EraseActor(ctx, second, ""))
	left(1)
	a.Clock.Advance(negotiation.HeldDays*24*time.Hour - time.Second)
	_, err := a.Privacy.DeleteExpiredData(ctx)
	apptest.Must(t, err)
	left(1)
	a.Clock.Advance(2 * time.Second)
	_, err = a.Privacy.DeleteExpiredData(ctx)
	apptest.Must(t, err)
	left(0)
}

package privacy_test

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/negotiation"
)

// What a person is writing is theirs alone, and goes with whoever goes, or with time.
func TestDraftsOfOffersBelongToTheirWriters(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	a := apptest.New(t)
	creator, _ := a.JoinCreator(t, "penne.sandbox")
	other, _ := a.JoinCreator(t, "solder.sandbox")
	brand, second := a.SignUpBrand(t, "fonte"), a.SignUpBrand(t, "brumelle")
	keep := func(by models.Actor, about int64) {
		t.Helper()
		_, err := a.Negotiations.KeepDraft(ctx, by, negotiation.DraftKey{CreatorID: about}, url.Values{"product": {"canary words"}})
		apptest.Must(t, err)
	}
	keep(brand, creator.CreatorID)
	keep(brand, other.CreatorID)
	keep(second, creator.CreatorID)
	for who, want := range map[models.Actor]bool{creator: false, brand: true} {
		x, err := a.Privacy.ExportPersonalData(ctx, who)
		if apptest.Must(t, err); strings.Contains(fmt.Sprint(x), "canary") != want {
			t.Error("the export is the wrong one's")
		}
	}
	left := func(want int) {
		t.Helper()
		if n := apptest.Count(t, a, "SELECT count(*) FROM offer_drafts"); n != want {
			t.Errorf("%d are left, want %d", n, want)
		}
	}
	apptest.Must(t, a.Privacy.EraseActor(ctx, other, ""))
	left(2)
	apptest.Must(t, a.Privacy.EraseActor(ctx, second, ""))
	left(1)
	a.Clock.Advance((negotiation.DraftDays*24 + 1) * time.Hour)
	_, err := a.Privacy.DeleteExpiredData(ctx)
	apptest.Must(t, err)
	left(0)
}

package jobs_test

import (
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/creators"
)

// A creator whose account falls below the floor is told what is missing, how
// long it stays listed and what happens otherwise, in the creator's language.
func TestAnAccountBelowTheFloorIsMailedOnce(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	creator, _ := a.JoinCreator(t, "penne.sandbox")
	if err := a.Accounts.ConfirmEmailWithoutLink(ctx, creator.PersonID, "penne@creators.example"); err != nil {
		t.Fatal(err)
	}
	if err := a.Accounts.SetPersonLocale(ctx, creator, "nl"); err != nil {
		t.Fatal(err)
	}
	admin := models.Actor{PersonID: creator.PersonID, Admin: true}
	if err := a.Creators.SetFloor(ctx, admin, creators.ProgrammeMarketplace, creators.FloorForm{Followers: "900000000"}); err != nil {
		t.Fatal(err)
	}
	kept := workOff(t, a, 1)
	find(t, kept, "penne@creators.example", "@penne.sandbox op TikTok haalt niet meer wat Test market vraagt en blijft vindbaar tot", "900.000.000", "lopen gewoon door", a.URL+"/settings/eligibility")
	workOff(t, a, 1)
}

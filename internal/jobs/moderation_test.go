package jobs_test

import (
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/moderation"
)

// reported gives the open report on a creator's page.
func reported(t *testing.T, a *apptest.App, by models.Actor, creatorID string) string {
	t.Helper()
	err := a.Moderation.SubmitReport(ctx, by, moderation.ReportForm{About: moderation.Creator, ID: creatorID, Reason: "figures", Words: "canary-words"})
	if err != nil {
		t.Fatal(err)
	}
	open, _, err := a.Moderation.ListReports(ctx, a.CreateAdmin(t), moderation.ReportFilter{})
	if err != nil || len(open) != 1 {
		t.Fatalf("%d open reports, %v", len(open), err)
	}
	return open[0].PublicID
}

func TestBothSidesAreToldOfADecisionAndNobodyElse(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand, admin := a.SignUpBrand(t, "fonte"), a.CreateAdmin(t)
	a.SignUpBrand(t, "other")
	creator, id := a.JoinCreator(t, "penne.sandbox")
	a.JoinCreator(t, "chapter.sandbox")
	if err := a.Accounts.ConfirmEmailWithoutLink(ctx, creator.PersonID, "penne@creators.example"); err != nil {
		t.Fatal(err)
	}
	if err := a.Accounts.SetPersonLocale(ctx, creator, "nl"); err != nil {
		t.Fatal(err)
	}
	before := len(workOff(t, a, 2)) // to confirm the two addresses
	if err := a.Moderation.DecideReport(ctx, admin, reported(t, a, brand, id), moderation.Warn, "Show the tag."); err != nil {
		t.Fatal(err)
	}
	kept := workOff(t, a, before+2)
	find(t, kept, apptest.BrandEmail("fonte"), "We read your report about Penne Trial and warned Penne Trial")
	find(t, kept, "penne@creators.example", "Show the tag.")
	for _, k := range kept {
		if k.To == "penne@creators.example" && (strings.Contains(k.Text, "fonte") || strings.Contains(k.Text, "canary-words")) {
			t.Errorf("the accused is told who reported them, and how: %s", k.Text)
		}
		if k.To == apptest.BrandEmail("fonte") && strings.Contains(k.Text, "Show the tag.") {
			t.Errorf("the reporter is told the note: %s", k.Text)
		}
	}
	// A report that was turned down tells its reporter alone.
	if err := a.Moderation.DecideReport(ctx, admin, reported(t, a, brand, id), moderation.Nothing, ""); err != nil {
		t.Fatal(err)
	}
	find(t, workOff(t, a, before+3), apptest.BrandEmail("fonte"), ": no rule was broken")
	// One that was undone before the mail went tells nobody.
	report := reported(t, a, brand, id)
	if err := a.Moderation.DecideReport(ctx, admin, report, moderation.Suspend, "Bought."); err != nil {
		t.Fatal(err)
	}
	if err := a.Moderation.ReopenReport(ctx, admin, report); err != nil {
		t.Fatal(err)
	}
	workOff(t, a, before+3)
}

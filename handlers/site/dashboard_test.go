package site_test

import (
	"context"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
)

func TestTheDashboardTellsOfTheGrace(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	actor, _ := a.JoinCreator(t, "penne.sandbox")
	b := a.SignedInCreator(t, "penne.sandbox")
	if page := b.Get("/dashboard"); page.HasTexts("stays listed until") {
		t.Error("told of a grace without one")
	}
	until := a.Clock.Now().Add(creators.GracePeriod)
	if err := a.DB.Tx(context.Background(), func(tx *db.Tx) error {
		return tx.Exec("UPDATE creator_accounts SET grace_until = ? WHERE creator_id = ?", until, actor.CreatorID).Error
	}); err != nil {
		t.Fatal(err)
	}
	if page := b.Get("/dashboard"); !page.HasTexts("stays listed until", "continue either way") || page.Find("a[href='/settings/eligibility']").Length() == 0 {
		t.Errorf("the dashboard: %s", page.Find("main").Text())
	}
}

func TestTheDashboardSaysWhatWaits(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	if p := h.AsBrand.Get("/dashboard"); !p.HasTexts("Send your first proposal") || p.Find("main a[href='/creators']").Length() == 0 {
		t.Errorf("a new brand reads: %s", p.Find("main").Text())
	}
	if p := h.AsCreator.Get("/dashboard"); !p.HasTexts("Let brands find you", "Your e-mail address is not confirmed") {
		t.Errorf("a new creator reads: %s", p.Find("main").Text())
	}
	viewer, viewing := h.SignedInMember(t, h.Brand, models.RoleViewer)
	apptest.Must(t, h.DB.Tx(context.Background(), func(tx *db.Tx) error {
		return tx.Exec("UPDATE people SET email_confirmed_at = NULL WHERE id = ?", viewing.PersonID).Error
	}))
	if p := viewer.Get("/dashboard"); p.Find("main h1").Text() != "Confirm your e-mail address" || !p.HasTexts("Your e-mail address is not confirmed") {
		t.Errorf("a member whose address is not confirmed reads: %s", p.Find("main").Text())
	}
	h.SendProposal(t, nil)
	p := h.AsCreator.Get("/dashboard")
	if !p.HasTexts("One thing is waiting for you", "Answer the proposal of Fonte by Fri 27 Nov", "Without an answer by") || p.Find(".waits a.primary").Length() != 1 {
		t.Errorf("the creator reads: %s", p.Find("main").Text())
	}
	if p := h.AsBrand.Get("/dashboard"); !p.HasTexts("Nothing is waiting for you", "Waiting for others", "Penne Trial") {
		t.Errorf("the brand reads: %s", p.Find("main").Text())
	}
	h.AcceptedDeal(t, nil)
	if p := h.AsCreator.Get("/dashboard"); !p.HasTexts("Three things are waiting for you", "Send a draft of video 2", "In production") {
		t.Errorf("the creator reads: %s", p.Find("main").Text())
	}
	if p := h.AsCreator.Get("/deals"); !p.HasTexts("Pan & lid", "In production", "0 of 2 completed") {
		t.Errorf("the list reads: %s", p.Find("main").Text())
	}
	if p := h.AsCreator.Get("/deals?status=finished"); !p.HasTexts("No finished deals yet") {
		t.Errorf("the finished ones read: %s", p.Find("main").Text())
	}
}

package negotiation_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
)

func TestAProposalIsWrittenBeforeTheAddressIsConfirmed(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	ctx := context.Background()
	b := h.NewBrowser(t)
	b.Get("/signup").Submit("form[action='/signup']", url.Values{
		"brand": {"Brindille"}, "country": {"FR"}, "name": {"Bo"}, "email": {"bo@brindille.example"}, "password": {apptest.Password},
	})
	page := b.Get("/c/" + h.CreatorID + "/negotiations/new")
	if !page.HasTexts("Your e-mail address is not confirmed yet", "It is sent once you have opened the link") {
		t.Errorf("the form says: %s", page.Find("main").Text())
	}
	held := page.Submit("#offer", h.Offer(nil))
	if !strings.HasPrefix(held.Path, "/negotiations/held/") || !held.HasTexts("Not sent yet", "Confirm your e-mail address to send this proposal", "Penne Trial sees nothing of it until then", "Pan & lid") {
		t.Fatalf("writing led to %d %s: %s", held.Status, held.Path, held.Find("main").Text())
	}
	if list := b.Get("/negotiations"); list.Find("#held").Length() != 1 || list.Find("a[href='"+held.Path+"']").Length() != 1 {
		t.Errorf("the list says: %s", list.Find("main").Text())
	}
	// A rule of later, which one of them breaks, takes nobody's list away.
	var form string
	apptest.Must(t, h.DB.Read(ctx).Raw("SELECT form FROM held_proposals").Scan(&form).Error)
	write := func(form string) {
		apptest.Must(t, h.DB.Tx(ctx, func(tx *db.Tx) error { return tx.Exec("UPDATE held_proposals SET form = ?", form).Error }))
	}
	broken := strings.Replace(form, `"Days":"30"`, `"Days":"many"`, 1)
	if broken == form {
		t.Fatalf("the draft is %s", form)
	}
	write(broken)
	for _, path := range []string{"/negotiations", held.Path} {
		if p := b.Get(path); p.Status != http.StatusOK || !p.HasTexts("Pan & lid") {
			t.Errorf("with a draft that breaks a rule, %s is %d: %s", path, p.Status, p.Find("main").Text())
		}
	}
	write(form)
	if p := held.Submit("form[action='/settings/confirmation']", nil); p.Path != held.Path || !p.HasTexts("A link is on its way to bo@brindille.example.") {
		t.Errorf("the link again led to %d %s: %s", p.Status, p.Path, p.Find(".flash").Text())
	}
	if p := b.Get("/dashboard"); !p.HasTexts("Welcome, Brindille", "Not sent yet", "1 proposal has not been sent.") || p.Find(".checks li:not(.yes) a[href='/creators']").Length() != 1 {
		t.Errorf("the dashboard says: %s", p.Find("main").Text())
	}
	if p := held.Post(held.Path+"/sending", url.Values{"version": {"1"}}); p.Status != http.StatusConflict || !p.HasTexts("Your e-mail address is not confirmed yet.") {
		t.Errorf("sending it all the same led to %d", p.Status)
	}
	for _, path := range []string{held.Path, strings.Replace(held.Path, "/held", "", 1)} {
		if p := h.AsCreator.Get(path); p.Status != http.StatusNotFound && p.Status != http.StatusForbidden {
			t.Errorf("the creator reads %s: %d", path, p.Status)
		}
	}
	if p := h.AsCreator.Get("/negotiations"); p.HasTexts("Brindille") {
		t.Error("the creator's list has it")
	}
	if p := h.AsCreator.Get("/dashboard"); p.HasTexts("Brindille") {
		t.Error("the creator's dashboard has it")
	}

	var link accounts.EmailConfirmationArgs
	apptest.Must(t, h.DB.Read(ctx).Raw("SELECT json(args)->>'secret' FROM river_job WHERE kind = ? ORDER BY id DESC LIMIT 1", link.Kind()).Scan(&link.Secret).Error)
	b.Get("/confirm/"+link.Secret).Submit("main form", nil)
	var job accounts.EmailConfirmedArgs
	apptest.Must(t, h.DB.Read(ctx).Raw("SELECT json(args)->>'person_id' FROM river_job WHERE kind = ?", job.Kind()).Scan(&job.PersonID).Error)
	if job.PersonID == 0 {
		t.Fatal("nothing was set going")
	}
	apptest.Must(t, h.Negotiations.SendHeldProposals(ctx, job.PersonID))
	sent := b.Get(held.Path) // the page that its writer kept open
	if sent.Path != strings.Replace(held.Path, "/held", "", 1) || !sent.HasTexts("Penne Trial answers by") {
		t.Errorf("afterwards it is %d %s", sent.Status, sent.Path)
	}
	if p := h.AsCreator.Get(sent.Path); p.Find("form[action$='/acceptance']").Length() != 1 {
		t.Errorf("the creator reads %d: %s", p.Status, p.Find("main").Text())
	}
	if list := b.Get("/negotiations"); list.Find("#held").Length() != 0 {
		t.Error("the list still says that it is not sent")
	}
}

func TestAMemberReadsWhyTheyCannotSend(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	page, form := "/c/"+h.CreatorID, "/c/"+h.CreatorID+"/negotiations/new"
	proposal, deal := h.SendProposal(t, nil).Path, h.AcceptedDeal(t, nil).Path
	for role, word := range map[models.Role]string{models.RoleViewer: "Viewer", models.RoleFinance: "Finance"} {
		b, _ := h.SignedInMember(t, h.Brand, role)
		if p := b.Get(page); p.Find("a[href='"+form+"']").Length() != 0 || !p.HasTexts("As "+word+" of Fonte you can see this but not send proposals. Ask one of its owners or managers.") || p.Find("main a[href='/settings/members']").Length() != 1 {
			t.Errorf("%s, the creator's page: %s", role, p.Find("#work, .panel").Text())
		}
		if p := b.Get(form); p.Status != http.StatusForbidden || !p.HasTexts("Ask one of its owners or managers") {
			t.Errorf("%s, the form: %d %s", role, p.Status, p.Find("main").Text())
		}
		for _, path := range []string{proposal, deal} {
			if p := b.Get(path); p.Find("main form[method=post]").Length() != 0 || !p.HasTexts("You are here as "+word+" of Fonte") {
				t.Errorf("%s, %s: %s", role, path, p.Find("main").Text())
			}
		}
		if p := b.Get(page).Post(proposal+"/withdrawal", nil); p.Status != http.StatusForbidden || !p.HasTexts("Ask one of its owners or managers") {
			t.Errorf("%s, withdrawing: %d %s", role, p.Status, p.Find("main").Text())
		}
	}
	b, who := h.SignedInMember(t, h.Brand, models.RoleManager)
	h.SuspendPerson(t, who)
	if p := b.Get(page); p.Find("a[href='"+form+"']").Length() != 0 || !p.HasTexts("You are suspended, so you cannot send proposals for now.") || p.Find("main a[href='/dashboard']").Length() != 1 {
		t.Errorf("suspended, the creator's page: %s", p.Find("main").Text())
	}
	for _, path := range []string{form, proposal, deal, "/dashboard"} {
		if p := b.Get(path); p.Status != http.StatusForbidden || !p.HasTexts(apptest.SuspensionReason) {
			t.Errorf("suspended, %s: %d %s", path, p.Status, p.Find("main").Text())
		}
	}
}

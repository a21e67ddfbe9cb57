package moderation_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/views/paths"
)

func TestASuspendedPersonSeesWhySinceWhenAndHowToAnswer(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	_, id := a.JoinCreator(t, "penne.sandbox")
	b, admin := a.SignedInCreator(t, "penne.sandbox"), a.SignedInAdmin(t)
	page := admin.Get(paths.AdminCreators()).Submit("form[role=search]", url.Values{"q": {"penne"}})
	page = admin.Get(page.Find("tbody th a").AttrOr("href", ""))
	if page.Status != http.StatusOK || !page.HasTexts("Penne Trial", "@penne.sandbox") {
		t.Fatalf("the page is %d: %s", page.Status, page.Find("main").Text())
	}
	form := "form[action='" + paths.Suspension(paths.AdminCreator(id)) + "']"
	if p := page.Submit(form, nil); p.Status != http.StatusUnprocessableEntity || p.Find("#error-summary li").Length() != 1 {
		t.Errorf("without a reason: %d", p.Status)
	}
	if p := page.Submit(form, url.Values{"reason": {apptest.SuspensionReason}}); p.Status != http.StatusOK || !p.HasTexts("Suspended since", apptest.SuspensionReason) {
		t.Errorf("suspending led to %d: %s", p.Status, p.Find("main").Text())
	}
	for _, path := range []string{"/dashboard", "/settings/profile", "/deals"} {
		if p := b.Get(path); p.Status != http.StatusForbidden || !p.HasTexts("You are suspended", apptest.SuspensionReason, "20 Nov") {
			t.Errorf("%s gave the suspended person %d: %s", path, p.Status, p.Find("main").Text())
		}
	}
	if p := b.Get("/settings/privacy"); p.Status != http.StatusOK {
		t.Errorf("exporting the data gave %d", p.Status)
	}
	if p := a.NewBrowser(t).Get(paths.Creator(id)); p.Status != http.StatusNotFound {
		t.Errorf("the page is still there: %d", p.Status)
	}
	restore := "form[action='" + paths.Restoration(paths.AdminCreator(id)) + "']"
	if p := admin.Get(paths.AdminCreator(id)).Submit(restore, nil); p.Status != http.StatusOK || !p.HasTexts("Restored.") {
		t.Errorf("restoring led to %d", p.Status)
	}
	if p := b.Get("/dashboard"); p.Status != http.StatusOK {
		t.Errorf("restored, the person gets %d", p.Status)
	}
	log := admin.Get(paths.AdminAudit(url.Values{"action": {"admin."}}))
	if log.Find("tbody tr").Length() != 2 || !log.HasTexts("admin.creator_suspended", "admin.creator_restored", "Ada Ministrator") {
		t.Errorf("the log shows %s", log.Find("tbody").Text())
	}
	if p := admin.Get(paths.AdminAudit(url.Values{"from": {"2026-11-21"}})); p.Find("tbody tr").Length() != 0 {
		t.Error("the log's time doesn't filter")
	}
}

func TestADealTellsThatTheOtherSideIsSuspended(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand := a.SignUpBrand(t, "fonte")
	penne, id := a.JoinCreator(t, "penne.sandbox")
	deal := a.Agree(t, brand, penne, id)
	a.SuspendCreator(t, id)
	b := a.SignedInBrand(t, "fonte")
	if p := b.Get(paths.Deal(deal)); p.Status != http.StatusOK || !p.HasTexts("On hold until", "Penne Trial cannot act for now", "you may end the deal without fault") || strings.Contains(p.Body, apptest.SuspensionReason) {
		t.Errorf("the deal's page is %d: %s", p.Status, p.Find("main").Text())
	}
	admin := a.SignedInAdmin(t)
	page := admin.Get(paths.AdminCreator(id))
	today := models.DateOf(a.Clock.Now()).String()
	if p := page.Submit("form[action$='/holds']", url.Values{"until": {"2000-01-01"}, "hold_reason": {"canary-hold-reason"}}); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("a day that is over answers %d", p.Status)
	}
	if p := page.Submit("form[action$='/holds']", url.Values{"until": {"2999-01-01"}, "hold_reason": {"canary-hold-reason"}}); p.Status != http.StatusUnprocessableEntity || p.Find("[name=until]").AttrOr("value", "") != "2999-01-01" || !p.HasTexts("a hold can only be shortened", "canary-hold-reason") && p.Find("[name=hold_reason]").AttrOr("value", "") != "canary-hold-reason" {
		t.Errorf("a later day answers %d: %s", p.Status, p.Find("main").Text())
	}
	if p := page.Submit("form[action$='/holds']", url.Values{"until": {today}, "hold_reason": {""}}); p.Status != http.StatusUnprocessableEntity || !p.HasTexts("Only the audit log keeps it.") || strings.Contains(p.Body, "to the side concerned") {
		t.Errorf("without a reason: %d, %s", p.Status, p.Find("main").Text())
	}
	if p := page.Submit("form[action$='/holds']", url.Values{"until": {today}, "hold_reason": {"canary-hold-reason"}}); p.Status != http.StatusOK || !p.HasTexts("Shortened") {
		t.Errorf("shortening answers %d: %s", p.Status, p.Find("main").Text())
	}
	a.Clock.Advance(48 * time.Hour)
	if p := b.Get(paths.Deal(deal)); !p.HasTexts("Penne Trial still cannot act", "End without fault") || strings.Contains(p.Body, "canary-hold-reason") || strings.Contains(p.Body, apptest.SuspensionReason) {
		t.Errorf("after the day: %s", p.Find("main").Text())
	}
	if p := b.Get(paths.Deal(deal)).Submit("form[action$='/ending']", nil); p.Status != http.StatusOK || !p.HasTexts("without fault, because the other side could not act") {
		t.Errorf("ending without fault answers %d: %.900s", p.Status, p.Find("main").Text())
	}
	_, err := a.Negotiations.Propose(context.Background(), brand, id, a.OfferForm(), models.NewSecret())
	if models.CodeOf(err) != models.CodeForbidden {
		t.Errorf("a proposal to the creator gave %v", err)
	}
}

func TestABlockedPairSendsNoProposalsAndRunningDealsGoOn(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand := a.SignUpBrand(t, "fonte")
	penne, id := a.JoinCreator(t, "penne.sandbox")
	deal := a.Agree(t, brand, penne, id)
	own, err := a.Accounts.OwnBrand(context.Background(), brand)
	if err != nil {
		t.Fatal(err)
	}
	b, c := a.SignedInBrand(t, "fonte"), a.SignedInCreator(t, "penne.sandbox")
	if p := c.Get(paths.Brand(own.PublicID)).Submit("form[action$='/block']", nil); p.Path != paths.BlockSettings() || !p.HasTexts("fonte", "no new proposals") {
		t.Fatalf("blocking led to %d %s", p.Status, p.Path)
	}
	undo := "form[action='" + paths.Unblock(paths.Creator(id)) + "']"
	if p := c.Get(paths.Brand(own.PublicID)); p.Find("form[action='"+paths.Unblock(paths.Brand(own.PublicID))+"']").Length() != 1 || p.Find("form[action$='/block']").Length() != 0 {
		t.Error("the brand's page offers no way back")
	}
	if p := b.Get(paths.Creator(id)); p.Find(undo).Length() != 0 || p.Find("form[action$='/block']").Length() != 1 {
		t.Error("the page tells the brand that the creator has blocked it")
	}
	if p := b.Get(paths.NewNegotiation(id)); p.Status != http.StatusForbidden || !p.HasTexts("No new proposals can pass between the two of you") {
		t.Errorf("the form gave %d: %s", p.Status, p.Find("main").Text())
	}
	if _, err := a.Negotiations.Propose(context.Background(), brand, id, a.OfferForm(), models.NewSecret()); models.CodeOf(err) != models.CodeForbidden {
		t.Errorf("the verb gave %v", err)
	}
	if p := b.Get("/creators"); p.HasTexts("Penne Trial") {
		t.Error("the search shows the brand a creator who blocked it")
	}
	if p := a.NewBrowser(t).Get("/creators"); !p.HasTexts("Penne Trial") {
		t.Error("the search hides the creator from others")
	}
	if p := b.Get(paths.Deal(deal)); p.Status != http.StatusOK {
		t.Errorf("the running deal gave %d", p.Status)
	}
	if p := c.Get(paths.BlockSettings()).Submit("form[action$='/block/removal']", nil); !p.HasTexts("Nobody is blocked") {
		t.Errorf("undoing led to %s", p.Find("main").Text())
	}
	if p := b.Get(paths.NewNegotiation(id)); p.Status != http.StatusOK {
		t.Errorf("after it, the form gave %d", p.Status)
	}
	// The other way round.
	if p := b.Get(paths.Creator(id)).Submit("form[action$='/block']", nil); p.Path != paths.BlockSettings() || !p.HasTexts("Penne Trial") {
		t.Errorf("the brand's block led to %d %s", p.Status, p.Path)
	}
	if p := b.Get(paths.NewNegotiation(id)); p.Status != http.StatusForbidden {
		t.Errorf("the brand's own block gave %d", p.Status)
	}
	a.SignUpBrand(t, "other")
	if p := a.SignedInBrand(t, "other").Get(paths.Creator(id)); p.Find(undo).Length() != 0 || p.Find("form[action$='/block']").Length() != 1 {
		t.Error("another brand finds the creator blocked")
	}
	if p := b.Get(paths.Creator(id)).Submit(undo, nil); !p.HasTexts("Nobody is blocked") {
		t.Errorf("undoing led to %s", p.Find("main").Text())
	}
}

func TestAReportIsDecidedToldAndUndone(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "fonte")
	_, id := a.JoinCreator(t, "penne.sandbox")
	b, admin := a.SignedInBrand(t, "fonte"), a.SignedInAdmin(t)
	form := b.Get(b.Get(paths.Creator(id)).Find("a[href^='/reports/new']").AttrOr("href", ""))
	if p := form.Submit("form[action='/reports']", url.Values{"reason": {"other"}}); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("without words: %d", p.Status)
	}
	send := url.Values{"reason": {"figures"}, "words": {"<b>Bought"}}
	if p := form.Submit("form[action='/reports']", send); p.Path != paths.BlockSettings() || !p.HasTexts("Penne Trial", "has not decided yet") {
		t.Fatalf("reporting led to %d %s", p.Status, p.Path)
	}
	if p := form.Submit("form[action='/reports']", send); p.Status != http.StatusConflict || !p.HasTexts("already have an open report about this") {
		t.Errorf("a second report gave %d", p.Status)
	}
	if p := admin.Get(paths.Admin()); !p.HasTexts("One report to decide") {
		t.Errorf("the overview says %s", p.Find("main").Text())
	}
	one := admin.Get(admin.Get(paths.AdminReports()).Find("tbody th a").AttrOr("href", ""))
	if !one.HasTexts("<b>Bought", "Member of fonte", "The figures are not real") {
		t.Errorf("the report shows %s", one.Find("main").Text())
	}
	decide := "form[action$='/decision']"
	if p := one.Submit(decide, url.Values{"decision": {"suspend"}}); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("suspending without a sentence: %d", p.Status)
	}
	if p := one.Submit(decide, url.Values{"decision": {"suspend"}, "note": {apptest.SuspensionReason}}); p.Status != http.StatusOK || !p.HasTexts("Suspension: Ada Ministrator") {
		t.Errorf("deciding led to %d: %s", p.Status, p.Find("main").Text())
	}
	if p := one.Submit(decide, url.Values{"decision": {"nothing"}}); p.Status != http.StatusConflict {
		t.Errorf("deciding twice gave %d", p.Status)
	}
	if p := b.Get(paths.BlockSettings()); !p.HasTexts("the other side was suspended") {
		t.Errorf("its reporter reads %s", p.Find("main").Text())
	}
	if p := a.NewBrowser(t).Get(paths.Creator(id)); p.Status != http.StatusNotFound {
		t.Errorf("the page is still there: %d", p.Status)
	}
	if p := admin.Get(one.Path).Submit("form[action$='/reopening']", nil); !p.HasTexts("The report is open again") {
		t.Errorf("undoing led to %s", p.Find("main").Text())
	}
	if p := a.NewBrowser(t).Get(paths.Creator(id)); p.Status != http.StatusOK {
		t.Errorf("undone, the page is %d", p.Status)
	}
}

func TestAdministratorsListsPageByKeyset(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	for i := range 27 {
		if _, err := a.Accounts.AddAdmin(context.Background(), "p"+strings.Repeat("x", i)+"@people.example"); err != nil {
			t.Fatal(err)
		}
	}
	admin := a.CreateAdmin(t)
	rows, next, err := a.Accounts.ListPeopleForAdmin(context.Background(), admin, accounts.AdminFilter{Words: "people.example"})
	if err != nil || len(rows) != 25 || next == "" {
		t.Fatalf("%d rows, next %q: %v", len(rows), next, err)
	}
	rest, last, err := a.Accounts.ListPeopleForAdmin(context.Background(), admin, accounts.AdminFilter{Words: "people.example", After: next})
	if err != nil || len(rest) != 2 || last != "" || rest[0].ID >= rows[24].ID {
		t.Errorf("the second page has %d rows, next %q: %v", len(rest), last, err)
	}
}

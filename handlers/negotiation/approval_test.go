package negotiation_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
)

// canary is written into what has to be approved; nothing that a creator reads may have it.
const canary = "Quillwort"

// wantUnseen fails if the creator finds something of an offer that is not sent.
func wantUnseen(t *testing.T, h apptest.Partnership, when, held string) {
	t.Helper()
	for _, path := range []string{"/dashboard", "/negotiations", "/deals", "/notifications", "/settings/privacy"} {
		if p := h.AsCreator.Get(path); p.Status != http.StatusOK || p.HasTexts(canary) || strings.Contains(p.Find("body").Text(), canary) {
			t.Errorf("%s, the creator's %s is %d and has it", when, path, p.Status)
		}
	}
	for _, path := range []string{held, strings.Replace(held, "/held", "", 1), held + "/sending", strings.Replace(held, "/held", "", 1) + "/offers/1.pdf"} {
		if p := h.AsCreator.Get(path); p.Status == http.StatusOK {
			t.Errorf("%s, the creator reads %s", when, path)
		}
	}
}

// A manager offers more than they may: its owner reads the whole offer and says no with a
// reason, the manager changes it, the owner says yes; until then the creator reads nothing.
func TestAnOfferIsApprovedBeforeTheCreatorSeesIt(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	manager, _ := h.SignedInMember(t, h.Brand, models.RoleManager)

	settings := h.AsBrand.Get("/settings/approval")
	if !settings.HasTexts("Nothing has to be approved.", "What counts is one offer") {
		t.Errorf("the settings say: %s", settings.Find("main").Text())
	}
	form := "form[action='/settings/approval']"
	me := settings.Find(form+" select[name=approver] option[value]:not([value=''])").First().AttrOr("value", "")
	if p := settings.Submit(form, url.Values{"approver": {me}, "above": {""}, "above_currency": {"EUR"}}); p.Status != http.StatusUnprocessableEntity || p.Find("[name=above][aria-invalid]").Length() != 1 {
		t.Errorf("without an amount it is %d: %s", p.Status, p.Find(".problems").Text())
	}
	for field, answers := range map[string]url.Values{
		"above":    {"approver": {me}, "above": {"much"}, "above_currency": {"EUR"}},
		"approver": {"approver": {"nobody"}, "above": {"500"}, "above_currency": {"EUR"}},
	} {
		if p := settings.Submit(form, answers); p.Status != http.StatusUnprocessableEntity || p.Find("[name="+field+"][aria-invalid]").Length() != 1 {
			t.Errorf("a wrong %s is %d: %s", field, p.Status, p.Find(".problems").Text())
		}
	}
	owner := ""
	for _, o := range settings.Find(form + " select[name=approver] option").EachIter() {
		if o.Text() == "Member of Fonte" {
			owner = o.AttrOr("value", "")
		}
	}
	if p := settings.Submit(form, url.Values{"approver": {owner}, "above": {"500"}, "above_currency": {"EUR"}}); !p.HasTexts("approves what is worth more than €500") {
		t.Fatalf("the rule is: %s", p.Find("main").Text())
	}
	if p := manager.Get("/settings/approval"); p.Find(form).Length() != 0 || !p.HasTexts("Only an owner can change this.") {
		t.Errorf("a manager may change it: %s", p.Find("main").Text())
	}

	answers := h.Offer(url.Values{"fee": {"900"}, "product": {canary + " pan"}, "message": {"About " + canary}})
	look := manager.Get("/c/"+h.CreatorID+"/negotiations/new").Submit("#offer", h.Offer(url.Values{"fee": {"900"}, "look": {"1"}}))
	if !look.HasTexts("Member of Fonte has to approve this.", "Ask for approval") {
		t.Errorf("the last look does not say that it has to be approved: %d %s", look.Status, look.Find("main").Text())
	}
	held := manager.Get("/c/"+h.CreatorID+"/negotiations/new").Submit("#offer", answers)
	if !strings.HasPrefix(held.Path, "/negotiations/held/") || !held.HasTexts("to approve this", "sees nothing of it until then", canary) || held.Find("form[action$='/sending']").Length() != 0 {
		t.Fatalf("writing led to %d %s: %s", held.Status, held.Path, held.Find("main").Text())
	}
	wantUnseen(t, h, "asked", held.Path)
	if p := held.Post(held.Path+"/sending", url.Values{"version": {"2"}}); p.Status != http.StatusConflict || !p.HasTexts("It still has to be approved.") {
		t.Errorf("sending it all the same is %d", p.Status)
	}
	if p := held.Post(held.Path+"/refusal", url.Values{"reason": {"No"}}); p.Status != http.StatusForbidden {
		t.Errorf("the writer refuses it: %d", p.Status)
	}
	if p := h.AsBrand.Get("/dashboard"); !p.HasTexts("Approve this, or say why not", "1 offer is not sent before you approve it.") {
		t.Errorf("the owner's dashboard says: %s", p.Find("main").Text())
	}
	page := h.AsBrand.Get(held.Path)
	if !page.HasTexts("Approve and send", "Do not approve", canary+" pan", "About "+canary, "€900") {
		t.Errorf("the owner reads: %s", page.Find("main").Text())
	}
	if p := page.Submit("form[action$='/refusal']", url.Values{"reason": {""}}); p.Status != http.StatusUnprocessableEntity || p.Find("[name=reason][aria-invalid]").Length() != 1 {
		t.Errorf("without a reason it is %d", p.Status)
	}
	if p := page.Submit("form[action$='/refusal']", url.Values{"reason": {"Ask for less"}}); p.Path != held.Path || !p.HasTexts("This was not approved", "Why:Ask for less") {
		t.Errorf("a no is %d: %s", p.Status, p.Find("main").Text())
	}
	wantUnseen(t, h, "refused", held.Path)

	change := manager.Get(held.Path).Submit("form[action='/c/"+h.CreatorID+"/negotiations']", nil)
	if !strings.HasPrefix(change.Find("#offer [name=fee]").AttrOr("value", ""), "900") || change.Find("#offer [name=instead]").Length() != 1 {
		t.Fatalf("the form has the fee %q", change.Find("#offer [name=fee]").AttrOr("value", ""))
	}
	answers.Set("fee", "800")
	again := change.Submit("#offer", answers)
	if again.Path != held.Path || !again.HasTexts("to approve this", "€800") {
		t.Fatalf("changing it led to %d %s", again.Status, again.Path)
	}
	// The link in the first mail leads to what it is now; what was open before approves nothing else.
	if p := page.Submit("form[action$='/sending']", nil); p.Status != http.StatusConflict || !p.HasTexts("Something has happened to it in the meantime.", "Approve and send", "€800") {
		t.Errorf("approving what it was is %d: %s", p.Status, p.Find("main").Text())
	}
	if p := page.Submit("form[action$='/refusal']", url.Values{"reason": {"Still too dear"}}); p.Status != http.StatusConflict || p.Find("[name=reason]").Text() != "Still too dear" {
		t.Errorf("a no to what it was is %d: %s", p.Status, p.Find("main").Text())
	}
	wantUnseen(t, h, "asked again", again.Path)
	stale := h.AsBrand.Get(again.Path)
	sent := h.AsBrand.Get(again.Path).Submit("form[action$='/sending']", nil)
	if sent.Path != strings.Replace(again.Path, "/held", "", 1) || manager.Get(again.Path).Path != sent.Path {
		t.Errorf("approving led to %d %s", sent.Status, sent.Path)
	}
	if p := stale.Submit("form[action$='/refusal']", url.Values{"reason": {"Too dear"}}); p.Status != http.StatusConflict || !p.HasTexts("It was sent in the meantime. You wrote: “Too dear”") {
		t.Errorf("a no that comes too late is %d: %s", p.Status, p.Find("main").Text())
	}
	if p := manager.Get("/dashboard").Post(again.Path+"/removal", nil); p.Status != http.StatusConflict || !p.HasTexts("It was sent in the meantime.") {
		t.Errorf("deleting it too late is %d", p.Status)
	}
	if p := h.AsCreator.Get(sent.Path); !p.HasTexts(canary+" pan", "€800") {
		t.Errorf("the creator reads: %s", p.Find("main").Text())
	}

	// The creator asks for more; accepting that waits too.
	counter := h.AsCreator.Get(sent.Path+"/offers/new").Submit("#offer", url.Values{"fee": {"1000"}})
	if counter.Path != sent.Path {
		t.Fatalf("the counter-offer is %d %s: %s", counter.Status, counter.Path, counter.Find(".problems").Text())
	}
	if p := manager.Get(sent.Path); !p.HasTexts("Member of Fonte has to approve your yes.") {
		t.Errorf("before accepting, the manager reads: %s", p.Find("main").Text())
	}
	if p := h.AsBrand.Get(sent.Path); p.HasTexts("has to approve") {
		t.Errorf("the approver themselves reads: %s", p.Find("main").Text())
	}
	accept := manager.Get(sent.Path).Submit("form[action$='/acceptance']", nil)
	if !strings.HasPrefix(accept.Path, "/negotiations/held/") || !accept.HasTexts("Accepts offer 2 of", "to approve this") {
		t.Fatalf("accepting led to %d %s: %s", accept.Status, accept.Path, accept.Find("main").Text())
	}
	if p := manager.Get(sent.Path); !p.HasTexts("Your yes to this offer waits for approval", "Your yes to offer 2 waits for approval") || p.Find("form[action$='/acceptance']").Length() != 0 || p.Find("a[href='"+accept.Path+"']").Length() != 1 {
		t.Errorf("the negotiation says: %s", p.Find("main").Text())
	}
	if p := h.AsCreator.Get(sent.Path); p.HasTexts("approval") || p.Find("form[action$='/withdrawal']").Length() != 1 {
		t.Errorf("the creator reads: %s", p.Find("main").Text())
	}
	if p := manager.Get(accept.Path); !p.HasTexts("accepts offer 2 of", "the offer can expire") {
		t.Errorf("the held yes says: %s", p.Find("main").Text())
	}
	// They change their mind: the yes can no longer be sent, and its page says so.
	h.Clock.Advance(25 * time.Hour)
	if p := h.AsCreator.Get(sent.Path+"/offers/new").Submit("#offer", url.Values{"fee": {"1100"}}); p.Path != sent.Path {
		t.Fatalf("the replacement is %d %s", p.Status, p.Path)
	}
	if p := h.AsBrand.Get(accept.Path); !p.HasTexts("What this answers has changed") || p.Find("form[action$='/sending']").Length() != 0 || p.Find("form[action$='/removal']").Length() != 1 {
		t.Errorf("the yes to an earlier offer: %s", p.Find("main").Text())
	}
	if accept = manager.Get(sent.Path).Submit("form[action$='/acceptance']", nil); !accept.HasTexts("accepts offer 3 of") {
		t.Fatalf("accepting led to %d %s", accept.Status, accept.Path)
	}
	// The rule falls away: nothing waits for a yes any more.
	h.AsBrand.Get("/settings/approval").Submit(form, url.Values{"approver": {""}, "above": {""}})
	if p := manager.Get(accept.Path); !p.HasTexts("This needs no approval any more") || p.Find("form[action$='/sending']").Length() != 1 {
		t.Errorf("without a rule: %s", p.Find("main").Text())
	}
	h.AsBrand.Get("/settings/approval").Submit(form, url.Values{"approver": {owner}, "above": {"500"}, "above_currency": {"EUR"}})
	if p := h.AsBrand.Get(accept.Path).Submit("form[action$='/sending']", nil); p.Path != sent.Path || p.Find("a[href^='/deals/']").Length() == 0 || !p.HasTexts("Agreed at €1,100") {
		t.Errorf("approving led to %d %s", p.Status, p.Path)
	}
}

package accounts_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
)

func TestACreatorWithoutAPasswordProvesWhoTheyAreByACode(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	penne, _ := a.JoinCreator(t, "penne.sandbox")
	b := a.SignedInCreator(t, "penne.sandbox")
	a.Clock.Advance(16 * time.Minute)
	const ask = "/confirm-identity?next=%2Fdeals"
	p := b.Get(ask)
	if p.Find("form[action='/confirm-identity/code']").Length() != 0 || p.Find("a[href='/settings?next=%2Fdeals']").Length() != 1 {
		t.Errorf("without a confirmed address it asks: %s", p.Find("main").Text())
	}
	if p := p.Post("/confirm-identity/code", nil); p.Status != http.StatusForbidden {
		t.Errorf("without a confirmed address a code is %d", p.Status)
	}
	apptest.Must(t, a.Accounts.ConfirmEmailWithoutLink(t.Context(), penne.PersonID, "penne@mail.example"))
	p = b.Get(ask).Submit("form[action='/confirm-identity/code']", nil)
	if p.Path != "/confirm-identity" || p.Find("#identity-code").Length() != 1 {
		t.Fatalf("a code led to %d %s: %s", p.Status, p.Path, p.Find("main").Text())
	}
	var code string
	apptest.Must(t, a.DB.Read(t.Context()).Raw("SELECT args->>'code' FROM river_job WHERE kind = 'accounts.identity_code'").Scan(&code).Error)
	if strings.Contains(p.Body, code) {
		t.Error("the page shows the code")
	}
	for _, wrong := range []string{"", "12"} {
		if p := p.Submit("#identity-code", url.Values{"code": {wrong}}); p.Status != http.StatusUnprocessableEntity || p.Find("#f-code-error").Text() != "This is not the code from the latest e-mail." {
			t.Errorf("the code %q gave %d: %s", wrong, p.Status, p.Find("main").Text())
		}
	}
	elsewhere := a.SignedInCreator(t, "penne.sandbox")
	if q := elsewhere.Get("/settings").Post("/confirm-identity", url.Values{"code": {code}, "next": {"/deals"}}); q.Status != http.StatusUnprocessableEntity {
		t.Errorf("in another session it gave %d %s", q.Status, q.Path)
	}
	if p := p.Submit("#identity-code", url.Values{"code": {code}}); p.Status != http.StatusOK || p.Path != "/deals" {
		t.Errorf("the code led to %d %s: %s", p.Status, p.Path, p.Find("main").Text())
	}
	if p := b.Get(ask); p.Path != "/deals" {
		t.Errorf("after the code it asks again on %s", p.Path)
	}
}

// Who confirms an address for a step gets back to it.
func TestAConfirmedAddressLeadsBack(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.JoinCreator(t, "penne.sandbox")
	b := a.SignedInCreator(t, "penne.sandbox")
	p := b.Get("/settings?next=%2Fdeals").Submit("main form[action='/settings']", url.Values{"email": {"penne@mail.example"}})
	if p.Status != http.StatusOK || p.Path != "/settings" {
		t.Fatalf("an address led to %d %s: %s", p.Status, p.Path, p.Find("main").Text())
	}
	var secret string
	apptest.Must(t, a.DB.Read(t.Context()).Raw("SELECT args->>'secret' FROM river_job WHERE kind = 'accounts.confirm' ORDER BY id DESC LIMIT 1").Scan(&secret).Error)
	done := b.Get("/confirm/"+secret).Submit("main form", nil)
	if href := done.Find("main a.btn").AttrOr("href", ""); href != "/deals" {
		t.Errorf("confirmed, it leads to %q: %s", href, done.Find("main").Text())
	}
}

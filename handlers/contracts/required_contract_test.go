package contracts_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
)

// Who declines the contract of a deal that repeats reads that the repetition ends with it.
func TestDecliningEndsARepetition(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	apptest.Must(t, h.DB.Read(t.Context()).Exec("UPDATE creators SET country = 'FR'").Error)
	deal := h.AcceptedDeal(t, url.Values{"fee": {"1000"}, "objective": {"sales"}, "repetition_months": {"3"}, "notice_days": {"10"}}).Path
	for b, name := range map[*apptest.Browser]string{h.AsBrand: "Fonte SARL", h.AsCreator: "Penne"} {
		b.Get(identityPath).Submit(identityForm, identityOf(name))
	}
	path := h.AsBrand.Get(deal).Find("#contract a[href^='/contracts/']").AttrOr("href", "")
	p := h.AsBrand.Get(path)
	if !p.HasTexts("the deal ends for good, and no further cycle begins") {
		t.Errorf("the contract reads: %s", p.Find("#decline").Text())
	}
	if p = p.Submit("#refusal", url.Values{"reason": {"Too long"}}); p.Status != http.StatusOK || apptest.Count(t, h.App, "SELECT count(*) FROM repetitions WHERE state = 'stopped'") != 1 {
		t.Errorf("declining led to %d: %s", p.Status, p.Find("main").Text())
	}
}

// While a deal waits for its contract, its page names one day, both sides, and what follows.
func TestADealSaysWhatItsContractIsWaitedFor(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	apptest.Must(t, h.DB.Read(t.Context()).Exec("UPDATE creators SET country = 'FR'").Error)
	page := h.AcceptedDeal(t, url.Values{"fee": {"1000"}, "objective": {"sales"}})
	deal := page.Path
	main := page.Find("main").Text()
	if strings.Contains(main, "18 Dec") || !page.HasTexts("Both sides, by Fri 4 Dec", "If both sides have not said who they are by Fri 4 Dec") {
		t.Errorf("the deal names another day than its contract's: %s", main)
	}
	if here := page.Find(".stages [aria-current]"); strings.TrimSpace(here.Text()) != "Contract" {
		t.Errorf("the step is %q", here.Text())
	}
	for b, name := range map[*apptest.Browser]string{h.AsBrand: "Fonte SARL", h.AsCreator: "Penne"} {
		b.Get(identityPath).Submit(identityForm, identityOf(name))
	}
	path := h.AsBrand.Get(deal).Find("#contract a[href^='/contracts/']").AttrOr("href", "")
	prepare(t, h, path)
	apptest.Must(t, h.DB.Read(t.Context()).Exec("UPDATE people SET email = coalesce(email, 'p' || id || '@mail.example'), email_confirmed_at = created_at").Error)
	h.AsCreator.ProveByCode(path)
	for b, named := range map[*apptest.Browser]string{h.AsBrand: "The contract names Fonte SARL <b>", h.AsCreator: "The contract names Pénélope محمد"} {
		p := b.Get(path)
		if !p.HasTexts("if you decline, the deal ends for good", named) {
			t.Errorf("the contract reads: %s", p.Find("main").Text())
		}
		if p = p.Submit("#signature", url.Values{"name": {"A"}, "role": {"B"}, "authority": {"yes"}, "adult": {"yes"}, "agreed": {"yes"}}); p.Status != http.StatusOK {
			t.Fatalf("signing led to %d", p.Status)
		}
	}
	page = h.AsBrand.Get(deal)
	if n := strings.Count(page.Find("main").Text(), "the work can begin"); n != 1 || strings.TrimSpace(page.Find(".stages [aria-current]").Text()) != "Drafts" {
		t.Errorf("signed, the deal says %d times that work can begin: %s", n, page.Find("main").Text())
	}
	if p := h.NewBrowser(t).Get("/check"); p.HasTexts("(optional)") || !p.HasTexts("The file or its hash is enough.") {
		t.Errorf("the check asks: %s", p.Find("main").Text())
	}
}

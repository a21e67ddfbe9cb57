package accounts_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"

	"tribemarket/internal/testkit/apptest"
)

// A creator who got a proposal sees at the brand and at the proposal whether the
// brand has shown that its domain is its own.
func TestACreatorSeesTheMarkOfADomain(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	proposal := h.SendProposal(t, nil).Path
	var brand struct {
		ID       int64
		PublicID string
	}
	ctx := context.Background()
	if err := h.DB.Read(ctx).Raw("SELECT id, public_id FROM brands").Scan(&brand).Error; err != nil {
		t.Fatal(err)
	}
	says := func(when string, want bool) {
		t.Helper()
		for _, path := range []string{"/b/" + brand.PublicID, proposal} {
			p := h.AsCreator.Get(path)
			if p.Status != http.StatusOK || p.HasTexts("Verified: fonte.example") != want || p.HasTexts("Someone who runs Fonte here put a code on fonte.example") != want {
				t.Errorf("%s, %s: %d %.600s", when, path, p.Status, p.Find("main").Text())
			}
		}
	}
	says("without a domain", false)
	if p := h.AsBrand.Get("/settings/domain").Submit("form[action='/settings/domain']", url.Values{"domain": {"fonte.example"}}); p.Status != http.StatusOK {
		t.Fatalf("naming it: %d", p.Status)
	}
	says("before the code was found", false)
	keep := func(method string) {
		t.Helper()
		d, err := h.Accounts.DomainOfBrand(ctx, brand.ID)
		if err != nil || d == nil {
			t.Fatal(d, err)
		}
		if err := h.Accounts.RecordDomainCheck(ctx, brand.ID, d.Code, method); err != nil {
			t.Fatal(err)
		}
	}
	keep("dns")
	says("once it was found", true)
	if p := h.AsBrand.Get(proposal); p.HasTexts("Verified: fonte.example") {
		t.Error("the brand's own page of the proposal speaks of itself")
	}
	for range 3 {
		keep("")
	}
	says("after three misses", false)
	keep("file")
	if p := h.AsBrand.Get("/settings/domain").Submit("form[action='/settings/domain']", url.Values{"domain": {"other.example"}}); p.Status != http.StatusOK {
		t.Fatalf("naming another: %d", p.Status)
	}
	says("with another domain", false)
}

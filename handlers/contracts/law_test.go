package contracts_test

import (
	"cmp"
	"context"
	"net/url"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/contracts"
)

func TestAnybodyReadsTheLawsWithTheirSources(t *testing.T) {
	t.Parallel()
	p := apptest.New(t).NewBrowser(t).Get("/about/law")
	if !p.HasTexts("no legal advice", "€1,000.00", "80 %", "1 Jan 2026", "Décret n° 2025-1137", "jointly liable") {
		t.Error(p.Text())
	}
	for _, l := range contracts.Laws() {
		if p.Find("#"+l.ID).Length() != 1 || p.Find("a[href='"+l.Sources[0].URL+"']").Length() == 0 {
			t.Errorf("%s is not shown with its source", l.ID)
		}
	}
}

// Both sides read what a year adds up to where they read an offer, and who is warned.
func TestAnOfferSaysWhatTheYearAddsUpTo(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	h := apptest.NewPartnership(t)
	apptest.Must(t, h.DB.Read(ctx).Exec("UPDATE creators SET country = 'FR'").Error)
	for _, c := range []struct {
		fee, kind string
		texts     []string
		currency  string
	}{
		{"460", "", []string{"come to €460.00 before VAT in 2026 for this objective; the threshold is €1,000.00", "either side can ask"}, ""},
		{"800", "late", []string{"come to €800.00 before VAT in 2026", "From €1,000.00 on"}, ""},
		{"1000", "late", []string{"come to €1,000.00 before VAT", "asks for a contract that both have signed", "no legal advice"}, ""},
		{"500", "late", []string{"come to $500.00 before VAT in 2026", "cannot be compared with €1,000.00"}, "USD"},
	} {
		look := h.AsBrand.Get("/c/"+h.CreatorID+"/negotiations/new").Submit("#offer", h.Offer(url.Values{"fee": {c.fee}, "currency": {cmp.Or(c.currency, "EUR")}, "objective": {"sales"}, "look": {"1"}}))
		if !look.HasTexts(append(c.texts, "Nothing has been sent yet", "Fonte and Penne Trial")...) {
			t.Errorf("the last look at %s: %s", c.fee, look.Text())
		}
		p := h.SendProposal(t, url.Values{"fee": {c.fee}, "currency": {cmp.Or(c.currency, "EUR")}, "objective": {"sales"}})
		for who, page := range map[string]*apptest.Page{"the brand": p, "the creator": h.AsCreator.Get(p.Address())} {
			notice := page.Find("a[href='/about/law#fr_contract']").Closest(".notice")
			if !page.HasTexts(c.texts...) || notice.Length() != len(c.kind)/len("late") || notice.HasClass("late") != (c.kind == "late") {
				t.Errorf("%s at %s: %s", who, c.fee, page.Text())
			}
		}
	}
}

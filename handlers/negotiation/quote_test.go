package negotiation_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tribemarket/internal/testkit/apptest"
)

// A creator's prices beside the content become parts of a quote that a button fills in, and
// stand beside what is offered.
func TestPricesOfAddOnsFillAQuoteIn(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	settings := h.AsCreator.Get("/settings/profile")
	if p := settings.Submit("form[action='/settings/profile'][method=post]", url.Values{"add_on_rights": {"400"}, "price_video": {"250"}}); p.Status != http.StatusUnprocessableEntity || !p.HasTexts("Enter a percentage above 0 and up to 300.") || p.Find("[name=add_on_rights]").AttrOr("value", "") != "400" {
		t.Errorf("four times the content is %d: %s", p.Status, p.Find("#error-summary").Text())
	}
	saved := settings.Submit("form[action='/settings/profile'][method=post]", url.Values{"price_video": {"250"}, "price_video_currency": {"EUR"}, "add_on_rights": {"20"}, "add_on_exclusivity": {"12,5"}})
	if got := saved.Find("[name=add_on_exclusivity]").AttrOr("value", ""); saved.Status != http.StatusOK || got != "12.5" {
		t.Fatalf("saved as %d: %q", saved.Status, got)
	}

	form := h.AsBrand.Get("/c/" + h.CreatorID + "/negotiations/new")
	typed := h.Offer(url.Values{"fee": {""}, "exclusivity_days": {"60"}, "exclusivity_category": {"food"}, "fill": {"prices"}})
	filled := form.Submit("#offer", typed)
	got := apptest.FormValues(filled.Find("#offer"))
	for field, want := range map[string]string{"fee": "500.00", "rights_fee": "100.00", "exclusivity_fee": "125.00", "whitelisting_fee": "", "product": "Pan & lid"} {
		if got.Get(field) != want {
			t.Errorf("%s is filled in as %q, not %q", field, got.Get(field), want)
		}
	}
	if !filled.HasTexts("By the starting prices: €100.00 (30 days, 20% of the content for each 30)") || filled.Find(".follow .figure").Text() != "€725.00" {
		t.Errorf("the form says: %s, %s", filled.Find("#reward").Text(), filled.Find(".follow .figure").Text())
	}
	sent := filled.Submit("#offer", nil)
	row := sent.Find("#quote tbody tr:contains('Usage rights') td.num").Map(func(_ int, s *goquery.Selection) string { return s.Text() })
	if len(row) != 2 || row[0] != "€100.00" || row[1] != "€100.00" || !sent.HasTexts("You, offer 1", "Creator’s prices") {
		t.Errorf("the quote says %q: %s", row, sent.Find("#quote").Text())
	}
	if p := h.AsCreator.Get(sent.Path); !p.HasTexts("Fonte, offer 1") || p.Find("#quote tfoot td").First().Text() != "€725.00" {
		t.Errorf("the creator reads: %s", p.Find("#quote").Text())
	}
	counter := h.AsCreator.Get(sent.Path + "/offers/new")
	if p := counter.Submit("#offer", url.Values{"fee": {"900"}, "look": {"1"}}); !p.HasTexts("Fonte, offer 1", "You, offer 2", "€900.00", "€1,125.00") {
		t.Errorf("the last look at a counter-offer says: %s", p.Find("#quote").Text())
	}
}

package documents_test

import (
	"strings"
	"testing"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	"tribemarket/views/documents"
)

// The day of an answer ends with it, on paper too.
func TestAnOfferNamesTheDayOfItsAnswer(t *testing.T) {
	t.Parallel()
	brussels := models.Zone("Europe/Brussels")
	o := negotiation.Offer{Number: 1, Side: models.SideBrand, ExpiresAt: time.Date(2026, 12, 8, 0, 0, 0, 0, brussels)}
	n := negotiation.Negotiation{Brand: deals.Party{Name: "Fonte"}, Creator: deals.Party{Name: "Penne"}, Zone: "Europe/Brussels", BrandZone: "Europe/Brussels", State: negotiation.WithCreator, Latest: o, ExpiresAt: o.ExpiresAt}
	lead := documents.PresentOffer(i18n.WithLocale(t.Context(), i18n.EN, brussels), n, o, nil, o.ExpiresAt.AddDate(0, 0, -3)).Lead
	if !strings.Contains(lead, "7 Dec 2026, 23:59 (Brussels)") {
		t.Errorf("the lead is %q", lead)
	}
}

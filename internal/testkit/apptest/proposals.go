package apptest

import (
	"context"
	"testing"
	"time"

	"tribemarket/models"
	"tribemarket/models/negotiation"
	"tribemarket/models/platform"
	"tribemarket/models/terms"
)

// OfferForm is a valid offer.
func (a *App) OfferForm() negotiation.OfferForm {
	return negotiation.OfferForm{Message: "Two dinners.", ExpiresDays: "7", Form: terms.Form{
		Product: "Pan", Fee: "400", Currency: "EUR", Disclosure: "Collaboration commerciale",
		Deliverables: []terms.DeliverableForm{{ContentType: "tutorial", Format: "video", Platform: platform.TikTok, Count: "1", DueOn: a.Clock.Now().AddDate(0, 0, 10).Format(time.DateOnly)}},
	}}
}

// Propose sends OfferForm to a creator, through the area's verb, and returns its
// public id.
func (a *App) Propose(t testing.TB, brand models.Actor, creatorID string) string {
	t.Helper()
	p, err := a.Negotiations.Propose(context.Background(), brand, creatorID, a.OfferForm(), models.NewSecret())
	if err != nil {
		t.Fatal(err)
	}
	return p.Negotiation
}

// Agree is Propose followed by its acceptance, and returns the public id of the deal.
func (a *App) Agree(t testing.TB, brand, creator models.Actor, creatorID string) string {
	t.Helper()
	d, err := a.Negotiations.Accept(context.Background(), creator, a.Propose(t, brand, creatorID), 1)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

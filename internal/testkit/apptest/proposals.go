package apptest

import (
	"context"
	"testing"
	"time"

	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/platform"
)

// ProposalForm is a valid proposal.
func (a *App) ProposalForm() deals.ProposalForm {
	return deals.ProposalForm{
		Product: "Pan", Message: "Two dinners.", Fee: "400", Currency: "EUR", Disclosure: "Collaboration commerciale", ExpiresDays: "7",
		Deliverables: []deals.DeliverableForm{{ContentType: "tutorial", Format: "video", Platform: platform.TikTok, Count: "1", DueOn: a.Clock.Now().AddDate(0, 0, 10).Format(time.DateOnly)}},
	}
}

// Propose sends ProposalForm to a creator, through the area's verb, and returns its
// public id.
func (a *App) Propose(t testing.TB, brand models.Actor, creatorID string) string {
	t.Helper()
	p, err := a.Deals.Propose(context.Background(), brand, creatorID, a.ProposalForm(), models.NewSecret())
	if err != nil {
		t.Fatal(err)
	}
	return p.Proposal
}

// Agree is Propose followed by its acceptance, and returns the public id of the deal.
func (a *App) Agree(t testing.TB, brand, creator models.Actor, creatorID string) string {
	t.Helper()
	d, err := a.Deals.Accept(context.Background(), creator, a.Propose(t, brand, creatorID))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

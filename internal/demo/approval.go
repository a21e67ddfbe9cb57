package demo

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/terms"
)

// approvalStory is an offer of the agency that waits for its client's approval.
var approvalStory = story{
	brand: agencyClient, creator: 9, product: "Kestrel One, a year on the road", fee: "1800", inKind: "A pair of Kestrel One",
	deliverables: []storyDeliverable{videoDeliverable(26, "", 0), videoDeliverable(33, "", 0)}, sentDaysAgo: 1.3,
}

// planApproval has the agency's client approve what is worth more than an amount, and the
// agency write such an offer.
func (m *worldMaker) planApproval() {
	client, currency := m.brands[agencyClient], currencyOfCountry(demoBrands[agencyClient].country)
	m.addStep(approvalStory.sentDaysAgo+1, func(ctx context.Context) error {
		members, err := m.app.Accounts.ListMembers(ctx, client)
		if err != nil {
			return err
		}
		return m.app.Accounts.SetApproval(ctx, client, members[0].Ref, models.Money{Minor: 100000, Currency: currency})
	})
	m.addStep(approvalStory.sentDaysAgo, func(ctx context.Context) error {
		form := m.proposalForm(approvalStory, m.people[approvalStory.creator].Locale)
		form.Objective = terms.Objectives()[0]
		_, err := m.app.Negotiations.Propose(ctx, m.agent, m.ids[approvalStory.creator], form, "demo-approval")
		return err
	})
}

package discovery

import (
	"context"
	"slices"

	"tribemarket/models"
	"tribemarket/models/content"
	"tribemarket/models/creators"
)

// BudgetForm is the question to calculate for a list.
type BudgetForm struct {
	Format   string // video unless it is one of creators.Formats
	Currency string // "" for the one used by most creators on the list
}

// BudgetView is the calculation for a list.
type BudgetView struct {
	Shortlist   Shortlist
	Total       int // creators on the list
	Format      string
	Summary     BudgetSummary
	Purchase    *BudgetPurchase           // nil unless an amount is given
	Entries     map[string]ShortlistEntry // by the ids of the candidates
	Unavailable []ShortlistEntry          // creators who cannot be sent proposals now
}

// ComputeBudget calculates the budget of a list of the actor's brand.
func (s *Store) ComputeBudget(ctx context.Context, actor models.Actor, publicID string, f BudgetForm) (BudgetView, error) {
	l, err := s.ReadShortlist(ctx, actor, publicID, ShortlistFilter{Sort: SortByName})
	if err != nil {
		return BudgetView{}, err
	}
	v := BudgetView{Shortlist: l.Shortlist, Total: l.Total, Format: f.Format, Entries: map[string]ShortlistEntry{}}
	if !slices.Contains(content.Formats(), v.Format) {
		v.Format = content.Formats()[0]
	}
	var all []BudgetCandidate
	for _, e := range l.Entries {
		if e.Summary == nil {
			v.Unavailable = append(v.Unavailable, e)
			continue
		}
		v.Entries[e.PublicID] = e
		all = append(all, budgetCandidate(*e.Summary, v.Format))
	}
	currency := f.Currency
	if !models.IsKnownCurrency(currency) {
		currency = mostUsedCurrency(all)
	}
	v.Summary = SummariseBudget(all, currency)
	return v, nil
}

// budgetCandidate turns an entry into a candidate. Where the platform's terms
// allow no derived figures, it has no expected views.
func budgetCandidate(b creators.CreatorSummary, format string) BudgetCandidate {
	c := BudgetCandidate{ID: b.Creator.PublicID, Tribes: tribeSlugsOf(b), PostPrice: b.PriceOf(format)}
	if b.Derived {
		c.LowViews, c.MedianViews, c.HighViews, c.EngagementPPM = b.Listing.P25Views, b.Listing.MedianViews, b.Listing.P75Views, b.Listing.EngagementPPM
	}
	return c
}

// mostUsedCurrency returns the currency that most creators use; of ties, the
// first in models.Currencies.
func mostUsedCurrency(all []BudgetCandidate) string {
	counts := map[string]int{}
	for _, c := range all {
		if c.PostPrice != nil {
			counts[c.PostPrice.Currency]++
		}
	}
	best := models.Currencies()[0]
	for _, x := range models.Currencies() {
		if counts[x] > counts[best] {
			best = x
		}
	}
	return best
}

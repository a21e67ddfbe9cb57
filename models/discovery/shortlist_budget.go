package discovery

import (
	"context"
	"slices"

	"tribemarket/models"
	"tribemarket/models/creators"
)

// BudgetForm is what is asked of a list.
type BudgetForm struct {
	Format   string // video unless it is one of creators.Formats
	Currency string // "" for the one in which most of the list ask
}

// BudgetView is the maths over a list.
type BudgetView struct {
	List     Shortlist
	Total    int // creators on the list
	Format   string
	Sum      Sum
	Purchase *Purchase        // nil until somebody asks what an amount buys, with Sum.Buy
	Entries  map[string]Entry // by the ids of the candidates
	Away     []Entry          // who cannot be asked for anything now
}

// Budget does the maths over a list of the actor's brand.
func (s *Store) Budget(ctx context.Context, actor models.Actor, publicID string, f BudgetForm) (BudgetView, error) {
	l, err := s.Shortlist(ctx, actor, publicID, ListFilter{Sort: ByName})
	if err != nil {
		return BudgetView{}, err
	}
	v := BudgetView{List: l.Shortlist, Total: l.Total, Format: f.Format, Entries: map[string]Entry{}}
	if !slices.Contains(creators.Formats(), v.Format) {
		v.Format = creators.Formats()[0]
	}
	var all []Candidate
	for _, e := range l.Entries {
		if e.Brief == nil {
			v.Away = append(v.Away, e)
			continue
		}
		v.Entries[e.PublicID] = e
		all = append(all, candidate(*e.Brief, v.Format))
	}
	currency := f.Currency
	if !models.KnownCurrency(currency) {
		currency = usualCurrency(all)
	}
	v.Sum = Sums(all, currency)
	return v, nil
}

// candidate is a creator for the maths. Where the platform's terms allow no
// derived figures she has no expected views.
func candidate(b creators.Brief, format string) Candidate {
	c := Candidate{ID: b.Creator.PublicID, Tribes: tribesOf(b), Price: b.PriceOf(format)}
	if b.Derived {
		c.Low, c.Median, c.High, c.EngagementPPM = b.Listing.P25Views, b.Listing.MedianViews, b.Listing.P75Views, b.Listing.EngagementPPM
	}
	return c
}

// usualCurrency is the one in which most ask, of equal ones the first of
// models.Currencies.
func usualCurrency(all []Candidate) string {
	counts := map[string]int{}
	for _, c := range all {
		if c.Price != nil {
			counts[c.Price.Currency]++
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

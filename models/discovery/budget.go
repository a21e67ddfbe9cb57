package discovery

import (
	"cmp"
	"math"
	"math/big"
	"slices"

	"tribemarket/models"
	"tribemarket/models/creators"
)

// BudgetCandidate is a creator as the budget calculation sees one. Views are those
// of one post, whatever its format.
type BudgetCandidate struct {
	ID            string
	Tribes        []string
	PostPrice     *models.Money // of one post of the format, nil if the creator names none
	LowViews      *int64        // 25th percentile of views of the latest posts
	MedianViews   *int64
	HighViews     *int64 // 75th percentile
	EngagementPPM *int64
}

// hasExpectedViews says whether the candidate has expected views: nothing is
// guessed if a quartile is missing, and nothing is divided by zero views.
func (c BudgetCandidate) hasExpectedViews() bool {
	return c.LowViews != nil && c.MedianViews != nil && c.HighViews != nil && *c.MedianViews > 0
}

// ExpectedViews is a range of expected views: the sums of the 25th percentiles, of the
// medians and of the 75th percentiles.
type ExpectedViews struct{ Low, Median, High int64 }

// ExpectedViewsOf are the expected views of some posts by a creator, on the account of the
// summary. ok is false where no views are expected, for the reasons of a budget.
func ExpectedViewsOf(b creators.CreatorSummary, posts int) (v ExpectedViews, ok bool) {
	c := budgetCandidate(b, "")
	if posts < 1 || !c.hasExpectedViews() {
		return ExpectedViews{}, false
	}
	for range posts {
		v = v.addCandidate(c)
	}
	return v, true
}

func (v ExpectedViews) addCandidate(c BudgetCandidate) ExpectedViews {
	return ExpectedViews{addSaturating(v.Low, *c.LowViews), addSaturating(v.Median, *c.MedianViews), addSaturating(v.High, *c.HighViews)}
}

// addSaturating adds two counts; an overflow gives the largest number.
func addSaturating(a, b int64) int64 {
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}

// CPM is the cost of 1,000 views: price ÷ views × 1,000, rounded half up to the
// minor unit. nil without views, or on overflow.
func CPM(price models.Money, views int64) *models.Money {
	return divideMoney(price, 1000, big.NewInt(views))
}

// CPE is the cost of one engagement: price ÷ (engagement rate × views), rounded
// like CPM. ppm is the rate in millionths.
func CPE(price models.Money, ppm, views int64) *models.Money {
	if ppm < 0 || views < 0 {
		return nil
	}
	return divideMoney(price, 1_000_000, new(big.Int).Mul(big.NewInt(ppm), big.NewInt(views)))
}

// divideMoney is price × times ÷ by, rounded half up.
func divideMoney(price models.Money, times int64, by *big.Int) *models.Money {
	if by.Sign() <= 0 || price.Minor < 0 {
		return nil
	}
	n := new(big.Int).Mul(big.NewInt(price.Minor), big.NewInt(2*times))
	n.Add(n, by).Div(n, new(big.Int).Lsh(by, 1))
	if !n.IsInt64() {
		return nil
	}
	return &models.Money{Minor: n.Int64(), Currency: price.Currency}
}

// PricedCandidate is a candidate with the cost of their views and engagements.
type PricedCandidate struct {
	BudgetCandidate
	CPM *models.Money
	CPE *models.Money // nil without an engagement rate
}

// TribePriceShare is a tribe's share of the prices on a list.
type TribePriceShare struct {
	Tribe  string // "" for creators without a tribe
	Amount models.Money
	PPM    int64 // of the whole
}

// BudgetSummary is the calculation for a list in one currency.
type BudgetSummary struct {
	Currency    string
	Counted     []PricedCandidate // by expected CPM, the lowest first
	Price       models.Money
	Views       ExpectedViews // of one post of each
	CPM         *models.Money
	TribeShares []TribePriceShare // the largest first

	// Creators not counted, by reason, in the order of the list.
	NoPrice, OtherCurrency, NoViews []BudgetCandidate
}

// SummariseBudget calculates with the prices in one currency. There are no exchange
// rates: creators who ask for another currency are left out and named.
func SummariseBudget(all []BudgetCandidate, currency string) BudgetSummary {
	s := BudgetSummary{Currency: currency, Price: models.Money{Currency: currency}}
	for _, c := range all {
		switch {
		case c.PostPrice == nil:
			s.NoPrice = append(s.NoPrice, c)
		case c.PostPrice.Currency != currency:
			s.OtherCurrency = append(s.OtherCurrency, c)
		case !c.hasExpectedViews():
			s.NoViews = append(s.NoViews, c)
		default:
			p := PricedCandidate{BudgetCandidate: c, CPM: CPM(*c.PostPrice, *c.MedianViews)}
			if c.EngagementPPM != nil {
				p.CPE = CPE(*c.PostPrice, *c.EngagementPPM, *c.MedianViews)
			}
			s.Counted = append(s.Counted, p)
			s.Price.Minor, s.Views = addSaturating(s.Price.Minor, c.PostPrice.Minor), s.Views.addCandidate(c)
		}
	}
	slices.SortFunc(s.Counted, compareCPM)
	s.CPM = CPM(s.Price, s.Views.Median)
	s.TribeShares = divideByTribe(s.Counted, s.Price)
	return s
}

// compareCPM sorts by the exact price ÷ median, without rounding, then by price
// and id.
func compareCPM(a, b PricedCandidate) int {
	x := new(big.Int).Mul(big.NewInt(a.PostPrice.Minor), big.NewInt(*b.MedianViews))
	y := new(big.Int).Mul(big.NewInt(b.PostPrice.Minor), big.NewInt(*a.MedianViews))
	return cmp.Or(x.Cmp(y), cmp.Compare(a.PostPrice.Minor, b.PostPrice.Minor), cmp.Compare(a.ID, b.ID))
}

// BudgetPurchase is what a budget buys from a list.
type BudgetPurchase struct {
	Budget       models.Money
	Bought       []PricedCandidate // in the order in which they were taken
	TooExpensive []PricedCandidate // cost more than was left when it was their turn
	Total        models.Money
	Left         models.Money
	Views        ExpectedViews
}

// BuyWithinBudget goes through the candidates in order of expected CPM, lowest first,
// and takes each one whose price fits into what is left. It never spends more than the
// budget, and a larger budget never buys fewer expected (median) views: where two
// budgets first differ, the larger one takes a candidate whose price is above everything
// the smaller one has left, at a CPM that no later candidate undercuts.
func (s BudgetSummary) BuyWithinBudget(budget models.Money) BudgetPurchase {
	p := BudgetPurchase{Budget: budget, Total: models.Money{Currency: s.Currency}, Left: budget}
	if budget.Currency != s.Currency {
		return p
	}
	for _, c := range s.Counted {
		if c.PostPrice.Minor > p.Left.Minor {
			p.TooExpensive = append(p.TooExpensive, c)
			continue
		}
		p.Bought = append(p.Bought, c)
		p.Left.Minor -= c.PostPrice.Minor
		p.Total.Minor += c.PostPrice.Minor
		p.Views = p.Views.addCandidate(c.BudgetCandidate)
	}
	return p
}

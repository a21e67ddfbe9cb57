package discovery

import (
	"cmp"
	"math"
	"math/big"
	"slices"

	"tribemarket/models"
)

// Candidate is a creator as the maths over a list see her. Views are those of
// one post, whatever its format.
type Candidate struct {
	ID            string
	Tribes        []string
	Price         *models.Money // of one post of the format, nil where she names none
	Low           *int64        // 25th percentile of views of her latest posts
	Median        *int64
	High          *int64 // 75th percentile
	EngagementPPM *int64
}

// counted says whether the candidate's views can be expected: nothing is
// guessed where a quartile is missing, and nothing divided by no views.
func (c Candidate) counted() bool {
	return c.Low != nil && c.Median != nil && c.High != nil && *c.Median > 0
}

// Views is a range of expected views: the sums of the 25th percentiles, of the
// medians and of the 75th percentiles.
type Views struct{ Low, Median, High int64 }

func (v Views) add(c Candidate) Views {
	return Views{plus(v.Low, *c.Low), plus(v.Median, *c.Median), plus(v.High, *c.High)}
}

// plus adds two counts; one beyond all sense stays the largest number.
func plus(a, b int64) int64 {
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}

// CPM is what 1,000 views cost: price ÷ views × 1,000, rounded to the nearest
// minor unit, halves up. nil without views, or beyond all sense.
func CPM(price models.Money, views int64) *models.Money {
	return quotient(price, 1000, big.NewInt(views))
}

// CPE is what one engagement costs: price ÷ (engagement rate × views), rounded
// as CPM is. ppm is the rate in millionths.
func CPE(price models.Money, ppm, views int64) *models.Money {
	if ppm < 0 || views < 0 {
		return nil
	}
	return quotient(price, 1_000_000, new(big.Int).Mul(big.NewInt(ppm), big.NewInt(views)))
}

// quotient is price × times ÷ by, rounded to the nearest, halves up.
func quotient(price models.Money, times int64, by *big.Int) *models.Money {
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

// Priced is a candidate with what her views and engagements cost.
type Priced struct {
	Candidate
	CPM *models.Money
	CPE *models.Money // nil without an engagement rate
}

// TribeShare is what a tribe has of the prices of a list.
type TribeShare struct {
	Tribe  string // "" for those who are in none
	Amount models.Money
	PPM    int64 // of the whole
}

// Sum is the maths over a list in one currency.
type Sum struct {
	Currency string
	Counted  []Priced // by expected CPM, the lowest first
	Price    models.Money
	Views    Views // of one post of each
	CPM      *models.Money
	Spread   []TribeShare // the largest first

	// Who is not counted, and why, in the order of the list.
	NoPrice, OtherCurrency, NoViews []Candidate
}

// Sums does the maths for the prices in a currency. There are no exchange
// rates: who asks for another currency is left out and named.
func Sums(all []Candidate, currency string) Sum {
	s := Sum{Currency: currency, Price: models.Money{Currency: currency}}
	for _, c := range all {
		switch {
		case c.Price == nil:
			s.NoPrice = append(s.NoPrice, c)
		case c.Price.Currency != currency:
			s.OtherCurrency = append(s.OtherCurrency, c)
		case !c.counted():
			s.NoViews = append(s.NoViews, c)
		default:
			p := Priced{Candidate: c, CPM: CPM(*c.Price, *c.Median)}
			if c.EngagementPPM != nil {
				p.CPE = CPE(*c.Price, *c.EngagementPPM, *c.Median)
			}
			s.Counted = append(s.Counted, p)
			s.Price.Minor, s.Views = plus(s.Price.Minor, c.Price.Minor), s.Views.add(c)
		}
	}
	slices.SortFunc(s.Counted, cheaper)
	s.CPM = CPM(s.Price, s.Views.Median)
	s.Spread = spread(s.Counted, s.Price)
	return s
}

// cheaper sorts by price ÷ median, exactly and not as it is rounded, then by
// price and id.
func cheaper(a, b Priced) int {
	x := new(big.Int).Mul(big.NewInt(a.Price.Minor), big.NewInt(*b.Median))
	y := new(big.Int).Mul(big.NewInt(b.Price.Minor), big.NewInt(*a.Median))
	return cmp.Or(x.Cmp(y), cmp.Compare(a.Price.Minor, b.Price.Minor), cmp.Compare(a.ID, b.ID))
}

// Purchase is what a budget buys of a list.
type Purchase struct {
	Budget models.Money
	Bought []Priced // in the order in which they were taken
	Passed []Priced // cost more than was left when it was their turn
	Total  models.Money
	Left   models.Money
	Views  Views
}

// Buy takes the candidates in the order of the lowest expected CPM, each one
// whose price is not above what is left by then. It never spends more than the
// budget, and a larger budget never buys fewer expected (median) views: where
// two budgets first part, the larger one takes somebody whose price is above
// all that the smaller one has left, at a CPM that nobody after undercuts.
func (s Sum) Buy(budget models.Money) Purchase {
	p := Purchase{Budget: budget, Total: models.Money{Currency: s.Currency}, Left: budget}
	if budget.Currency != s.Currency {
		return p
	}
	for _, c := range s.Counted {
		if c.Price.Minor > p.Left.Minor {
			p.Passed = append(p.Passed, c)
			continue
		}
		p.Bought = append(p.Bought, c)
		p.Left.Minor -= c.Price.Minor
		p.Total.Minor += c.Price.Minor
		p.Views = p.Views.add(c.Candidate)
	}
	return p
}

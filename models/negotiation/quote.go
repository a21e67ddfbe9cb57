package negotiation

import (
	"math/big"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/discovery"
	"tribemarket/models/terms"
)

// QuotePart is one part of a fee by a creator's own prices.
type QuotePart struct {
	Name  string        // as the part of a terms.Fee is called
	Asked bool          // the terms ask for it
	PPM   int64         // its price in millionths of the content's, for 30 days but of a rush; 0 for the content
	Days  int           // for which it is asked; of a rush the days until something is due
	Price *models.Money // nil where it is not asked, or has no price in the currency
}

// Quote is what terms come to by a creator's own prices.
type Quote struct {
	Parts []QuotePart   // in the order of a fee: content, rights, whitelisting, exclusivity, rush
	Sum   *models.Money // nil if anything that is asked has no price
}

// Fee is what the parts with a price come to.
func (q Quote) Fee() terms.Fee {
	var minor [5]int64
	for i, p := range q.Parts {
		if p.Price != nil {
			minor[i] = p.Price.Minor
		}
	}
	return terms.Fee{Content: minor[0], Rights: minor[1], Whitelisting: minor[2], Exclusivity: minor[3], Rush: minor[4]}
}

// daysOfPrice is the number of days that the price of an add-on is for.
const daysOfPrice = 30

// QuoteFor quotes terms by a creator's own prices. Add-ons are shares of the content's price,
// or where that has none, of what is offered for the content; each is rounded once, half up.
func QuoteFor(b creators.CreatorSummary, t terms.Terms, today models.Date) Quote {
	content := contentPrice(b.Prices, t)
	base := t.Fee.Content
	if content != nil {
		base = content.Minor
	}
	q := Quote{Parts: []QuotePart{{Name: "content", Asked: len(t.Deliverables) > 0, Price: content}}}
	add := func(a creators.AddOn, days int, numerator, denominator int64) {
		p := QuotePart{Name: string(a), Asked: days > 0, PPM: b.AddOns[a], Days: days}
		if p.Asked && p.PPM > 0 && base > 0 {
			p.Price = shareOf(t.Money(base), p.PPM, numerator, denominator)
		}
		q.Parts = append(q.Parts, p)
	}
	days, assetDays := rightDays(t)
	add(creators.AddOnRights, days, assetDays, int64(max(1, len(t.Deliverables)))*daysOfPrice)
	add(creators.AddOnWhitelisting, t.Whitelisting, int64(t.Whitelisting), daysOfPrice)
	add(creators.AddOnExclusivity, t.Exclusivity.Days, int64(t.Exclusivity.Days), daysOfPrice)
	add(creators.AddOnRush, rushDays(t, today), 1, 1)
	q.Sum = q.sum(t.Currency)
	return q
}

func (q Quote) sum(currency string) *models.Money {
	sum := models.Money{Currency: currency}
	for _, p := range q.Parts {
		switch {
		case p.Price != nil:
			sum.Minor += p.Price.Minor
		case p.Asked:
			return nil
		}
	}
	if sum.IsZero() {
		return nil
	}
	return &sum
}

// contentPrice adds up the starting prices of all deliverables; nil if one has none in the
// currency.
func contentPrice(prices []creators.StartingPrice, t terms.Terms) *models.Money {
	each := map[string]int64{}
	for _, p := range prices {
		if p.Currency == t.Currency {
			each[p.Format] = p.Minor
		}
	}
	sum := models.Money{Currency: t.Currency}
	for _, x := range t.Deliverables {
		if each[x.Format] == 0 {
			return nil
		}
		sum.Minor += each[x.Format]
	}
	if sum.IsZero() {
		return nil
	}
	return &sum
}

// rightDays are the days of the longest usage right, and the days of all rights added up over
// the deliverables that each is for.
func rightDays(t terms.Terms) (longest int, assetDays int64) {
	for _, r := range t.Rights {
		assets := len(t.Deliverables)
		if r.Deliverable > 0 {
			assets = 1
		}
		longest = max(longest, r.Days)
		assetDays += int64(assets) * int64(r.Days)
	}
	return longest, assetDays
}

// rushDays are the days until the first deliverable is due, where that is a rush; otherwise 0.
func rushDays(t terms.Terms, today models.Date) int {
	first := t.FirstDue()
	if first.IsZero() || today.AddDays(creators.RushDays).Before(first) {
		return 0
	}
	for n := creators.RushDays; n > 1; n-- {
		if !first.Before(today.AddDays(n)) {
			return n
		}
	}
	return 1
}

// shareOf is a share of an amount in millionths, times a fraction, rounded half up; nil if it
// is no amount.
func shareOf(of models.Money, ppm, numerator, denominator int64) *models.Money {
	n := new(big.Int).Mul(big.NewInt(of.Minor), big.NewInt(ppm))
	n.Mul(n, big.NewInt(2*numerator))
	d := new(big.Int).Mul(big.NewInt(1_000_000), big.NewInt(denominator))
	n.Add(n, d).Div(n, new(big.Int).Lsh(d, 1))
	if !n.IsInt64() {
		return nil
	}
	return &models.Money{Minor: n.Int64(), Currency: of.Currency}
}

// Expectation is what the budget calculation expects of terms.
type Expectation struct {
	Posts           int
	Views           discovery.ExpectedViews
	LowCPM, HighCPM *models.Money // of the fee, for the most and the fewest views
	ExpectedOf      creators.Account
}

// ExpectFrom calculates it. ok is false where nothing can be expected: without enough views, or
// where a part of the deliverables is for another platform.
func ExpectFrom(b creators.CreatorSummary, t terms.Terms) (e Expectation, ok bool) {
	for _, x := range t.Deliverables {
		if x.Platform != b.Account.Platform {
			return e, false
		}
	}
	e.Posts, e.ExpectedOf = len(t.Deliverables), b.Account
	if e.Views, ok = discovery.ExpectedViewsOf(b, e.Posts); !ok {
		return e, false
	}
	if fee := t.FeeSum(); !fee.IsZero() {
		e.LowCPM, e.HighCPM = discovery.CPM(fee, e.Views.High), discovery.CPM(fee, e.Views.Low)
	}
	return e, true
}

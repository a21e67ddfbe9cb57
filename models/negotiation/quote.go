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
	Parts  []QuotePart   // in the order of a fee: content, rights, whitelisting, exclusivity, rush
	Sum    *models.Money // nil if anything that is asked has no price
	Agreed terms.Fee     // of an amendment: what the parts are added to
}

// Fee is what the parts with a price come to, with what is agreed already. What is asked and
// has no price is left out.
func (q Quote) Fee() terms.Fee {
	minor := [5]int64{q.Agreed.Content, q.Agreed.Rights, q.Agreed.Whitelisting, q.Agreed.Exclusivity, q.Agreed.Rush}
	for i, p := range q.Parts {
		switch {
		case p.Price != nil:
			minor[i] += p.Price.Minor
		case p.Asked:
			minor[i] = 0
		}
	}
	return terms.Fee{Content: minor[0], Rights: minor[1], Whitelisting: minor[2], Exclusivity: minor[3], Rush: minor[4]}
}

// daysOfPrice is the number of days that the price of an add-on is for.
const daysOfPrice = 30

// QuoteFor quotes terms by a creator's own prices. Add-ons are shares of the content's price,
// or where that has none, of what is offered for the content; each is rounded once, half up.
func QuoteFor(b creators.CreatorSummary, t terms.Terms, today models.Date) Quote {
	return quoteBeyond(b, terms.Terms{}, t, t.Deliverables, today)
}

// QuoteAmendment quotes what other terms ask for beyond those in force: further deliverables
// and further days, and a rush for what is new or moves. What is agreed keeps its fee.
func QuoteAmendment(b creators.CreatorSummary, a terms.Amending, t terms.Terms, today models.Date) Quote {
	q := quoteBeyond(b, a.Terms, t, a.Changed(t), today)
	q.Agreed = a.Terms.Fee
	return q
}

// quoteBeyond quotes what terms ask for beyond others; changed are the deliverables that can be
// a rush.
func quoteBeyond(b creators.CreatorSummary, agreed, t terms.Terms, changed []terms.Deliverable, today models.Date) Quote {
	further := t.Deliverables[min(len(agreed.Deliverables), len(t.Deliverables)):]
	base, all := t.Fee.Content, int64(max(1, len(t.Deliverables)))
	if content := contentPrice(b.Prices, t.Currency, t.Deliverables); content != nil {
		base = content.Minor
	}
	q := Quote{Parts: []QuotePart{{Name: "content", Asked: len(further) > 0, Price: contentPrice(b.Prices, t.Currency, further)}}}
	add := func(a creators.AddOn, days int, numerator, denominator int64) {
		p := QuotePart{Name: string(a), Asked: days > 0, PPM: b.AddOns[a], Days: days}
		if p.Asked && p.PPM > 0 && base > 0 {
			p.Price = shareOf(t.Money(base), p.PPM, numerator, denominator)
		}
		q.Parts = append(q.Parts, p)
	}
	rights, assetDays := rightsBeyond(agreed, t)
	add(creators.AddOnRights, rights, assetDays, all*daysOfPrice)
	whitelisting, exclusivity := max(0, t.Whitelisting-agreed.Whitelisting), max(0, t.Exclusivity.Days-agreed.Exclusivity.Days)
	add(creators.AddOnWhitelisting, whitelisting, int64(whitelisting), daysOfPrice)
	add(creators.AddOnExclusivity, exclusivity, int64(exclusivity), daysOfPrice)
	add(creators.AddOnRush, rushDays(changed, today), int64(len(changed)), all)
	q.Sum = q.sum(t.Currency)
	return q
}

// rightsBeyond are the days of the longest usage right, and by how much those of all are more
// than agreed; 0 where they are not.
func rightsBeyond(agreed, t terms.Terms) (longest int, assetDays int64) {
	_, before := rightDays(agreed)
	longest, assetDays = rightDays(t)
	if assetDays <= before {
		return 0, 0
	}
	return longest, assetDays - before
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

// contentPrice adds up the starting prices of deliverables; nil if one has none in the currency.
func contentPrice(prices []creators.StartingPrice, currency string, of []terms.Deliverable) *models.Money {
	each := map[string]int64{}
	for _, p := range prices {
		if p.Currency == currency {
			each[p.Format] = p.Minor
		}
	}
	sum := models.Money{Currency: currency}
	for _, x := range of {
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

// rushDays are the days until the first of deliverables is due, where that is a rush; otherwise 0.
func rushDays(of []terms.Deliverable, today models.Date) int {
	first := terms.Terms{Deliverables: of}.FirstDue()
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

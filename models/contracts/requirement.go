package contracts

import (
	"tribemarket/models"
	"tribemarket/models/terms"
)

// Reason is why a law asks for a written contract, or warns of it.
type Reason string

// The reasons.
const (
	NoReason      Reason = ""
	NearThreshold Reason = "near"       // no contract is asked for yet
	AtThreshold   Reason = "threshold"  // the total reaches the amount
	OpenReward    Reason = "commission" // a commission of the total has no fixed amount
	OtherCurrency Reason = "currency"   // the total cannot be compared with the amount
)

// YearTotal is what a brand and a creator have agreed on in a calendar year for one
// objective: money and value in kind, without VAT.
type YearTotal struct {
	Year           int
	Sums           []models.Money // by currency
	OpenCommission bool           // a commission comes on top, whose amount nobody knows yet
}

// With is the total with further terms.
func (t YearTotal) With(further terms.Terms) YearTotal {
	sum := YearTotal{Year: t.Year, OpenCommission: t.OpenCommission || further.HasOpenCommission()}
	worth := further.Money(further.Fee.Sum() + further.InKind.Value)
	for _, m := range t.Sums {
		if m.Currency == worth.Currency {
			worth.Minor += m.Minor
		} else if m.Minor > 0 {
			sum.Sums = append(sum.Sums, m)
		}
	}
	if worth.Minor > 0 {
		sum.Sums = append(sum.Sums, worth)
	}
	return sum
}

// Requirement says whether a written contract is asked for, by which law and why.
type Requirement struct {
	Law       *Law // nil where no law that applies names an amount
	Reason    Reason
	Year      int            // the calendar year of the total
	Total     models.Money   // with the deal in question, in the currency of the law's amount
	Others    []models.Money // with it, in other currencies
	Objective string         // of the deal in question, "" where none is named
}

// IsRequired says whether the work of the deal waits for a contract that both have signed.
func (r Requirement) IsRequired() bool { return r.Reason != NoReason && r.Reason != NearThreshold }

// Require says whether laws ask for a written contract for a year's total. What cannot be
// known, or not compared, counts as having reached the amount.
func Require(applicable []Law, total YearTotal) Requirement {
	for i, l := range applicable {
		if l.Contract == nil {
			continue
		}
		r := Requirement{Law: &applicable[i], Year: total.Year, Total: models.Money{Currency: l.Contract.From.Currency}}
		other := false
		for _, m := range total.Sums {
			if m.Currency == r.Total.Currency {
				r.Total.Minor = m.Minor
			} else {
				other, r.Others = true, append(r.Others, m)
			}
		}
		switch {
		case r.Total.Minor >= l.Contract.From.Minor:
			r.Reason = AtThreshold
		case total.OpenCommission:
			r.Reason = OpenReward
		case other:
			r.Reason = OtherCurrency
		case r.Total.Minor*100 >= l.Contract.From.Minor*l.Contract.WarnPercent:
			r.Reason = NearThreshold
		}
		return r
	}
	return Requirement{}
}

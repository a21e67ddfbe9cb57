package terms

import (
	"bytes"
	"encoding/json"

	"tribemarket/models"
)

// Clause is the name of one thing to agree on.
type Clause string

// The clauses.
const (
	ClauseObjective     Clause = "objective"
	ClauseProduct       Clause = "product"
	ClauseDeliverables  Clause = "deliverables"
	ClauseDue           Clause = "due"
	ClauseFee           Clause = "fee"
	ClauseInKind        Clause = "in_kind"
	ClauseCommission    Clause = "commission"
	ClauseRounds        Clause = "rounds"
	ClauseReview        Clause = "review"
	ClauseRights        Clause = "rights"
	ClauseWhitelisting  Clause = "whitelisting"
	ClauseExclusivity   Clause = "exclusivity"
	ClauseRetention     Clause = "retention"
	ClausePayment       Clause = "payment"
	ClauseFunding       Clause = "funding"
	ClauseKillFee       Clause = "kill_fee"
	ClausePurchaseOrder Clause = "purchase_order"
	ClauseGuarantee     Clause = "guarantee"
	ClauseAudience      Clause = "audience"
	ClauseDisclosure    Clause = "disclosure"
	ClauseAI            Clause = "ai"
	ClauseChild         Clause = "child"
	ClauseShipment      Clause = "shipment"
	ClauseRepetition    Clause = "repetition"
	ClauseUndecided     Clause = "undecided"
	ClauseLanguage      Clause = "language"
	ClausePersonal      Clause = "personal"
)

// definitions are all clauses in the order in which they are shown, each with what terms
// say in it.
var definitions = []struct {
	clause Clause
	part   func(Terms) any
}{
	{ClauseProduct, func(t Terms) any { return []string{t.Product, t.Category} }},
	{ClauseDeliverables, func(t Terms) any { return t.pieces() }},
	{ClauseDue, func(t Terms) any { return t.dueDays() }},
	{ClauseFee, func(t Terms) any { return []any{t.Fee, t.itemFees(), t.feeCurrency()} }},
	{ClauseInKind, func(t Terms) any { return []any{t.InKind, t.currencyOf(t.InKind.Value)} }},
	{ClauseCommission, func(t Terms) any { return []any{t.Commission, t.currencyOf(t.Commission.PerSale)} }},
	{ClauseRights, func(t Terms) any { return t.Rights }},
	{ClauseWhitelisting, func(t Terms) any { return t.Whitelisting }},
	{ClauseExclusivity, func(t Terms) any { return t.Exclusivity }},
	{ClauseRounds, func(t Terms) any { return t.Rounds }},
	{ClauseReview, func(t Terms) any { return t.ReviewDays }},
	{ClausePayment, func(t Terms) any { return t.PaymentDays }},
	{ClauseFunding, func(t Terms) any { return t.Funded }},
	{ClauseKillFee, func(t Terms) any { return t.KillFee }},
	{ClauseGuarantee, func(t Terms) any { return t.Guarantee }},
	{ClauseShipment, func(t Terms) any { return t.Shipment }},
	{ClauseDisclosure, func(t Terms) any { return t.Disclosure }},
	{ClauseAudience, func(t Terms) any { return t.Audience }},
	{ClauseObjective, func(t Terms) any { return t.Objective }},
	{ClauseAI, func(t Terms) any { return t.AI }},
	{ClauseChild, func(t Terms) any { return t.Child }},
	{ClauseRetention, func(t Terms) any { return t.Retention }},
	{ClauseRepetition, func(t Terms) any { return t.Repetition }},
	{ClauseUndecided, func(t Terms) any { return t.Undecided }},
	{ClauseLanguage, func(t Terms) any { return t.Language }},
	{ClausePurchaseOrder, func(t Terms) any { return t.PurchaseOrder }},
	{ClausePersonal, func(t Terms) any { return t.Personal }},
}

// Clauses lists all clauses in the order in which they are shown.
func Clauses() []Clause {
	all := make([]Clause, len(definitions))
	for i, d := range definitions {
		all[i] = d.clause
	}
	return all
}

// Agreed lists the clauses about which the terms say something.
func (t Terms) Agreed() []Clause {
	var all []Clause
	for _, d := range definitions {
		if !same(d.part(t), d.part(Terms{})) {
			all = append(all, d.clause)
		}
	}
	return all
}

// Differences lists the clauses in which other terms say something else.
func (t Terms) Differences(other Terms) []Clause {
	var all []Clause
	for _, d := range definitions {
		if !same(d.part(t), d.part(other)) {
			all = append(all, d.clause)
		}
	}
	return all
}

// same compares what is stored: an empty list and none are the same.
func same(a, b any) bool { return bytes.Equal(canonical(a), canonical(b)) }

// canonical is the stored form of a value made of the types of this package.
func canonical(v any) []byte {
	stored, err := json.Marshal(v)
	if err != nil {
		panic(err) // none of them can fail
	}
	if bytes.Equal(stored, []byte("[]")) {
		return []byte("null")
	}
	return stored
}

// pieces are the deliverables without what other clauses say of them.
func (t Terms) pieces() []Deliverable {
	all := make([]Deliverable, len(t.Deliverables))
	for i, x := range t.Deliverables {
		x.DueOn, x.Fee = models.Date{}, 0
		all[i] = x
	}
	return all
}

func (t Terms) dueDays() []models.Date {
	all := make([]models.Date, len(t.Deliverables))
	for i, x := range t.Deliverables {
		all[i] = x.DueOn
	}
	return all
}

func (t Terms) itemFees() []int64 {
	if !t.HasItemFees() {
		return nil
	}
	all := make([]int64, len(t.Deliverables))
	for i, x := range t.Deliverables {
		all[i] = x.Fee
	}
	return all
}

func (t Terms) feeCurrency() string { return t.currencyOf(t.Fee.Sum()) }

// currencyOf is the currency of an amount, "" for none: a currency in which nothing is owed
// is no difference.
func (t Terms) currencyOf(minor int64) string {
	if minor == 0 {
		return ""
	}
	return t.Currency
}

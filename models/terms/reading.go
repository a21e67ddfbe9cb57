package terms

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tribemarket/models"
	"tribemarket/models/content"
	"tribemarket/models/platform"
)

// The limits of terms: numbers, days, and characters of texts.
const (
	MaxDeliverables   = 20
	MaxRights         = 10
	MaxPersonal       = 5
	MaxRounds         = 10
	MaxReviewDays     = 30
	MaxDays           = 3650 // of rights, exclusivity and retention
	MaxPaymentDays    = 60
	MaxShipmentDays   = 60
	MaxRepetitions    = 24
	MaxNoticeDays     = 90
	MaxAudience       = 40
	MaxProduct        = 120
	MaxInKind         = 200
	MaxDisclosure     = 120
	MaxOtherType      = 60
	MaxPurchaseOrder  = 60
	MaxPersonalTitle  = 80
	MaxPersonalText   = 1000
	MaxGuarantee      = 1_000_000_000
	maxYearsAhead     = 2
	maxCommissionPPM  = 800_000
	millionthsPerCent = 10_000
)

// Rules are what decides beside the terms themselves.
type Rules struct {
	Today     models.Date // where the creator lives
	Political bool        // an administrator allows political objectives
	Child     bool        // the country has a rule for children in advertising that is known

	AgreedDays []models.Date // that may stay although they have passed

	// UnprintableLetter names the first letter of a text that a contract cannot print, "" for
	// none; nil where that does not matter.
	UnprintableLetter func(text string) string

	// The version of the definition of the metrics, and the day it is of.
	Definition int
	DefinedOn  models.Date
}

// reader collects what is wrong with a form.
type reader struct {
	Form
	rules Rules
	wrong models.Fields
	lines []int // for each deliverable, the line of the form that it comes from
}

// Read reads and checks a form. lines says for each deliverable from which line of the form
// it comes, wrong what is to be changed.
func (f Form) Read(rules Rules) (t Terms, lines []int, wrong models.Fields) {
	r := &reader{Form: f, rules: rules}
	t = Terms{
		Version: FormatVersion, Objective: r.choice("objective", f.Objective, Objectives()), Product: r.line("product", f.Product, true, MaxProduct),
		Category: cmp.Or(f.Category, content.OtherCategory),
	}
	if !slices.Contains(content.Categories(), t.Category) {
		r.wrong.Add("category", "creators.error.category")
	}
	t.Deliverables = r.readDeliverables()
	r.readReward(&t)
	t.Rounds, t.ReviewDays = r.number("rounds", f.Rounds, MaxRounds), r.number("review_days", f.ReviewDays, MaxReviewDays)
	r.readUse(&t)
	r.readMoneyTerms(&t)
	r.readContentRules(&t)
	r.readCourse(&t)
	if t.Objective == PoliticalObjective && !rules.Political {
		r.wrong.Add("objective", "terms.invalid.political")
	}
	return t, r.lines, r.wrong
}

// readDeliverables expands the lines: a count of N makes N deliverables.
func (r *reader) readDeliverables() []Deliverable {
	var all []Deliverable
	total := 0
	for i, l := range r.Deliverables {
		if l.IsBlank() {
			continue
		}
		at := func(field string) string { return fmt.Sprintf("deliverables[%d].%s", i, field) }
		x := Deliverable{
			ContentType: r.required(at("content_type"), l.ContentType, ContentTypes()), Format: r.required(at("format"), l.Format, content.Formats()),
			Platform: r.required(at("platform"), l.Platform, platform.Names()), DueOn: r.day(at("due_on"), l.DueOn, true),
		}
		if x.Platform != "" && x.Format != "" && !slices.Contains(Platforms(x.Format), x.Platform) {
			r.wrong.Add(at("platform"), "terms.invalid.platform_format")
		}
		if x.ContentType == OtherType {
			x.OtherType = r.line(at("other_type"), l.OtherType, true, MaxOtherType)
		}
		x.Fee = r.amount(at("fee"), l.Fee)
		n := r.numberFrom(at("count"), cmp.Or(strings.TrimSpace(l.Count), "1"), 1, MaxDeliverables)
		total += n
		for range min(n, MaxDeliverables) {
			if len(all) < MaxDeliverables {
				x.Number = len(all) + 1
				all, r.lines = append(all, x), append(r.lines, i)
			}
		}
	}
	switch {
	case total == 0:
		r.wrong.Add("deliverables", "terms.invalid.deliverables")
	case total > MaxDeliverables:
		r.wrong.Add("deliverables", "terms.invalid.deliverables_many", "most", MaxDeliverables)
	}
	return all
}

// readReward reads what the creator receives: a fee, something in kind, a commission.
func (r *reader) readReward(t *Terms) {
	t.Currency = r.currency()
	t.Fee = Fee{r.amount("fee", r.Fee), r.amount("rights_fee", r.RightsFee), r.amount("whitelisting_fee", r.WhitelistingFee), r.amount("exclusivity_fee", r.ExclusivityFee), r.amount("rush_fee", r.RushFee)}
	r.readItemFees(t)
	t.InKind = InKind{r.line("in_kind", r.InKind, false, MaxInKind), r.amount("in_kind_value", r.InKindValue)}
	if t.InKind.Value > 0 && t.InKind.What == "" {
		r.wrong.Add("in_kind", "terms.invalid.in_kind")
	}
	t.Commission = Commission{r.share("commission_share", r.CommissionShare), r.amount("commission_sale", r.CommissionSale)}
	if t.Commission.SharePPM > 0 && t.Commission.PerSale > 0 {
		r.wrong.Add("commission_sale", "terms.invalid.commission_both")
	}
	if t.Fee.Sum() == 0 && t.InKind.What == "" && t.Commission == (Commission{}) && models.IsKnownCurrency(t.Currency) {
		r.wrong.Add("fee", "terms.invalid.fee")
	}
}

// readItemFees adds up the deliverables' own fees: all of them have one, or none has.
func (r *reader) readItemFees(t *Terms) {
	var sum int64
	missing := -1
	for i, x := range t.Deliverables {
		sum += x.Fee
		if x.Fee == 0 && missing < 0 {
			missing = i
		}
	}
	switch {
	case sum == 0:
	case t.Fee.Content > 0 && t.Fee.Content != sum:
		r.wrong.Add("fee", "terms.invalid.fee_twice", "sum", t.Money(sum))
	case missing >= 0:
		r.wrong.Add(fmt.Sprintf("deliverables[%d].fee", r.lines[missing]), "terms.invalid.fee_each")
	default:
		t.Fee.Content = sum
	}
}

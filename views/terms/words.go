package terms

import (
	"context"
	"strconv"
	"strings"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/content"
	"tribemarket/models/terms"
)

// Name is what a clause is called.
func Name(ctx context.Context, c terms.Clause) string { return i18n.T(ctx, "terms.clause."+string(c)) }

// Words are what terms say in a clause; "" if nothing is agreed about it.
func Words(ctx context.Context, c terms.Clause, t terms.Terms) string {
	if say, ok := sayings[c]; ok {
		return say(ctx, t)
	}
	return ""
}

// Reward is what the creator receives, in short: the fee, and beside it what is no money owed.
func Reward(ctx context.Context, t terms.Terms) string {
	var parts []string
	if !t.FeeSum().IsZero() {
		parts = append(parts, i18n.Money(ctx, t.FeeSum()))
	}
	if t.InKind.What != "" {
		parts = append(parts, i18n.T(ctx, "terms.reward.in_kind"))
	}
	if t.Commission != (terms.Commission{}) {
		parts = append(parts, i18n.T(ctx, "terms.reward.commission"))
	}
	return i18n.JoinList(ctx, parts)
}

// IsQuoted says whether a clause is words that somebody has to use as they are.
func IsQuoted(c terms.Clause) bool { return c == terms.ClauseDisclosure }

var sayings = map[terms.Clause]func(context.Context, terms.Terms) string{
	terms.ClauseObjective:    func(ctx context.Context, t terms.Terms) string { return chosen(ctx, "terms.objective.", t.Objective) },
	terms.ClauseProduct:      sayProduct,
	terms.ClauseDeliverables: sayDeliverables,
	terms.ClauseDue:          sayDue,
	terms.ClauseFee:          sayFee,
	terms.ClauseInKind:       sayInKind,
	terms.ClauseCommission:   sayCommission,
	terms.ClauseRights:       sayRights,
	terms.ClauseWhitelisting: func(ctx context.Context, t terms.Terms) string {
		return counted(ctx, "terms.whitelisting.days", t.Whitelisting)
	},
	terms.ClauseExclusivity: sayExclusivity,
	terms.ClauseRounds:      func(ctx context.Context, t terms.Terms) string { return counted(ctx, "terms.rounds.n", t.Rounds) },
	terms.ClauseReview: func(ctx context.Context, t terms.Terms) string {
		return counted(ctx, "terms.review.days", t.ReviewDays)
	},
	terms.ClausePayment: func(ctx context.Context, t terms.Terms) string {
		return counted(ctx, "terms.payment.days", t.PaymentDays)
	},
	terms.ClauseFunding:    func(ctx context.Context, t terms.Terms) string { return said(ctx, "terms.funding.yes", t.Funded) },
	terms.ClauseKillFee:    sayKillFee,
	terms.ClauseGuarantee:  sayGuarantee,
	terms.ClauseShipment:   sayShipment,
	terms.ClauseDisclosure: func(_ context.Context, t terms.Terms) string { return t.Disclosure },
	terms.ClauseAudience:   func(ctx context.Context, t terms.Terms) string { return countries(ctx, t.Audience) },
	terms.ClauseAI:         sayAI,
	terms.ClauseChild:      func(ctx context.Context, t terms.Terms) string { return said(ctx, "terms.child.yes", t.Child) },
	terms.ClauseRetention: func(ctx context.Context, t terms.Terms) string {
		return counted(ctx, "terms.retention.days", t.Retention)
	},
	terms.ClauseRepetition:    sayRepetition,
	terms.ClauseUndecided:     func(ctx context.Context, t terms.Terms) string { return chosen(ctx, "terms.undecided.", t.Undecided) },
	terms.ClauseLanguage:      sayLanguage,
	terms.ClausePurchaseOrder: func(_ context.Context, t terms.Terms) string { return t.PurchaseOrder },
	terms.ClausePersonal:      sayPersonal,
}

func chosen(ctx context.Context, key, value string) string {
	if value == "" {
		return ""
	}
	return i18n.T(ctx, key+value)
}

func counted(ctx context.Context, key string, n int) string {
	if n == 0 {
		return ""
	}
	return i18n.T(ctx, key, "n", n)
}

func said(ctx context.Context, key string, yes bool) string {
	if !yes {
		return ""
	}
	return i18n.T(ctx, key)
}

func countries(ctx context.Context, codes []string) string {
	names := make([]string, len(codes))
	for i, c := range codes {
		names[i] = i18n.Country(ctx, c)
	}
	return i18n.JoinList(ctx, names)
}

func sayProduct(ctx context.Context, t terms.Terms) string {
	if t.Product == "" {
		return ""
	}
	if t.Category == content.OtherCategory { // also that of an offer that chose none
		return t.Product
	}
	return i18n.T(ctx, "terms.product", "product", t.Product, "category", i18n.T(ctx, "creators.category."+t.Category))
}

// sayDeliverables counts deliverables of one sort together.
func sayDeliverables(ctx context.Context, t terms.Terms) string {
	type sort struct{ contentType, other, format, platform string }
	var order []sort
	count := map[sort]int{}
	for _, x := range t.Deliverables {
		s := sort{x.ContentType, x.OtherType, x.Format, x.Platform}
		if count[s]++; count[s] == 1 {
			order = append(order, s)
		}
	}
	parts := make([]string, len(order))
	for i, s := range order {
		kind := s.other
		if kind == "" {
			kind = i18n.T(ctx, "deals.content_type."+s.contentType)
		}
		parts[i] = i18n.T(ctx, "terms.deliverable", "n", count[s], "type", kind, "format", i18n.T(ctx, "deals.format."+s.format), "platform", i18n.T(ctx, "deals.platform."+s.platform))
	}
	return i18n.JoinParts(ctx, parts...)
}

func sayDue(ctx context.Context, t terms.Terms) string {
	var parts []string
	same := true
	for _, x := range t.Deliverables {
		same = same && x.DueOn == t.Deliverables[0].DueOn
		parts = append(parts, i18n.T(ctx, "terms.due.each", "number", strconv.Itoa(x.Number), "day", i18n.Day(ctx, x.DueOn)))
	}
	if same && len(parts) > 0 {
		return i18n.Day(ctx, t.Deliverables[0].DueOn)
	}
	return strings.Join(parts, ", ")
}

// sayFee says the sum, and its parts if there are several.
func sayFee(ctx context.Context, t terms.Terms) string {
	if t.Fee.Sum() == 0 {
		return ""
	}
	var parts []string
	for _, p := range FeeParts(t.Fee) {
		parts = append(parts, i18n.T(ctx, "terms.fee."+p.Name, "amount", i18n.Money(ctx, t.Money(p.Minor))))
	}
	sum := i18n.Money(ctx, t.FeeSum())
	if len(parts) < 2 {
		return sum
	}
	return i18n.T(ctx, "terms.fee.parts", "sum", sum, "parts", strings.Join(parts, ", "))
}

// FeePart is a part of a fee.
type FeePart struct {
	Name  string
	Minor int64
}

// FeeParts lists the parts of a fee that are owed.
func FeeParts(f terms.Fee) []FeePart {
	var all []FeePart
	for _, p := range []FeePart{{"content", f.Content}, {"rights", f.Rights}, {"whitelisting", f.Whitelisting}, {"exclusivity", f.Exclusivity}, {"rush", f.Rush}} {
		if p.Minor > 0 {
			all = append(all, p)
		}
	}
	return all
}

func sayInKind(ctx context.Context, t terms.Terms) string {
	if t.InKind.Value == 0 {
		return t.InKind.What
	}
	return i18n.T(ctx, "terms.in_kind.worth", "what", t.InKind.What, "value", i18n.Money(ctx, t.Money(t.InKind.Value)))
}

func sayCommission(ctx context.Context, t terms.Terms) string {
	switch c := t.Commission; {
	case c.SharePPM > 0:
		return i18n.T(ctx, "terms.commission.share", "share", i18n.ExactPercent(ctx, c.SharePPM))
	case c.PerSale > 0:
		return i18n.T(ctx, "terms.commission.sale", "amount", i18n.Money(ctx, t.Money(c.PerSale)))
	}
	return ""
}

func sayLanguage(ctx context.Context, t terms.Terms) string {
	if t.Language == "" {
		return ""
	}
	return i18n.LocaleName(i18n.Locale(t.Language))
}

func sayPersonal(ctx context.Context, t terms.Terms) string {
	parts := make([]string, len(t.Personal))
	for i, c := range t.Personal {
		parts[i] = i18n.T(ctx, "terms.personal.one", "title", c.Title, "text", c.Text)
	}
	return strings.Join(parts, "\n")
}

func sayAI(ctx context.Context, t terms.Terms) string {
	words := chosen(ctx, "terms.ai.", t.AI.Use)
	if t.AI.Labelled == models.SideBrand || t.AI.Labelled == models.SideCreator {
		words += ", " + i18n.T(ctx, "terms.ai.labelled."+string(t.AI.Labelled))
	}
	return words
}

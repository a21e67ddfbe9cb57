package negotiation

import (
	"context"
	"slices"
	"strconv"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/content"
	"tribemarket/models/terms"
	"tribemarket/views/components"
)

// fieldKind is how an answer is entered.
type fieldKind int

const (
	textField fieldKind = iota
	choiceField
	moneyField
	tickField
)

// clauseField is one question about a clause.
type clauseField struct {
	components.Field
	kind fieldKind
	on   bool // of a tick
}

// clauseGroup is questions that belong together.
type clauseGroup struct {
	Name   string
	Note   string
	Open   bool
	Fields []clauseField
}

// clauseGroups are the clauses that many deals do without.
func (p OfferFormProps) clauseGroups(ctx context.Context) []clauseGroup {
	a := p.Answers
	days := i18n.T(ctx, "negotiation.form.days")
	group := func(name string, fields ...clauseField) clauseGroup {
		g := clauseGroup{Name: i18n.T(ctx, "terms.form.group."+name), Fields: fields}
		for i := range fields {
			f := &g.Fields[i]
			f.Label, f.Error, f.Class = i18n.T(ctx, "terms.form."+f.Name), p.Errors[f.Name], "w4"
			if key := "terms.form." + f.Name + ".hint"; i18n.HasText(key) {
				f.Hint = i18n.T(ctx, key)
			}
			if suggested := p.Suggested[f.Name]; suggested != "" {
				f.Hint = suggested
			}
			g.Open = g.Open || f.Error != "" || f.on || f.kind != tickField && f.Value != ""
		}
		return g
	}
	number := func(name, value, suffix string) clauseField {
		return clauseField{Field: components.Field{Name: name, Value: value, InputMode: "numeric", Suffix: suffix}}
	}
	money := func(name, value string) clauseField {
		return clauseField{Field: components.Field{Name: name, Value: value}, kind: moneyField}
	}
	choice := func(name, value string, of []components.Option) clauseField {
		return clauseField{Field: components.Field{Name: name, Value: value, Options: of, Placeholder: i18n.T(ctx, "terms.form.unsaid")}, kind: choiceField}
	}
	tick := func(name, value string) clauseField {
		return clauseField{Field: components.Field{Name: name, Value: "yes"}, kind: tickField, on: value == "yes"}
	}
	text := func(name, value string, most int) clauseField {
		return clauseField{Field: components.Field{Name: name, Value: value, MaxLength: most}}
	}
	var child []clauseField // asked where a rule for it is known, or where it was said before
	if p.ChildRule || a.Child != "" {
		child = []clauseField{tick("child", a.Child)}
	}
	all := []clauseGroup{
		group("work", number("rounds", a.Rounds, ""), number("review_days", a.ReviewDays, days), number("retention", a.Retention, days),
			number("shipment_days", a.ShipmentDays, days), tick("shipment_return", a.ShipmentReturn)),
		group("use", choice("whitelisting", a.Whitelisting, whitelistingOptions(ctx)), choice("exclusivity_category", a.ExclusivityCategory, options(ctx, content.Categories(), "creators.category.")),
			number("exclusivity_days", a.ExclusivityDays, days)),
		group("parts", money("rights_fee", a.RightsFee), money("whitelisting_fee", a.WhitelistingFee), money("exclusivity_fee", a.ExclusivityFee), money("rush_fee", a.RushFee),
			number("commission_share", a.CommissionShare, "%"), money("commission_sale", a.CommissionSale)),
		group("payment", number("payment_days", a.PaymentDays, days), tick("funded", a.Funded), number("kill_before_draft", a.KillBeforeDraft, "%"), number("kill_after_draft", a.KillAfterDraft, "%"),
			number("kill_after_approval", a.KillAfterApproval, "%"), text("purchase_order", a.PurchaseOrder, terms.MaxPurchaseOrder)),
		group("result", choice("objective", a.Objective, options(ctx, p.objectives(), "terms.objective.")), choice("guarantee_metric", a.GuaranteeMetric, options(ctx, terms.Metrics(), "terms.metric.")),
			number("guarantee_least", a.GuaranteeLeast, ""), number("guarantee_days", a.GuaranteeDays, days)),
		group("content", append(append(p.audienceFields(ctx, choice), choice("ai_use", a.AIUse, options(ctx, terms.AIUses(), "terms.ai.")),
			choice("ai_labelled", a.AILabelled, options(ctx, []string{string(models.SideBrand), string(models.SideCreator)}, "deals.side."))), child...)...),
		group("course", number("repetition_months", a.RepetitionMonths, ""), number("notice_days", a.NoticeDays, days), choice("undecided", a.Undecided, options(ctx, terms.Outcomes(), "terms.undecided.")),
			choice("language", a.Language, languageOptions())),
	}
	if !p.ChildRule {
		all[slices.IndexFunc(all, func(g clauseGroup) bool { return g.Name == i18n.T(ctx, "terms.form.group.content") })].Note = i18n.T(ctx, "terms.form.child.none")
	}
	return all
}

// objectives are those that can be chosen; what has been chosen before stays.
func (p OfferFormProps) objectives() []string {
	return slices.DeleteFunc(terms.Objectives(), func(o string) bool {
		return o == terms.PoliticalObjective && !p.Political && p.Answers.Objective != o
	})
}

func whitelistingOptions(ctx context.Context) []components.Option {
	all := make([]components.Option, len(terms.WhitelistingDays()))
	for i, n := range terms.WhitelistingDays() {
		all[i] = components.Option{Value: strconv.Itoa(n), Label: i18n.T(ctx, "terms.form.n_days", "n", n)}
	}
	return all
}

func languageOptions() []components.Option {
	all := make([]components.Option, len(terms.Languages()))
	for i, l := range terms.Languages() {
		all[i] = components.Option{Value: l, Label: i18n.LocaleName(i18n.Locale(l))}
	}
	return all
}

func countries(ctx context.Context) []components.Option {
	named := i18n.Countries(ctx)
	all := make([]components.Option, len(named))
	for i, c := range named {
		all[i] = components.Option{Value: c.Code, Label: c.Name}
	}
	return slices.Clip(all)
}

// audienceFields ask for countries: the chosen ones, and one more.
func (p OfferFormProps) audienceFields(ctx context.Context, choice func(name, value string, of []components.Option) clauseField) []clauseField {
	var all []clauseField
	for n, code := range oneMore(p.Answers.Audience) {
		f := choice("audience", code, countries(ctx))
		f.ID = repeatedID("audience", n)
		all = append(all, f)
	}
	return all
}

// oneMore is a list with a place for another value.
func oneMore(all []string) []string {
	chosen := slices.DeleteFunc(slices.Clone(all), func(s string) bool { return s == "" })
	return append(chosen, "")
}

// repeatedID is the id of the nth field of one name; the error summary links to the first.
func repeatedID(name string, n int) string {
	if n == 0 {
		return components.FieldID(name)
	}
	return components.FieldID(name) + "-" + strconv.Itoa(n)
}

// countryPlaceholder is what no country means: all of them, or no other.
func countryPlaceholder(ctx context.Context, n int) string {
	if n == 0 {
		return i18n.T(ctx, "terms.rights.world")
	}
	return i18n.T(ctx, "terms.form.no_other")
}

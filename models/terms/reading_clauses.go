package terms

import (
	"cmp"
	"fmt"
	"slices"

	"tribemarket/models"
	"tribemarket/models/content"
	"tribemarket/models/text"
)

func (r *reader) readUse(t *Terms) {
	for i, l := range r.Rights {
		if l.IsBlank() {
			continue
		}
		at := func(field string) string { return fmt.Sprintf("rights[%d].%s", i, field) }
		u := UsageRight{
			Deliverable: r.number(at("deliverable"), l.Deliverable, len(t.Deliverables)), Channel: r.required(at("channel"), cmp.Or(l.Channel, AnyChannel), Channels()), Use: r.choice(at("use"), l.Use, Uses()),
			Territory: r.countries(at("territory"), l.Territory), StartsOn: r.day(at("starts_on"), l.StartsOn, false), Days: r.number(at("days"), l.Days, MaxDays),
		}
		if u.Days == 0 {
			r.wrong.Add(at("days"), "terms.invalid.number", "least", 1, "most", MaxDays)
		}
		t.Rights = append(t.Rights, u)
	}
	if len(t.Rights) > MaxRights {
		r.wrong.Add("rights", "terms.invalid.many", "most", MaxRights)
	}
	if t.Whitelisting = r.number("whitelisting", r.Whitelisting, MaxDays); t.Whitelisting > 0 && !slices.Contains(WhitelistingDays(), t.Whitelisting) {
		r.wrong.Add("whitelisting", "terms.invalid.choice")
	}
	t.Exclusivity = Exclusivity{r.choice("exclusivity_category", r.ExclusivityCategory, content.Categories()), r.number("exclusivity_days", r.ExclusivityDays, MaxDays)}
	switch {
	case t.Exclusivity.Days > 0 && t.Exclusivity.Category == "":
		t.Exclusivity.Category = t.Category
	case t.Exclusivity.Days == 0 && t.Exclusivity.Category != "":
		r.wrong.Add("exclusivity_days", "terms.invalid.number", "least", 1, "most", MaxDays)
	}
	t.Retention = r.number("retention", r.Retention, MaxDays)
	for _, part := range []struct {
		field string
		minor int64
		of    bool
	}{
		{"rights_fee", t.Fee.Rights, len(t.Rights) > 0}, {"whitelisting_fee", t.Fee.Whitelisting, t.Whitelisting > 0}, {"exclusivity_fee", t.Fee.Exclusivity, t.Exclusivity != (Exclusivity{})},
	} {
		if part.minor > 0 && !part.of {
			r.wrong.Add(part.field, "terms.invalid.part_of_none")
		}
	}
}

func (r *reader) readMoneyTerms(t *Terms) {
	t.PaymentDays, t.Funded = r.number("payment_days", r.PaymentDays, MaxPaymentDays), r.Funded == yes
	t.KillFee = KillFee{r.number("kill_before_draft", r.KillBeforeDraft, 100), r.number("kill_after_draft", r.KillAfterDraft, 100), r.number("kill_after_approval", r.KillAfterApproval, 100)}
	if k := t.KillFee; k != (KillFee{}) && (k.AfterDraft < k.BeforeDraft || k.AfterApproval < k.AfterDraft) {
		r.wrong.Add("kill_after_approval", "terms.invalid.kill_order")
	}
	t.PurchaseOrder = r.line("purchase_order", r.PurchaseOrder, false, MaxPurchaseOrder)
	g := Guarantee{Metric: r.choice("guarantee_metric", r.GuaranteeMetric, Metrics()), Least: int64(r.number("guarantee_least", r.GuaranteeLeast, MaxGuarantee)), Days: r.number("guarantee_days", r.GuaranteeDays, MaxDays)}
	switch {
	case g == (Guarantee{}):
	case g.Metric == "":
		r.wrong.Add("guarantee_metric", "terms.invalid.choice")
	case g.Least == 0:
		r.wrong.Add("guarantee_least", "terms.invalid.number", "least", 1, "most", MaxGuarantee)
	case g.Days == 0:
		r.wrong.Add("guarantee_days", "terms.invalid.number", "least", 1, "most", MaxDays)
	default:
		g.Definition, g.DefinedOn = r.rules.Definition, r.rules.DefinedOn
		t.Guarantee = g
	}
}

func (r *reader) readContentRules(t *Terms) {
	t.Audience = r.countries("audience", r.Audience)
	t.Disclosure = r.line("disclosure", r.Disclosure, true, MaxDisclosure)
	t.AI = AI{Use: r.choice("ai_use", r.AIUse, AIUses())}
	if t.AI.Use == "" && r.AILabelled != "" {
		r.wrong.Add("ai_use", "terms.invalid.choice")
	}
	if t.AI.Use == AINone && r.AILabelled != "" {
		r.wrong.Add("ai_labelled", "terms.invalid.ai_labelled")
	}
	if t.AI.Use != "" && t.AI.Use != AINone {
		t.AI.Labelled = models.Side(r.required("ai_labelled", r.AILabelled, []string{string(models.SideBrand), string(models.SideCreator)}))
	}
	if t.Child = r.Child == yes; t.Child && !r.rules.Child {
		r.wrong.Add("child", "terms.invalid.child")
	}
}

func (r *reader) readCourse(t *Terms) {
	t.Shipment = Shipment{r.number("shipment_days", r.ShipmentDays, MaxShipmentDays), r.ShipmentReturn == yes}
	if t.Shipment.Return && t.Shipment.Days == 0 {
		r.wrong.Add("shipment_days", "terms.invalid.number", "least", 1, "most", MaxShipmentDays)
	}
	t.Repetition = Repetition{r.number("repetition_months", r.RepetitionMonths, MaxRepetitions), r.number("notice_days", r.NoticeDays, MaxNoticeDays)}
	if t.Repetition.NoticeDays > 0 && t.Repetition.Months < 2 {
		r.wrong.Add("repetition_months", "terms.invalid.number", "least", 2, "most", MaxRepetitions)
	}
	t.Undecided, t.Language = r.choice("undecided", r.Undecided, Outcomes()), r.choice("language", r.Language, Languages())
	for i, l := range r.Personal {
		if l.IsBlank() {
			continue
		}
		at := func(field string) string { return fmt.Sprintf("personal[%d].%s", i, field) }
		c := PersonalClause{r.line(at("title"), l.Title, true, MaxPersonalTitle), text.Paragraphs(l.Text)}
		r.length(at("text"), c.Text, true, MaxPersonalText)
		t.Personal = append(t.Personal, c)
	}
	if len(t.Personal) > MaxPersonal {
		r.wrong.Add("personal", "terms.invalid.many", "most", MaxPersonal)
	}
}

package terms_test

import (
	"errors"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/terms"
)

// bad are answers that are refused, by the field that is named.
var bad = []struct {
	field, key string
	change     func(*terms.Form)
}{
	{"objective", "terms.invalid.choice", func(f *terms.Form) { f.Objective = "fame" }},
	{"product", "terms.invalid.product", func(f *terms.Form) { f.Product = " \x00\n" }},
	{"product", "terms.invalid.long", func(f *terms.Form) { f.Product = strings.Repeat("é", terms.MaxProduct+1) }},
	{"category", "creators.error.category", func(f *terms.Form) { f.Category = "oats" }},
	{"deliverables", "terms.invalid.deliverables", func(f *terms.Form) { f.Deliverables, f.Rights, f.RightsFee = nil, nil, "" }},
	{"deliverables", "terms.invalid.deliverables_many", func(f *terms.Form) { f.Deliverables[0].Count = "20" }},
	{"deliverables[0].content_type", "terms.invalid.content_type", func(f *terms.Form) { f.Deliverables[0].ContentType = "dance" }},
	{"deliverables[0].format", "terms.invalid.format", func(f *terms.Form) { f.Deliverables[0].Format = "poem" }},
	{"deliverables[0].platform", "terms.invalid.platform", func(f *terms.Form) { f.Deliverables[0].Platform = "myspace" }},
	{"deliverables[1].platform", "terms.invalid.platform_format", func(f *terms.Form) { f.Deliverables[1].Platform = "youtube" }},
	{"deliverables[0].count", "terms.invalid.number", func(f *terms.Form) { f.Deliverables[0].Count = "-1" }},
	{"deliverables[0].due_on", "terms.invalid.due_on", func(f *terms.Form) { f.Deliverables[0].DueOn = "4/12/2026" }},
	{"deliverables[0].due_on", "terms.invalid.day_past", func(f *terms.Form) { f.Deliverables[0].DueOn = "2026-11-19" }},
	{"deliverables[0].due_on", "terms.invalid.day_far", func(f *terms.Form) { f.Deliverables[0].DueOn = "2028-11-21" }},
	{"deliverables[1].other_type", "terms.invalid.required", func(f *terms.Form) { f.Deliverables[1].OtherType = "" }},
	{"deliverables[1].other_type", "terms.invalid.long", func(f *terms.Form) { f.Deliverables[1].OtherType = strings.Repeat("a", terms.MaxOtherType+1) }},
	{"deliverables[0].fee", "common.amount_invalid", func(f *terms.Form) { f.Deliverables[0].Fee = "much" }},
	{"deliverables[1].fee", "terms.invalid.fee_each", func(f *terms.Form) { f.Fee, f.Deliverables[0].Fee = "", "200" }},
	{"currency", "terms.invalid.currency", func(f *terms.Form) { f.Currency = "XXX" }},
	{"fee", "common.amount_decimals", func(f *terms.Form) { f.Fee = "1.234" }},
	{"fee", "common.amount_large", func(f *terms.Form) { f.Fee = "99999999999999" }},
	{"fee", "terms.invalid.fee_twice", func(f *terms.Form) { f.Deliverables[0].Fee, f.Deliverables[1].Fee = "1", "1" }},
	{"fee", "common.amount_ambiguous", func(f *terms.Form) {
		f.ReadMoney = func(s, currency string) (models.Money, error) {
			if s == "450" {
				return models.Money{}, errors.New("two ways")
			}
			return models.ParseMoney(s, currency)
		}
	}},
	{"rights_fee", "common.amount_invalid", func(f *terms.Form) { f.RightsFee = "-1" }},
	{"whitelisting_fee", "common.amount_invalid", func(f *terms.Form) { f.WhitelistingFee = "1e3" }},
	{"exclusivity_fee", "common.amount_invalid", func(f *terms.Form) { f.ExclusivityFee = "ten" }},
	{"rush_fee", "common.amount_invalid", func(f *terms.Form) { f.RushFee = "." }},
	{"in_kind", "terms.invalid.in_kind", func(f *terms.Form) { f.InKind = "" }},
	{"in_kind", "terms.invalid.long", func(f *terms.Form) { f.InKind = strings.Repeat("a", terms.MaxInKind+1) }},
	{"in_kind_value", "common.amount_invalid", func(f *terms.Form) { f.InKindValue = "x" }},
	{"commission_share", "terms.invalid.share", func(f *terms.Form) { f.CommissionShare = "80.01" }},
	{"commission_share", "terms.invalid.share", func(f *terms.Form) { f.CommissionShare = "0" }},
	{"commission_sale", "common.amount_invalid", func(f *terms.Form) { f.CommissionSale = "x" }},
	{"commission_sale", "terms.invalid.commission_both", func(f *terms.Form) { f.CommissionSale = "3" }},
	{"rounds", "terms.invalid.number", func(f *terms.Form) { f.Rounds = "11" }},
	{"review_days", "terms.invalid.number", func(f *terms.Form) { f.ReviewDays = "31" }},
	{"rights[0].deliverable", "terms.invalid.number", func(f *terms.Form) { f.Rights[0].Deliverable = "4" }},
	{"rights[0].channel", "terms.invalid.choice", func(f *terms.Form) { f.Rights[0].Channel = "moon" }},
	{"rights[0].use", "terms.invalid.choice", func(f *terms.Form) { f.Rights[0].Use = "twice" }},
	{"rights[0].territory", "terms.invalid.country", func(f *terms.Form) { f.Rights[0].Territory = []string{"FR", "ZZ"} }},
	{"rights[0].starts_on", "terms.invalid.day_past", func(f *terms.Form) { f.Rights[0].StartsOn = "2026-11-19" }},
	{"rights[0].starts_on", "terms.invalid.day", func(f *terms.Form) { f.Rights[0].StartsOn = "soon" }},
	{"rights[0].days", "terms.invalid.number", func(f *terms.Form) { f.Rights[0].Days = "0" }},
	{"rights", "terms.invalid.many", func(f *terms.Form) {
		for range terms.MaxRights {
			f.Rights = append(f.Rights, f.Rights[0])
		}
	}},
	{"rights_fee", "terms.invalid.part_of_none", func(f *terms.Form) { f.Rights = nil }},
	{"whitelisting_fee", "terms.invalid.part_of_none", func(f *terms.Form) { f.Whitelisting = "" }},
	{"exclusivity_fee", "terms.invalid.part_of_none", func(f *terms.Form) { f.ExclusivityDays, f.ExclusivityCategory = "", "" }},
	{"shipment_days", "terms.invalid.number", func(f *terms.Form) { f.ShipmentDays = "" }},
	{"repetition_months", "terms.invalid.number", func(f *terms.Form) { f.RepetitionMonths = "0" }},
	{"ai_use", "terms.invalid.choice", func(f *terms.Form) { f.AIUse = "" }},
	{"whitelisting", "terms.invalid.choice", func(f *terms.Form) { f.Whitelisting = "8" }},
	{"exclusivity_category", "terms.invalid.choice", func(f *terms.Form) { f.ExclusivityCategory = "oats" }},
	{"exclusivity_days", "terms.invalid.number", func(f *terms.Form) { f.ExclusivityDays = "" }},
	{"retention", "terms.invalid.number", func(f *terms.Form) { f.Retention = "3651" }},
	{"payment_days", "terms.invalid.number", func(f *terms.Form) { f.PaymentDays = "61" }},
	{"kill_before_draft", "terms.invalid.number", func(f *terms.Form) { f.KillBeforeDraft = "x" }},
	{"kill_after_draft", "terms.invalid.number", func(f *terms.Form) { f.KillBeforeDraft, f.KillAfterDraft = "", "101" }},
	{"kill_after_approval", "terms.invalid.kill_order", func(f *terms.Form) { f.KillAfterApproval = "49" }},
	{"purchase_order", "terms.invalid.long", func(f *terms.Form) { f.PurchaseOrder = strings.Repeat("a", terms.MaxPurchaseOrder+1) }},
	{"guarantee_metric", "terms.invalid.choice", func(f *terms.Form) { f.GuaranteeMetric = "" }},
	{"guarantee_least", "terms.invalid.number", func(f *terms.Form) { f.GuaranteeLeast = "" }},
	{"guarantee_days", "terms.invalid.number", func(f *terms.Form) { f.GuaranteeDays = "0" }},
	{"audience", "terms.invalid.country", func(f *terms.Form) { f.Audience = []string{"Belgium"} }},
	{"audience", "terms.invalid.many", func(f *terms.Form) { f.Audience = countries }},
	{"disclosure", "terms.invalid.disclosure", func(f *terms.Form) { f.Disclosure = "\u200b" }},
	{"ai_use", "terms.invalid.choice", func(f *terms.Form) { f.AIUse = "all" }},
	{"ai_labelled", "terms.invalid.ai_labelled", func(f *terms.Form) { f.AIUse = terms.AINone }},
	{"ai_labelled", "terms.invalid.choice", func(f *terms.Form) { f.AILabelled = "platform" }},
	{"shipment_days", "terms.invalid.number", func(f *terms.Form) { f.ShipmentDays = "61" }},
	{"repetition_months", "terms.invalid.number", func(f *terms.Form) { f.RepetitionMonths = "25" }},
	{"notice_days", "terms.invalid.number", func(f *terms.Form) { f.NoticeDays = "91" }},
	{"undecided", "terms.invalid.choice", func(f *terms.Form) { f.Undecided = "coin" }},
	{"language", "terms.invalid.choice", func(f *terms.Form) { f.Language = "de" }},
	{"personal[0].title", "terms.invalid.required", func(f *terms.Form) { f.Personal[0].Title = "" }},
	{"personal[0].text", "terms.invalid.required", func(f *terms.Form) { f.Personal[0].Text = " \n" }},
	{"personal[0].text", "terms.invalid.long", func(f *terms.Form) { f.Personal[0].Text = strings.Repeat("a", terms.MaxPersonalText+1) }},
	{"personal", "terms.invalid.many", func(f *terms.Form) {
		for range terms.MaxPersonal {
			f.Personal = append(f.Personal, f.Personal[0])
		}
	}},
}

var countries = strings.Fields("AT AU BE BG BR CA CH CN CY CZ DE DK EE ES FI FR GB GR HR HU IE IN IS IT JP KR LT LU LV MT MX NL NO NZ PL PT RO SE SI SK US")

// ticks are boxes: anything but a tick is none, and so cannot be wrong by itself. Nor can a
// category or due_now, which no reader of a first offer looks at alone.
var ticks = []string{"funded", "child", "shipment_return"}

func TestBadAnswersAreNamedByTheirField(t *testing.T) {
	t.Parallel()
	named := map[string]bool{}
	for _, c := range bad {
		f := dealtest.FullTerms()
		c.change(&f)
		_, _, wrong := f.Read(rules)
		if e, ok := wrong.Get(c.field); !ok || e.Key != c.key || len(wrong) != 1 {
			t.Errorf("%v, wanted %s=%s alone", wrong.Err(), c.field, c.key)
		}
		named[regexp.MustCompile(`\[\d+\]`).ReplaceAllString(c.field, "")] = true
	}
	for _, name := range append(ticks, "category", "deliverables.due_now") {
		named[name] = true
	}
	for _, name := range fieldsOf(reflect.TypeFor[terms.Form](), "") {
		if !named[name] {
			t.Errorf("no bad answer to %s is tried", name)
		}
	}
}

// fieldsOf lists the fields of a form.
func fieldsOf(form reflect.Type, within string) (all []string) {
	for f := range form.Fields() {
		switch name := f.Tag.Get("form"); {
		case name == "-":
		case f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct:
			all = append(all, fieldsOf(f.Type.Elem(), name+".")...)
		default:
			all = append(all, within+name)
		}
	}
	return all
}

// What a rule allows is refused without it.
func TestRulesBesideTheTerms(t *testing.T) {
	t.Parallel()
	f := dealtest.FullTerms()
	f.Objective = terms.PoliticalObjective
	read(t, f)
	_, _, wrong := f.Read(terms.Rules{Today: today})
	if p, _ := wrong.Get("objective"); p.Key != "terms.invalid.political" {
		t.Errorf("a political objective: %v", wrong.Err())
	}
	if c, _ := wrong.Get("child"); c.Key != "terms.invalid.child" || len(wrong) != 2 {
		t.Errorf("a child: %v", wrong.Err())
	}
	for _, change := range []func(*terms.Form){
		func(f *terms.Form) { f.Fee = "" }, func(f *terms.Form) { f.Fee = "0.00" },
	} {
		f := dealtest.PlainTerms()
		change(&f)
		_, _, wrong := f.Read(rules)
		if e, _ := wrong.Get("fee"); e.Key != "terms.invalid.fee" || len(wrong) != 1 {
			t.Errorf("for nothing: %v", wrong.Err())
		}
		for _, enough := range []func(*terms.Form){
			func(f *terms.Form) { f.InKind = "A box" }, func(f *terms.Form) { f.CommissionShare = "5" }, func(f *terms.Form) { f.CommissionSale = "2" }, func(f *terms.Form) { f.RushFee = "1" },
		} {
			g := f
			enough(&g)
			read(t, g)
		}
	}
}

// Blank lines are skipped, and the rest is counted without them.
func TestBlankLinesAreSkipped(t *testing.T) {
	t.Parallel()
	f := dealtest.PlainTerms()
	f.Deliverables = append([]terms.DeliverableForm{{Count: "1"}}, f.Deliverables...)
	f.Rights, f.Personal = []terms.RightForm{{Channel: "any", Days: "0"}, {}}, []terms.PersonalForm{{}, {Title: " "}}
	got, lines, wrong := f.Read(rules)
	if len(wrong) > 0 || len(lines) != 1 || lines[0] != 1 || got.Deliverables[0].Number != 1 || got.Rights != nil || got.Personal != nil {
		t.Errorf("%v, %v, %+v", wrong.Err(), lines, got)
	}
}

func TestWhatTermsAreWorth(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		terms terms.Terms
		want  int64
		known bool
	}{
		"a fee":                          {terms.Terms{Fee: terms.Fee{Content: 400, Rush: 100}}, 500, true},
		"a fee and something in kind":    {terms.Terms{Fee: terms.Fee{Content: 400}, InKind: terms.InKind{What: "A pan", Value: 90}}, 490, true},
		"something in kind, no value":    {terms.Terms{Fee: terms.Fee{Content: 400}, InKind: terms.InKind{What: "A pan"}}, 400, false},
		"a share of each sale":           {terms.Terms{Fee: terms.Fee{Content: 400}, Commission: terms.Commission{SharePPM: 50000}}, 400, false},
		"an amount for each sale":        {terms.Terms{Commission: terms.Commission{PerSale: 5}}, 0, false},
		"once":                           {terms.Terms{Fee: terms.Fee{Content: 400}, Repetition: terms.Repetition{Months: 1}}, 400, true},
		"each month, in money and kind":  {terms.Terms{Fee: terms.Fee{Content: 400}, InKind: terms.InKind{What: "A pan", Value: 90}, Repetition: terms.Repetition{Months: 6}}, 2940, true},
		"nothing that has been said yet": {terms.Terms{}, 0, true},
	} {
		c.terms.Currency = "EUR"
		if worth, known := c.terms.Worth(); worth != (models.Money{Minor: c.want, Currency: "EUR"}) || known != c.known {
			t.Errorf("%s is worth %v, known: %v", name, worth, known)
		}
	}
}

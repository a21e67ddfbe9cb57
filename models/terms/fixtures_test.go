package terms_test

import (
	"fmt"
	"strconv"

	"pgregory.net/rapid"

	"tribemarket/models"
	"tribemarket/models/content"
	"tribemarket/models/terms"
)

var (
	today = models.Date{Year: 2026, Month: 11, Day: 20}
	rules = terms.Rules{Today: today, Political: true, Child: true, Definition: 3, DefinedOn: models.Date{Year: 2026, Month: 1, Day: 2}}
)

func read(t rapid.TB, f terms.Form) terms.Terms {
	t.Helper()
	read, _, wrong := f.Read(rules)
	if len(wrong) > 0 {
		t.Fatalf("a form that nothing is wrong with: %v", wrong.Err())
	}
	return read
}

// drawForm draws a form that nothing is wrong with.
func drawForm(r *rapid.T) terms.Form {
	choose := func(of []string, label string) string {
		return rapid.SampledFrom(append([]string{""}, of...)).Draw(r, label)
	}
	from := func(of []string, label string) string { return rapid.SampledFrom(of).Draw(r, label) }
	upTo := func(most int, label string) string {
		return rapid.SampledFrom([]string{"", "0", "1", strconv.Itoa(most / 2), strconv.Itoa(most)}).Draw(r, label)
	}
	ticked := func(label string) string { return rapid.SampledFrom([]string{"", "yes"}).Draw(r, label) }
	day := func(label string) string { return today.AddDays(rapid.IntRange(0, 700).Draw(r, label)).String() }
	words := func(label string) string {
		return rapid.SampledFrom([]string{"A", "Deux  mots", "Ζεστό", "نص", "Two\nlines", "x\u0000y", "🥣 oats", "<b>"}).Draw(r, label)
	}
	countries := func(label string) []string {
		return rapid.SliceOfN(rapid.SampledFrom([]string{"FR", "BE", "NL", "US", ""}), 0, 4).Draw(r, label)
	}
	f := terms.Form{
		Objective: choose(terms.Objectives(), "objective"), Product: words("product"), Category: choose(content.Categories(), "category"),
		Currency: from([]string{"EUR", "usd", "JPY"}, "currency"), InKind: words("in kind"), InKindValue: upTo(500, "value"),
		RightsFee: upTo(100, "rights fee"), WhitelistingFee: upTo(90, "whitelisting fee"), ExclusivityFee: upTo(80, "exclusivity fee"), RushFee: upTo(70, "rush fee"),
		Rounds: upTo(terms.MaxRounds, "rounds"), ReviewDays: upTo(terms.MaxReviewDays, "review"), Retention: upTo(terms.MaxDays, "retention"),
		Whitelisting: from([]string{"", "7", "30", "60", "365"}, "whitelisting"), PaymentDays: upTo(terms.MaxPaymentDays, "payment"), Funded: ticked("funded"),
		PurchaseOrder: choose([]string{"PO 1", "PO 2"}, "order"), Audience: countries("audience"), Disclosure: words("disclosure"), Child: ticked("child"),
		ShipmentDays: upTo(terms.MaxShipmentDays, "shipment"), ShipmentReturn: ticked("return"), RepetitionMonths: upTo(terms.MaxRepetitions, "months"), NoticeDays: upTo(terms.MaxNoticeDays, "notice"),
		Undecided: choose(terms.Outcomes(), "undecided"), Language: choose(terms.Languages(), "language"),
		AIUse: choose(terms.AIUses(), "ai"), AILabelled: from([]string{"brand", "creator"}, "labelled"),
	}
	if rapid.Bool().Draw(r, "exclusive") {
		f.ExclusivityDays, f.ExclusivityCategory = "14", choose(content.Categories(), "exclusivity")
	}
	if rapid.Bool().Draw(r, "kill fee") {
		f.KillBeforeDraft, f.KillAfterDraft, f.KillAfterApproval = "10", from([]string{"10", "50"}, "after the draft"), "100"
	}
	if rapid.Bool().Draw(r, "guaranteed") {
		f.GuaranteeMetric, f.GuaranteeLeast, f.GuaranteeDays = from(terms.Metrics(), "metric"), "1000", "30"
	}
	switch rapid.IntRange(0, 2).Draw(r, "commission") {
	case 1:
		f.CommissionShare = from([]string{"0.0001", "7.5", "80", "12,25"}, "share")
	case 2:
		f.CommissionSale = "3"
	}
	each := rapid.Bool().Draw(r, "fees of their own")
	if !each {
		f.Fee = upTo(5000, "fee")
	}
	for i := range rapid.IntRange(1, 4).Draw(r, "lines") {
		format := from(content.Formats(), "format")
		line := terms.DeliverableForm{ContentType: from(terms.ContentTypes(), "type"), OtherType: words("other"), Format: format, Platform: from(terms.Platforms(format), "platform"), Count: from([]string{"", "1", "3"}, "count"), DueOn: day("due")}
		if each {
			line.Fee = fmt.Sprint(100 + i)
		}
		f.Deliverables = append(f.Deliverables, line)
	}
	for range rapid.IntRange(0, 3).Draw(r, "rights") {
		u := terms.RightForm{Deliverable: from([]string{"", "1"}, "of"), Channel: choose(terms.Channels(), "channel"), Use: choose(terms.Uses(), "use"), Territory: countries("territory"), Days: "30"}
		if rapid.Bool().Draw(r, "starts") {
			u.StartsOn = day("from")
		}
		f.Rights = append(f.Rights, u)
	}
	for range rapid.IntRange(0, terms.MaxPersonal).Draw(r, "personal") {
		f.Personal = append(f.Personal, terms.PersonalForm{Title: words("title"), Text: words("text")})
	}
	return withoutHalves(f)
}

// withoutHalves takes out what says something only beside another answer that is not there.
func withoutHalves(f terms.Form) terms.Form {
	none := func(s string) bool { return s == "" || s == "0" }
	if len(f.Rights) == 0 {
		f.RightsFee = ""
	}
	if none(f.Whitelisting) {
		f.WhitelistingFee = ""
	}
	if none(f.ExclusivityDays) {
		f.ExclusivityFee = ""
	}
	if none(f.ShipmentDays) {
		f.ShipmentReturn = ""
	}
	if none(f.RepetitionMonths) || f.RepetitionMonths == "1" {
		f.NoticeDays = ""
	}
	if f.AIUse == "" || f.AIUse == terms.AINone {
		f.AILabelled = ""
	}
	return f
}

package dealtest

import (
	"slices"

	"tribemarket/models/terms"
)

// PlainTerms is the least that can be agreed on.
func PlainTerms() terms.Form {
	return terms.Form{
		Product: "Oat box", Currency: "EUR", Fee: "450", Disclosure: "Publicité",
		Deliverables: []terms.DeliverableForm{{ContentType: "review", Format: "video", Platform: "tiktok", Count: "1", DueOn: "2026-12-04"}},
	}
}

// FullTerms says something in every clause, on a day before its first due day.
func FullTerms() terms.Form {
	return terms.Form{
		Objective: "launch", Product: "Oat box", Category: "food",
		Deliverables: []terms.DeliverableForm{
			{ContentType: "review", Format: "video", Platform: "tiktok", Count: "2", DueOn: "2026-12-04"},
			{ContentType: "other", OtherType: "A recipe", Format: "story", Platform: "instagram", Count: "1", DueOn: "2026-12-10"},
		},
		Currency: "EUR", Fee: "450", RightsFee: "120.50", WhitelistingFee: "80", ExclusivityFee: "60", RushFee: "40",
		InKind: "A box of oats", InKindValue: "39.90", CommissionShare: "7.5",
		Rounds: "2", ReviewDays: "4", Rights: []terms.RightForm{{Deliverable: "1", Channel: "social", Use: "paid", Territory: []string{"FR", "BE"}, StartsOn: "2026-12-05", Days: "90"}},
		Whitelisting: "30", ExclusivityCategory: "food", ExclusivityDays: "14", Retention: "180",
		PaymentDays: "14", Funded: "yes", KillBeforeDraft: "25", KillAfterDraft: "50", KillAfterApproval: "100", PurchaseOrder: "PO 4711",
		GuaranteeMetric: "views", GuaranteeLeast: "100000", GuaranteeDays: "30",
		Audience: []string{"FR"}, Disclosure: "Publicité", AIUse: "assistance", AILabelled: "creator", Child: "yes",
		ShipmentDays: "5", ShipmentReturn: "yes", RepetitionMonths: "3", NoticeDays: "30", Undecided: "split", Language: "fr",
		Personal: []terms.PersonalForm{{Title: "Tone", Text: "Calm.\nNo music."}},
	}
}

// TermsChanges are answers that change what FullTerms says in one clause.
var TermsChanges = []struct {
	Clause terms.Clause
	Change func(*terms.Form)
}{
	{terms.ClauseProduct, func(f *terms.Form) { f.Product = "Oat bar" }},
	{terms.ClauseProduct, func(f *terms.Form) { f.Category = "sport" }},
	{terms.ClauseDeliverables, func(f *terms.Form) { f.Deliverables[0].ContentType = "tutorial" }},
	{terms.ClauseDeliverables, func(f *terms.Form) { f.Deliverables[0].Platform = "youtube" }},
	{terms.ClauseDeliverables, func(f *terms.Form) { f.Deliverables[0].Format = "live" }},
	{terms.ClauseDeliverables, func(f *terms.Form) { f.Deliverables[len(f.Deliverables)-1].OtherType = "A song" }},
	{terms.ClauseDue, func(f *terms.Form) { f.Deliverables[0].DueOn = "2026-12-09" }},
	{terms.ClauseFee, func(f *terms.Form) { f.Fee = "499.99" }},
	{terms.ClauseFee, func(f *terms.Form) { f.RightsFee = "121" }},
	{terms.ClauseFee, func(f *terms.Form) { f.WhitelistingFee = "" }},
	{terms.ClauseFee, func(f *terms.Form) { f.ExclusivityFee = "61" }},
	{terms.ClauseFee, func(f *terms.Form) { f.RushFee = "0" }},
	{terms.ClauseInKind, func(f *terms.Form) { f.InKind = "Two boxes" }},
	{terms.ClauseInKind, func(f *terms.Form) { f.InKindValue = "40" }},
	{terms.ClauseCommission, func(f *terms.Form) { f.CommissionShare = "7.6" }},
	{terms.ClauseCommission, func(f *terms.Form) { f.CommissionShare, f.CommissionSale = "", "3" }},
	{terms.ClauseRounds, func(f *terms.Form) { f.Rounds = "3" }},
	{terms.ClauseReview, func(f *terms.Form) { f.ReviewDays = "" }},
	{terms.ClauseRights, func(f *terms.Form) { f.Rights = append(slices.Clone(f.Rights), terms.RightForm{Days: "7"}) }},
	{terms.ClauseRights, func(f *terms.Form) { f.Rights = []terms.RightForm{{Days: "30"}} }},
	{terms.ClauseWhitelisting, func(f *terms.Form) { f.Whitelisting = "365" }},
	{terms.ClauseExclusivity, func(f *terms.Form) { f.ExclusivityDays = "15" }},
	{terms.ClauseExclusivity, func(f *terms.Form) { f.ExclusivityCategory = "pets" }},
	{terms.ClauseRetention, func(f *terms.Form) { f.Retention = "181" }},
	{terms.ClausePayment, func(f *terms.Form) { f.PaymentDays = "30" }},
	{terms.ClauseFunding, func(f *terms.Form) { f.Funded = "" }},
	{terms.ClauseKillFee, func(f *terms.Form) { f.KillAfterDraft = "60" }},
	{terms.ClausePurchaseOrder, func(f *terms.Form) { f.PurchaseOrder = "PO 4712" }},
	{terms.ClauseGuarantee, func(f *terms.Form) { f.GuaranteeLeast = "100001" }},
	{terms.ClauseAudience, func(f *terms.Form) { f.Audience = []string{"FR", "BE"} }},
	{terms.ClauseDisclosure, func(f *terms.Form) { f.Disclosure = "Collaboration commerciale" }},
	{terms.ClauseAI, func(f *terms.Form) { f.AIUse = "cloned_voice" }},
	{terms.ClauseAI, func(f *terms.Form) { f.AILabelled = "brand" }},
	{terms.ClauseChild, func(f *terms.Form) { f.Child = "" }},
	{terms.ClauseShipment, func(f *terms.Form) { f.ShipmentDays = "6" }},
	{terms.ClauseShipment, func(f *terms.Form) { f.ShipmentReturn = "" }},
	{terms.ClauseRepetition, func(f *terms.Form) { f.RepetitionMonths = "4" }},
	{terms.ClauseRepetition, func(f *terms.Form) { f.NoticeDays = "31" }},
	{terms.ClauseObjective, func(f *terms.Form) { f.Objective = "sales" }},
	{terms.ClauseUndecided, func(f *terms.Form) { f.Undecided = "creator" }},
	{terms.ClauseLanguage, func(f *terms.Form) { f.Language = "nl" }},
	{terms.ClausePersonal, func(f *terms.Form) {
		f.Personal = append(slices.Clone(f.Personal), terms.PersonalForm{Title: "Tone", Text: "Calm."})
	}},
}

package negotiation_test

import (
	"slices"
	"testing"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
)

// The drawn example: two videos at 250 and a story at 110, 30 days of rights at 20 %, a month
// of exclusivity at 15 %.
func TestAQuoteHasItsParts(t *testing.T) {
	t.Parallel()
	b := creators.CreatorSummary{
		Prices: []creators.StartingPrice{{Format: "video", Minor: 25_000, Currency: "EUR"}, {Format: "story", Minor: 11_000, Currency: "EUR"}, {Format: "live", Minor: 90_000, Currency: "USD"}},
		AddOns: creators.AddOnPrices{creators.AddOnRights: 200_000, creators.AddOnWhitelisting: 100_000, creators.AddOnExclusivity: 150_000, creators.AddOnRush: 250_000},
	}
	today, _ := models.ParseDate("2026-11-20")
	day := today.AddDays
	usual := func() terms.Terms {
		return terms.Terms{Currency: "EUR", Deliverables: []terms.Deliverable{{Number: 1, Format: "video", DueOn: day(22)}, {Number: 2, Format: "video", DueOn: day(27)}, {Number: 3, Format: "story", DueOn: day(28)}}}
	}
	for name, r := range map[string]struct {
		change func(*terms.Terms, *creators.CreatorSummary)
		want   terms.Fee
		sum    int64 // -1 for none
	}{
		"content alone": {nil, terms.Fee{Content: 61_000}, 61_000},
		"the parts": {func(t *terms.Terms, _ *creators.CreatorSummary) {
			t.Rights, t.Exclusivity.Days, t.Whitelisting = []terms.UsageRight{{Days: 30}}, 30, 60
		}, terms.Fee{Content: 61_000, Rights: 12_200, Whitelisting: 12_200, Exclusivity: 9_150}, 94_550},
		"rights of one of three, for 45 days": {func(t *terms.Terms, _ *creators.CreatorSummary) {
			t.Rights = []terms.UsageRight{{Days: 45, Deliverable: 2}}
		}, terms.Fee{Content: 61_000, Rights: 6_100}, 67_100},
		"rounded once, half up": {func(t *terms.Terms, b *creators.CreatorSummary) {
			t.Deliverables = t.Deliverables[:1]
			b.Prices, b.AddOns = []creators.StartingPrice{{Format: "video", Minor: 101, Currency: "EUR"}}, creators.AddOnPrices{creators.AddOnRights: 500_000}
			t.Rights = []terms.UsageRight{{Days: 15}, {Days: 15}} // 25.25 twice is 50.5
		}, terms.Fee{Content: 101, Rights: 51}, 152},
		"due in a week":     {func(t *terms.Terms, _ *creators.CreatorSummary) { t.Deliverables[0].DueOn = day(7) }, terms.Fee{Content: 61_000, Rush: 15_250}, 76_250},
		"due in eight days": {func(t *terms.Terms, _ *creators.CreatorSummary) { t.Deliverables[0].DueOn = day(8) }, terms.Fee{Content: 61_000}, 61_000},
		"a format in another currency": {func(t *terms.Terms, _ *creators.CreatorSummary) {
			t.Deliverables[0].Format, t.Fee.Content, t.Rights = "live", 40_000, []terms.UsageRight{{Days: 30}}
		}, terms.Fee{Rights: 8_000}, -1},
		"an add-on without a price": {func(t *terms.Terms, b *creators.CreatorSummary) { t.Whitelisting, b.AddOns = 30, nil }, terms.Fee{Content: 61_000}, -1},
	} {
		terms, of := usual(), b
		if r.change != nil {
			r.change(&terms, &of)
		}
		q := negotiation.QuoteFor(of, terms, today)
		if got := q.Fee(); got != r.want {
			t.Errorf("%s: %+v, not %+v", name, got, r.want)
		}
		if (q.Sum == nil) != (r.sum < 0) || q.Sum != nil && q.Sum.Minor != r.sum {
			t.Errorf("%s: the sum is %v, not %d", name, q.Sum, r.sum)
		}
	}
}

// An amendment is quoted by what it adds: what is agreed keeps its fee, and what is settled is no
// rush although it was due before today.
func TestAnAmendmentIsQuotedByWhatIsNew(t *testing.T) {
	t.Parallel()
	b := creators.CreatorSummary{
		Prices: []creators.StartingPrice{{Format: "video", Minor: 25_000, Currency: "EUR"}, {Format: "story", Minor: 11_000, Currency: "EUR"}},
		AddOns: creators.AddOnPrices{creators.AddOnRights: 200_000, creators.AddOnWhitelisting: 100_000, creators.AddOnExclusivity: 150_000, creators.AddOnRush: 250_000},
	}
	today, _ := models.ParseDate("2026-11-20")
	agreed := terms.Fee{Content: 40_000, Rights: 5_000, Rush: 1_000}
	story := func(due int) terms.Deliverable {
		return terms.Deliverable{Number: 3, Format: "story", DueOn: today.AddDays(due)}
	}
	for name, r := range map[string]struct {
		change func(*terms.Terms)
		want   terms.Fee
		sum    int64 // of what is new; -1 for none
	}{
		"the fee alone":        {func(t *terms.Terms) { t.Fee.Content = 90_000 }, agreed, -1},
		"a further story":      {func(t *terms.Terms) { t.Deliverables = append(t.Deliverables, story(30)) }, terms.Fee{Content: 51_000, Rights: 9_067, Rush: 1_000}, 15_067},
		"that is a rush":       {func(t *terms.Terms) { t.Deliverables = append(t.Deliverables, story(5)) }, terms.Fee{Content: 51_000, Rights: 9_067, Rush: 1_000 + 5_083}, 20_150},
		"a day that is a rush": {func(t *terms.Terms) { t.Deliverables[1].DueOn = today.AddDays(3) }, terms.Fee{Content: 40_000, Rights: 5_000, Rush: 1_000 + 6_250}, 6_250},
		"twice the rights":     {func(t *terms.Terms) { t.Rights[0].Days = 60 }, terms.Fee{Content: 40_000, Rights: 15_000, Rush: 1_000}, 10_000},
		"fewer":                {func(t *terms.Terms) { t.Rights[0].Days = 10 }, agreed, -1},
		"something without price": {func(t *terms.Terms) {
			live := story(30)
			live.Format = "live"
			t.Deliverables = append(t.Deliverables, live)
		}, terms.Fee{Rights: 5_000 + 2_667, Rush: 1_000}, -1},
	} {
		a := terms.Amending{Settled: []int{1}, Today: today, Terms: terms.Terms{
			Currency: "EUR", Fee: agreed, Rights: []terms.UsageRight{{Days: 30}},
			Deliverables: []terms.Deliverable{{Number: 1, Format: "video", DueOn: today.AddDays(-4)}, {Number: 2, Format: "video", DueOn: today.AddDays(9)}},
		}}
		now := a.Terms
		now.Deliverables, now.Rights = slices.Clone(now.Deliverables), slices.Clone(now.Rights)
		r.change(&now)
		q := negotiation.QuoteAmendment(b, a, now, today)
		if got := q.Fee(); got != r.want {
			t.Errorf("%s: %+v, not %+v", name, got, r.want)
		}
		if (q.Sum == nil) != (r.sum < 0) || q.Sum != nil && q.Sum.Minor != r.sum {
			t.Errorf("%s: the sum is %v, not %d", name, q.Sum, r.sum)
		}
	}
}

// Nothing is expected of posts elsewhere than where the views are known, nor without views.
func TestTheBudgetExpectsViewsOfAnOffer(t *testing.T) {
	t.Parallel()
	b := creators.CreatorSummary{Account: creators.Account{Platform: "tiktok"}, Derived: true,
		Listing: creators.Listing{P25Views: new(int64(17_000)), MedianViews: new(int64(20_000)), P75Views: new(int64(23_000))}}
	two := terms.Terms{Currency: "EUR", Fee: terms.Fee{Content: 62_000}, Deliverables: []terms.Deliverable{{Number: 1, Platform: "tiktok"}, {Number: 2, Platform: "tiktok"}}}
	e, ok := negotiation.ExpectFrom(b, two)
	if !ok || e.Views.Low != 34_000 || e.Views.High != 46_000 || e.LowCPM.Minor != 1_348 || e.HighCPM.Minor != 1_824 {
		t.Errorf("expected is %+v, %v", e, ok)
	}
	elsewhere := two
	elsewhere.Deliverables = []terms.Deliverable{{Number: 1, Platform: "tiktok"}, {Number: 2, Platform: "twitch"}}
	if _, ok := negotiation.ExpectFrom(b, elsewhere); ok {
		t.Error("views are expected on another platform")
	}
	b.Derived = false
	if _, ok := negotiation.ExpectFrom(b, two); ok {
		t.Error("views are expected where nothing may be derived")
	}
}

package terms_test

import (
	"testing"

	"tribemarket/models"
	"tribemarket/models/terms"
)

var amendingToday = models.Date{Year: 2026, Month: 12, Day: 10}

// inForce are terms with three deliverables: the first is approved, the second late.
func inForce() terms.Amending {
	day := func(d int) models.Date { return models.Date{Year: 2026, Month: 12, Day: d} }
	video := terms.Deliverable{ContentType: "review", Format: "video", Platform: "tiktok"}
	t := terms.Terms{
		Currency: "EUR", Product: "Oat box", Category: "food", Fee: terms.Fee{Content: 90_000}, Disclosure: "Ad",
		Rights: []terms.UsageRight{{Deliverable: 2, Channel: terms.AnyChannel, Days: 30, StartsOn: day(1)}},
	}
	for i, due := range []int{4, 8, 20} {
		video.Number, video.DueOn = i+1, day(due)
		t.Deliverables = append(t.Deliverables, video)
	}
	return terms.Amending{Terms: t, Settled: []int{1}, Today: amendingToday}
}

func readAmendment(change func(*terms.Form)) (terms.Terms, models.Fields) {
	a := inForce()
	f := terms.AmendingForm(a, nil)
	change(&f)
	t, _, wrong := f.ReadAmendment(terms.Rules{Today: amendingToday}, a)
	return t, wrong
}

func TestTermsInForceReadAsTheyAre(t *testing.T) {
	t.Parallel()
	got, wrong := readAmendment(func(*terms.Form) {})
	if len(wrong) > 0 || len(inForce().Terms.Differences(got)) > 0 {
		t.Errorf("%v, %v", wrong, inForce().Terms.Differences(got))
	}
}

func TestWhatAnAmendmentMayNotChange(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		change     func(*terms.Form)
		field, key string
	}{
		"the product":              {func(f *terms.Form) { f.Product = "Rice box" }, "product", "terms.amend.fixed"},
		"the category":             {func(f *terms.Form) { f.Category = "beauty" }, "category", "terms.amend.fixed"},
		"the currency":             {func(f *terms.Form) { f.Currency = "USD" }, "currency", "terms.amend.fixed"},
		"what a deliverable is":    {func(f *terms.Form) { f.Deliverables[2].Platform = "instagram" }, "deliverables[2].content_type", "terms.amend.deliverable"},
		"that there is one":        {func(f *terms.Form) { f.Deliverables[2] = terms.DeliverableForm{} }, "deliverables", "terms.amend.removed"},
		"when an approved was due": {func(f *terms.Form) { f.Deliverables[0].DueOn = "2026-12-24" }, "deliverables[0].due_on", "terms.amend.settled"},
		"into the past":            {func(f *terms.Form) { f.Deliverables[1].DueOn = "2026-12-04" }, "deliverables[1].due_on", "terms.invalid.day_past"},
		"a new one in the past": {func(f *terms.Form) {
			f.Deliverables = append(f.Deliverables, terms.DeliverableForm{ContentType: "review", Format: "video", Platform: "tiktok", DueOn: "2026-12-08"})
		}, "deliverables[3].due_on", "terms.invalid.day_past"},
	} {
		_, wrong := readAmendment(x.change)
		if got, ok := wrong.Get(x.field); !ok || got.Key != x.key {
			t.Errorf("%s: %v", name, wrong)
		}
	}
}

func TestWhatAnAmendmentMayChange(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		change  func(*terms.Form)
		changed []int // the numbers of deliverables
	}{
		"the day of a late one": {func(f *terms.Form) { f.Deliverables[1].DueOn = "2026-12-12" }, []int{2}},
		"the day to an earlier": {func(f *terms.Form) { f.Deliverables[2].DueOn = "2026-12-11" }, []int{3}},
		"the fee":               {func(f *terms.Form) { f.Fee = "1000" }, nil},
		"a further one": {func(f *terms.Form) {
			f.Deliverables = append(f.Deliverables, terms.DeliverableForm{ContentType: "review", Format: "story", Platform: "instagram", DueOn: "2026-12-30"})
		}, []int{4}},
		"one more of the first": {func(f *terms.Form) { f.Deliverables[2].Count = "2" }, []int{4}},
	} {
		got, wrong := readAmendment(x.change)
		if len(wrong) > 0 {
			t.Errorf("%s: %v", name, wrong)
		}
		var changed []int
		for _, d := range inForce().Changed(got) {
			changed = append(changed, d.Number)
		}
		if len(changed) != len(x.changed) || len(changed) > 0 && changed[0] != x.changed[0] {
			t.Errorf("%s: changes %v", name, changed)
		}
	}
}

// Deliverables whose work had to wait are due later than agreed: here by three days, but the
// first.
func TestADayThatIsLeftAloneStaysAsAgreed(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		due     []string // as typed
		agreed  []int    // the days of December in the terms
		carried []int    // and in the deal
		wrong   string
	}{
		"all":                   {[]string{"2026-12-04", "2026-12-11", "2026-12-23"}, []int{4, 8, 20}, []int{4, 11, 23}, ""},
		"but one":               {[]string{"2026-12-04", "2026-12-11", "2026-12-22"}, []int{4, 8, 22}, []int{4, 11, 22}, ""},
		"back to the agreed":    {[]string{"2026-12-04", "2026-12-11", "2026-12-20"}, nil, nil, "deliverables[2].due_on"},
		"as was due in between": {[]string{"2026-12-04", "2026-12-10", "2026-12-23"}, []int{4, 10, 20}, []int{4, 10, 23}, ""},
	} {
		a := inForce()
		for i, later := range []int{0, 3, 3} {
			a.Due = append(a.Due, a.Terms.Deliverables[i].DueOn.AddDays(later))
		}
		f := terms.AmendingForm(a, nil)
		for i, day := range x.due {
			f.Deliverables[i].DueOn = day
		}
		got, _, wrong := f.ReadAmendment(terms.Rules{Today: amendingToday.AddDays(-1)}, a)
		if x.wrong != "" {
			if told, _ := wrong.Get(x.wrong); told.Key != "terms.amend.agreed_day" || len(wrong) != 1 {
				t.Errorf("%s: %v", name, wrong)
			}
			continue
		}
		if len(wrong) > 0 {
			t.Errorf("%s: %v", name, wrong)
		}
		for i := range x.agreed {
			if got.Deliverables[i].DueOn.Day != x.agreed[i] || a.Carried(got).Deliverables[i].DueOn.Day != x.carried[i] {
				t.Errorf("%s: %d is agreed for %v and due on %v", name, i+1, got.Deliverables[i].DueOn, a.Carried(got).Deliverables[i].DueOn)
			}
		}
	}
}

// The day that a line showed is what its sender left alone, also where it has moved since.
func TestADayThatMovesWhileTheFormIsOpenStaysAsAgreed(t *testing.T) {
	t.Parallel()
	a := inForce()
	f := terms.AmendingForm(a, nil)
	for _, x := range a.Terms.Deliverables {
		a.Due = append(a.Due, x.DueOn.AddDays(5))
	}
	if got, _, wrong := f.ReadAmendment(terms.Rules{Today: amendingToday}, a); len(wrong) > 0 || len(a.Changed(got)) > 0 {
		t.Errorf("%v, changed %v", wrong, a.Changed(got))
	}
}

// A count in the line of an agreed deliverable makes further ones, which come last: nothing that
// is agreed gets another number, nor does a right that names one.
func TestAgreedDeliverablesKeepTheirNumbers(t *testing.T) {
	t.Parallel()
	got, wrong := readAmendment(func(f *terms.Form) {
		f.Deliverables[1].Count, f.Deliverables[1].DueOn = "2", "2026-12-15"
		f.Rights[0].Deliverable = "4" // as the form counts: the last line
	})
	if len(wrong) > 0 || len(got.Deliverables) != 4 {
		t.Fatalf("%v %+v", wrong, got.Deliverables)
	}
	for i, due := range []int{4, 15, 20, 15} {
		if x := got.Deliverables[i]; x.Number != i+1 || x.DueOn.Day != due {
			t.Errorf("deliverable %d: %+v", i+1, x)
		}
	}
	if got.Rights[0].Deliverable != 3 {
		t.Errorf("the right is of %d", got.Rights[0].Deliverable)
	}
}

func TestAGuaranteeThatStaysKeepsItsDefinition(t *testing.T) {
	t.Parallel()
	a := inForce()
	a.Terms.Guarantee = terms.Guarantee{Metric: terms.Metrics()[0], Least: 100, Days: 30, Definition: 1, DefinedOn: models.Date{Year: 2025, Month: 1, Day: 1}}
	rules := terms.Rules{Today: amendingToday, Definition: 2, DefinedOn: amendingToday}
	f := terms.AmendingForm(a, nil)
	if got, _, _ := f.ReadAmendment(rules, a); got.Guarantee != a.Terms.Guarantee {
		t.Errorf("it stays: %+v", got.Guarantee)
	}
	f.GuaranteeLeast = "200"
	if got, _, _ := f.ReadAmendment(rules, a); got.Guarantee.Definition != 2 {
		t.Errorf("it changes: %+v", got.Guarantee)
	}
}

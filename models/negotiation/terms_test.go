package negotiation_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
)

func TestWhatIsWrongWithAProposal(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), dealtest.New(t, testkit.NewSQLite(t))
	line := func(change func(*terms.DeliverableForm)) func(*negotiation.OfferForm) {
		return func(f *negotiation.OfferForm) { change(&f.Deliverables[0]) }
	}
	for _, c := range []struct {
		field, key string
		change     func(*negotiation.OfferForm)
	}{
		{"message", "terms.invalid.long", func(f *negotiation.OfferForm) { f.Message = strings.Repeat("é", negotiation.MaxMessage+1) }},
		{"product", "terms.invalid.product", func(f *negotiation.OfferForm) { f.Product = " \x00\n" }},
		{"product", "terms.invalid.long", func(f *negotiation.OfferForm) { f.Product = strings.Repeat("a", terms.MaxProduct+1) }},
		{"deliverables", "terms.invalid.deliverables", func(f *negotiation.OfferForm) { f.Deliverables = nil }},
		{"deliverables", "terms.invalid.deliverables", func(f *negotiation.OfferForm) { f.Deliverables = []terms.DeliverableForm{{Count: "3"}} }},
		{"deliverables", "terms.invalid.deliverables_many", func(f *negotiation.OfferForm) {
			f.Deliverables[0].Count = "11"
			f.Deliverables = append(f.Deliverables, f.Deliverables[0])
		}},
		{"deliverables[0].content_type", "terms.invalid.content_type", line(func(l *terms.DeliverableForm) { l.ContentType = "dance" })},
		{"deliverables[0].format", "terms.invalid.format", line(func(l *terms.DeliverableForm) { l.Format = "" })},
		{"deliverables[0].platform", "terms.invalid.platform", line(func(l *terms.DeliverableForm) { l.Platform = "myspace" })},
		{"deliverables[0].platform", "terms.invalid.platform_format", line(func(l *terms.DeliverableForm) { l.Platform, l.Format = "twitch", "story" })},
		{"deliverables[0].count", "terms.invalid.number", line(func(l *terms.DeliverableForm) { l.Count = "21" })},
		{"deliverables[0].count", "terms.invalid.number", line(func(l *terms.DeliverableForm) { l.Count = "0" })},
		{"deliverables[0].count", "terms.invalid.number", line(func(l *terms.DeliverableForm) { l.Count = "99999999999999999999" })},
		{"deliverables[0].due_on", "terms.invalid.due_on", line(func(l *terms.DeliverableForm) { l.DueOn = "tomorrow" })},
		{"deliverables[0].due_on", "terms.invalid.day_past", line(func(l *terms.DeliverableForm) { l.DueOn = "2026-11-19" })},
		{"deliverables[0].due_on", "terms.invalid.day_far", line(func(l *terms.DeliverableForm) { l.DueOn = "2028-11-21" })},
		{"fee", "terms.invalid.fee", func(f *negotiation.OfferForm) { f.Fee = "" }},
		{"fee", "terms.invalid.fee", func(f *negotiation.OfferForm) { f.Fee = "0.00" }},
		{"fee", "common.amount_invalid", func(f *negotiation.OfferForm) { f.Fee = "-5" }},
		{"fee", "common.amount_decimals", func(f *negotiation.OfferForm) { f.Fee = "1.234" }},
		{"fee", "common.amount_large", func(f *negotiation.OfferForm) { f.Fee = "99999999999999" }},
		{"fee", "common.amount_ambiguous", func(f *negotiation.OfferForm) {
			f.ReadMoney = func(string, string) (models.Money, error) { return models.Money{}, errors.New("two ways") }
		}},
		{"currency", "terms.invalid.currency", func(f *negotiation.OfferForm) { f.Currency = "XXX" }},
		{"in_kind", "terms.invalid.in_kind", func(f *negotiation.OfferForm) { f.InKindValue = "20" }},
		{"in_kind_value", "common.amount_invalid", func(f *negotiation.OfferForm) { f.InKind, f.InKindValue = "A box", "much" }},
		{"rights[0].days", "terms.invalid.number", func(f *negotiation.OfferForm) { f.Rights[0].Days = "3651" }},
		{"rights[0].days", "terms.invalid.number", func(f *negotiation.OfferForm) { f.Rights[0].Days = "-1" }},
		{"disclosure", "terms.invalid.disclosure", func(f *negotiation.OfferForm) { f.Disclosure = "" }},
		{"expires_days", "terms.invalid.number", func(f *negotiation.OfferForm) { f.ExpiresDays = "31" }},
		{"expires_days", "terms.invalid.number", func(f *negotiation.OfferForm) { f.ExpiresDays = "soon" }},
	} {
		f := dealtest.Form()
		c.change(&f)
		_, err := w.Negotiations.Propose(ctx, w.Brand, w.CreatorID, f, "")
		if e, ok := dealtest.FieldsOf(err).Get(c.field); !ok || e.Key != c.key || len(dealtest.FieldsOf(err)) != 1 {
			t.Errorf("%v, wanted %s=%s alone", err, c.field, c.key)
		}
	}
	if w.Events() != 0 {
		t.Error("something was sent")
	}
}

func TestEverythingWrongIsToldAtOnce(t *testing.T) {
	t.Parallel()
	w := dealtest.New(t, testkit.NewSQLite(t))
	_, err := w.Negotiations.Propose(context.Background(), w.Brand, w.CreatorID, negotiation.OfferForm{
		Form: terms.Form{Deliverables: []terms.DeliverableForm{{}, {Format: "video"}}}, ExpiresDays: "x",
	}, "")
	var fields []string
	for _, f := range dealtest.FieldsOf(err) {
		fields = append(fields, f.Field)
	}
	want := []string{"product", "deliverables[1].content_type", "deliverables[1].platform", "deliverables[1].due_on", "currency", "disclosure", "expires_days"}
	if !slices.Equal(fields, want) {
		t.Errorf("%v, wanted %v", fields, want)
	}
}

func TestLawfulProposals(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), dealtest.New(t, testkit.NewSQLite(t))
	for i, change := range []func(*negotiation.OfferForm){
		func(f *negotiation.OfferForm) { f.Message, f.Rights, f.ExpiresDays = "", nil, "" },
		func(f *negotiation.OfferForm) { f.Fee, f.InKind = "", "A box of oats" },
		func(f *negotiation.OfferForm) { f.Fee, f.InKind, f.InKindValue = "", "A box of oats", "39.90" },
		func(f *negotiation.OfferForm) { f.Currency, f.Fee = "jpy", "45000" },
		func(f *negotiation.OfferForm) { f.Deliverables[0].Count = "20" },
		func(f *negotiation.OfferForm) { f.Deliverables[0].DueOn = "2026-11-20" },
		func(f *negotiation.OfferForm) { f.Deliverables[0].DueOn = "2028-11-20" },
		func(f *negotiation.OfferForm) { f.Message = strings.Repeat("é", negotiation.MaxMessage) },
		func(f *negotiation.OfferForm) {
			f.Deliverables = append([]terms.DeliverableForm{{}, {Count: "1"}}, f.Deliverables...)
		},
	} {
		f := dealtest.Form()
		change(&f)
		sent, err := w.Negotiations.Propose(ctx, w.Brand, w.CreatorID, f, strconv.Itoa(i))
		if err != nil {
			t.Errorf("%d: %v", i, err)
			continue
		}
		p, err := w.Negotiations.Get(ctx, w.Creator, sent.Negotiation)
		w.Must(err)
		again, err := w.Negotiations.Propose(ctx, w.Brand, w.CreatorID, f, strconv.Itoa(i))
		if err != nil || again.Negotiation != sent.Negotiation {
			t.Errorf("%d, sent again: %+v %v", i, again, err)
		}
		if !p.ExpiresAt.After(p.BegunAt) || len(p.Items()) == 0 {
			t.Errorf("%d: %+v", i, p)
		}
	}
}

// Today is the day where the creator lives.
func TestTodayIsTheCreatorsDay(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), dealtest.New(t, testkit.NewSQLite(t))
	_, east := w.NewCreator("Kai Example", "kai", "Pacific/Auckland", true)
	w.Clock.Advance(5 * time.Hour) // 20 November here, 21 November there
	f := dealtest.Form()
	f.Deliverables[0].DueOn = "2026-11-20"
	_, err := w.Negotiations.Propose(ctx, w.Brand, east, f, "")
	dealtest.WantField(t, err, "deliverables[0].due_on", "terms.invalid.day_past")
	f.Deliverables[0].DueOn = "2026-11-21"
	_, err = w.Negotiations.Propose(ctx, w.Brand, east, f, "")
	w.Must(err)
}

func TestDisclosureThatIsOffered(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{
		{"FR", "en", "Collaboration commerciale"}, {"BE", "fr", "Publicité"}, {"BE", "nl", "Reclame"}, {"BE", "en", "#ad"},
		{"NL", "nl", "#advertentie"}, {"GB", "fr", "#ad"}, {"", "fr", "Publicité"}, {"", "", "#ad"},
	} {
		if got := terms.DefaultDisclosure(c[0], c[1]); got != c[2] {
			t.Errorf("%s, %s: %s", c[0], c[1], got)
		}
	}
}

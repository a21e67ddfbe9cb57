package deals_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/deals"
)

func TestWhatIsWrongWithAProposal(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), newWorld(t, testkit.NewSQLite(t))
	line := func(change func(*deals.DeliverableForm)) func(*deals.ProposalForm) {
		return func(f *deals.ProposalForm) { change(&f.Deliverables[0]) }
	}
	for _, c := range []struct {
		field, key string
		change     func(*deals.ProposalForm)
	}{
		{"message", "deals.invalid.long", func(f *deals.ProposalForm) { f.Message = strings.Repeat("é", deals.MaxMessage+1) }},
		{"product", "deals.invalid.product", func(f *deals.ProposalForm) { f.Product = " \x00\n" }},
		{"product", "deals.invalid.long", func(f *deals.ProposalForm) { f.Product = strings.Repeat("a", deals.MaxProduct+1) }},
		{"deliverables", "deals.invalid.deliverables", func(f *deals.ProposalForm) { f.Deliverables = nil }},
		{"deliverables", "deals.invalid.deliverables", func(f *deals.ProposalForm) { f.Deliverables = []deals.DeliverableForm{{Count: "3"}} }},
		{"deliverables", "deals.invalid.deliverables_many", func(f *deals.ProposalForm) {
			f.Deliverables[0].Count = "11"
			f.Deliverables = append(f.Deliverables, f.Deliverables[0])
		}},
		{"deliverables[0].content_type", "deals.invalid.content_type", line(func(l *deals.DeliverableForm) { l.ContentType = "dance" })},
		{"deliverables[0].format", "deals.invalid.format", line(func(l *deals.DeliverableForm) { l.Format = "" })},
		{"deliverables[0].platform", "deals.invalid.platform", line(func(l *deals.DeliverableForm) { l.Platform = "myspace" })},
		{"deliverables[0].platform", "deals.invalid.platform_format", line(func(l *deals.DeliverableForm) { l.Platform, l.Format = "twitch", "story" })},
		{"deliverables[0].count", "deals.invalid.number", line(func(l *deals.DeliverableForm) { l.Count = "21" })},
		{"deliverables[0].count", "deals.invalid.number", line(func(l *deals.DeliverableForm) { l.Count = "0" })},
		{"deliverables[0].count", "deals.invalid.number", line(func(l *deals.DeliverableForm) { l.Count = "99999999999999999999" })},
		{"deliverables[0].due_on", "deals.invalid.due_on", line(func(l *deals.DeliverableForm) { l.DueOn = "tomorrow" })},
		{"deliverables[0].due_on", "deals.invalid.due_on_past", line(func(l *deals.DeliverableForm) { l.DueOn = "2026-11-19" })},
		{"deliverables[0].due_on", "deals.invalid.due_on_far", line(func(l *deals.DeliverableForm) { l.DueOn = "2028-11-21" })},
		{"fee", "deals.invalid.fee", func(f *deals.ProposalForm) { f.Fee = "" }},
		{"fee", "deals.invalid.fee", func(f *deals.ProposalForm) { f.Fee = "0.00" }},
		{"fee", "common.amount_invalid", func(f *deals.ProposalForm) { f.Fee = "-5" }},
		{"fee", "common.amount_decimals", func(f *deals.ProposalForm) { f.Fee = "1.234" }},
		{"fee", "common.amount_large", func(f *deals.ProposalForm) { f.Fee = "99999999999999" }},
		{"fee", "common.amount_ambiguous", func(f *deals.ProposalForm) {
			f.ReadMoney = func(string, string) (models.Money, error) { return models.Money{}, errors.New("two ways") }
		}},
		{"currency", "deals.invalid.currency", func(f *deals.ProposalForm) { f.Currency = "XXX" }},
		{"in_kind", "deals.invalid.in_kind", func(f *deals.ProposalForm) { f.InKindValue = "20" }},
		{"in_kind_value", "common.amount_invalid", func(f *deals.ProposalForm) { f.InKind, f.InKindValue = "A box", "much" }},
		{"usage_days", "deals.invalid.number", func(f *deals.ProposalForm) { f.UsageDays = "3651" }},
		{"usage_days", "deals.invalid.number", func(f *deals.ProposalForm) { f.UsageDays = "-1" }},
		{"disclosure", "deals.invalid.disclosure", func(f *deals.ProposalForm) { f.Disclosure = "" }},
		{"expires_days", "deals.invalid.number", func(f *deals.ProposalForm) { f.ExpiresDays = "31" }},
		{"expires_days", "deals.invalid.number", func(f *deals.ProposalForm) { f.ExpiresDays = "soon" }},
	} {
		f := form()
		c.change(&f)
		_, err := w.store.Propose(ctx, w.brand, w.creatorID, f, "")
		if e, ok := fieldsOf(err).Get(c.field); !ok || e.Key != c.key || len(fieldsOf(err)) != 1 {
			t.Errorf("%v, wanted %s=%s alone", err, c.field, c.key)
		}
	}
	if w.events() != 0 {
		t.Error("something was sent")
	}
}

func TestEverythingWrongIsToldAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.NewSQLite(t))
	_, err := w.store.Propose(context.Background(), w.brand, w.creatorID, deals.ProposalForm{
		Deliverables: []deals.DeliverableForm{{}, {Format: "video"}}, ExpiresDays: "x",
	}, "")
	var fields []string
	for _, f := range fieldsOf(err) {
		fields = append(fields, f.Field)
	}
	want := []string{"product", "deliverables[1].content_type", "deliverables[1].platform", "deliverables[1].due_on", "currency", "disclosure", "expires_days"}
	if !slices.Equal(fields, want) {
		t.Errorf("%v, wanted %v", fields, want)
	}
}

func TestLawfulProposals(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), newWorld(t, testkit.NewSQLite(t))
	for i, change := range []func(*deals.ProposalForm){
		func(f *deals.ProposalForm) { f.Message, f.UsageDays, f.ExpiresDays = "", "", "" },
		func(f *deals.ProposalForm) { f.Fee, f.InKind = "", "A box of oats" },
		func(f *deals.ProposalForm) { f.Fee, f.InKind, f.InKindValue = "", "A box of oats", "39.90" },
		func(f *deals.ProposalForm) { f.Currency, f.Fee = "jpy", "45000" },
		func(f *deals.ProposalForm) { f.Deliverables[0].Count = "20" },
		func(f *deals.ProposalForm) { f.Deliverables[0].DueOn = "2026-11-20" },
		func(f *deals.ProposalForm) { f.Deliverables[0].DueOn = "2028-11-20" },
		func(f *deals.ProposalForm) { f.Message = strings.Repeat("é", deals.MaxMessage) },
		func(f *deals.ProposalForm) {
			f.Deliverables = append([]deals.DeliverableForm{{}, {Count: "1"}}, f.Deliverables...)
		},
	} {
		f := form()
		change(&f)
		sent, err := w.store.Propose(ctx, w.brand, w.creatorID, f, strconv.Itoa(i))
		if err != nil {
			t.Errorf("%d: %v", i, err)
			continue
		}
		p, err := w.store.GetProposal(ctx, w.creator, sent.Proposal)
		w.must(err)
		again, err := w.store.Propose(ctx, w.brand, w.creatorID, f, strconv.Itoa(i))
		if err != nil || again.Proposal != sent.Proposal {
			t.Errorf("%d, sent again: %+v %v", i, again, err)
		}
		if !p.ExpiresAt.After(p.SentAt) || len(p.Items) == 0 {
			t.Errorf("%d: %+v", i, p)
		}
	}
}

// Today is the day where the creator lives.
func TestTodayIsTheCreatorsDay(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), newWorld(t, testkit.NewSQLite(t))
	_, east := w.newCreator("Kai Example", "kai", "Pacific/Auckland", true)
	w.clock.Advance(5 * hour) // 20 November here, 21 November there
	f := form()
	f.Deliverables[0].DueOn = "2026-11-20"
	_, err := w.store.Propose(ctx, w.brand, east, f, "")
	wantField(t, err, "deliverables[0].due_on", "deals.invalid.due_on_past")
	f.Deliverables[0].DueOn = "2026-11-21"
	_, err = w.store.Propose(ctx, w.brand, east, f, "")
	w.must(err)
}

func TestDisclosureThatIsOffered(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{
		{"FR", "en", "Collaboration commerciale"}, {"BE", "fr", "Publicité"}, {"BE", "nl", "Reclame"}, {"BE", "en", "#ad"},
		{"NL", "nl", "#advertentie"}, {"GB", "fr", "#ad"}, {"", "fr", "Publicité"}, {"", "", "#ad"},
	} {
		if got := deals.DefaultDisclosure(c[0], c[1]); got != c[2] {
			t.Errorf("%s, %s: %s", c[0], c[1], got)
		}
	}
}

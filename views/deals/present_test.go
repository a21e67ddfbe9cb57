package deals_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/terms"
	"tribemarket/views/components"
	dealsview "tribemarket/views/deals"
)

var (
	now     = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	brand   = models.Actor{PersonID: 1, BrandID: 7, Role: models.RoleManager}
	creator = models.Actor{PersonID: 2, CreatorID: 8}
)

// english fails the test where a text is missing.
func english(t *testing.T) context.Context {
	return i18n.WithMissingText(i18n.WithLocale(t.Context(), i18n.EN, time.UTC), func(_ i18n.Locale, key string) { t.Errorf("%s has no text", key) })
}

func parties() (b, c deals.Party) {
	return deals.Party{ID: 7, Name: "Fonte"}, deals.Party{ID: 8, Name: "Penne", Handle: "penne", Platform: "tiktok", Joined: true}
}

func dealIn(s deals.State) deals.Deal {
	d := deals.Deal{
		PublicID: "d1", Negotiation: "n1", Zone: "UTC", BrandZone: "UTC", AgreedAt: now.Add(-time.Hour), Terms: terms.Terms{Product: "Pans", Category: "food", Currency: "EUR", Fee: terms.Fee{Content: 42_000}, Disclosure: "Ad"},
		Deliverables: []deals.Deliverable{{Item: deals.Item{Number: 1, ContentType: "review", Format: "video", Platform: "tiktok"}, State: s, EnteredAt: now.Add(-time.Hour)}},
	}
	d.Brand, d.Creator = parties()
	deadline := now.Add(24 * time.Hour)
	if !deals.DeliverableTable.Rule(s).Final() {
		d.Deliverables[0].DeadlineAt = &deadline
	}
	if s == deals.Ended {
		d.EndedAt, d.EndedBy = &now, models.SideBrand
	}
	return d
}

// Whoever has to act reads so in every state, and gets a form for each action.
func TestADealSaysInEveryStateWhoseTurnItIs(t *testing.T) {
	t.Parallel()
	ctx := english(t)
	for _, s := range deals.DeliverableTable.States() {
		rule := deals.DeliverableTable.Rule(s)
		for side, actor := range map[models.Side]models.Actor{models.SideBrand: brand, models.SideCreator: creator} {
			d := dealIn(s)
			p := dealsview.PresentDeal(ctx, actor, d, dealsview.Refusal{}, now)
			actions := deals.Actions(actor, d, d.Deliverables[0], now)
			if got := len(p.Turn.Forms); got != len(actions) {
				t.Errorf("%s, %s: %d forms for %v", s, side, got, actions)
			}
			if mine := !p.Turn.Theirs; mine != (rule.Waits == side) {
				t.Errorf("%s, %s: mine is %v", s, side, mine)
			}
			if p.Turn.Title == "" || p.Turn.Otherwise == "" && s != deals.Ended || p.Pieces[0].State == "" {
				t.Errorf("%s, %s: %+v", s, side, p.Turn.TurnCard)
			}
			if rule.Final() && len(p.Endings) > 0 {
				t.Errorf("%s, %s: can be ended", s, side)
			}
		}
	}
}

func TestTheStagesOfADeal(t *testing.T) {
	t.Parallel()
	ctx := english(t)
	rows := map[deals.State]int{deals.Drafting: 2, deals.Approved: 3, deals.Published: 4, deals.Objected: 4, deals.Completed: -1}
	for s, here := range rows {
		all := dealsview.PresentDeal(ctx, brand, dealIn(s), dealsview.Refusal{}, now).Stages
		if got := slices.IndexFunc(all, func(x components.Stage) bool { return x.Here }); got != here {
			t.Errorf("%s: at %d of %+v", s, got, all)
		}
	}
	if all := dealsview.PresentDeal(ctx, brand, dealIn(deals.Ended), dealsview.Refusal{}, now).Stages; all != nil {
		t.Errorf("ended: %+v", all)
	}
}

// Whoever agrees that a child appears reads which rule that has.
func TestAChildInTheContentNamesItsRule(t *testing.T) {
	t.Parallel()
	ctx := english(t)
	for child, want := range map[bool]bool{true: true, false: false} {
		all := dealsview.PresentClauses(ctx, terms.Terms{Child: child, Currency: "EUR", Category: "food"})
		if got := slices.ContainsFunc(all, func(c dealsview.Clause) bool { return c.Name == "Children" && c.Note != "" }); got != want {
			t.Errorf("child %v: %+v", child, all)
		}
	}
}

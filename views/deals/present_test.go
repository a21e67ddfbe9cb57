package deals_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/views/components"
	dealsview "tribemarket/views/deals"
)

var (
	now     = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	brand   = models.Actor{PersonID: 1, BrandID: 7, Role: models.RoleManager}
	creator = models.Actor{PersonID: 2, CreatorID: 8}
	viewer  = models.Actor{PersonID: 3, BrandID: 7, Role: models.RoleViewer}
)

// english fails the test where a text is missing.
func english(t *testing.T) context.Context {
	return i18n.WithMissingText(i18n.WithLocale(t.Context(), i18n.EN, time.UTC), func(_ i18n.Locale, key string) { t.Errorf("%s has no text", key) })
}

func parties() (b, c deals.Party) {
	return deals.Party{ID: 7, Name: "Fonte"}, deals.Party{ID: 8, Name: "Penne", Handle: "penne", Platform: "tiktok", Joined: true}
}

func proposalIn(s deals.ProposalState) deals.Proposal {
	p := deals.Proposal{
		PublicID: "p1", State: s, Category: "food", SentAt: now.Add(-time.Hour), ExpiresAt: now.Add(48 * time.Hour),
		Terms: deals.Terms{Product: "Pans", Fee: models.Money{Minor: 42_000, Currency: "EUR"}, Disclosure: "Ad"},
		Items: []deals.Item{{Number: 1, ContentType: "review", Format: "video", Platform: "tiktok"}},
	}
	p.Brand, p.Creator = parties()
	return p
}

func dealIn(s deals.State) deals.Deal {
	d := deals.Deal{
		PublicID: "d1", Proposal: "p1", Category: "food", Zone: "UTC", BrandZone: "UTC", AgreedAt: now.Add(-time.Hour), Terms: proposalIn(deals.Accepted).Terms,
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

func buttons(forms []dealsview.ActionForm) []string {
	var all []string
	for _, f := range forms {
		all = append(all, f.Button.Label)
	}
	return all
}

func TestAProposalOffersEachSideWhatItCanDo(t *testing.T) {
	t.Parallel()
	ctx := english(t)
	rows := []struct {
		name    string
		actor   models.Actor
		state   deals.ProposalState
		at      time.Time
		buttons []string
		theirs  bool
	}{
		{"the creator answers", creator, deals.Open, now, []string{"Accept", "Decline"}, false},
		{"the brand waits", brand, deals.Open, now, []string{"Withdraw the proposal"}, true},
		{"a viewer of the brand sees", viewer, deals.Open, now, nil, true},
		{"its time is over before the sweep", creator, deals.Open, now.Add(49 * time.Hour), nil, true},
		{"accepted", creator, deals.Accepted, now, nil, true},
	}
	for _, r := range rows {
		p := dealsview.PresentProposal(ctx, r.actor, proposalIn(r.state), dealsview.Refusal{}, r.at)
		if got := buttons(p.Answers); !slices.Equal(got, r.buttons) || p.Turn.Theirs != r.theirs {
			t.Errorf("%s: %q, theirs %v", r.name, got, p.Turn.Theirs)
		}
	}
}

func TestARefusedAnswerKeepsItsReason(t *testing.T) {
	t.Parallel()
	ctx := english(t)
	r := dealsview.Refusal{
		Action: deals.ActionDecline, Answers: map[string]string{"reason": "no"}, Fields: models.Fields{{Field: "reason", Key: "deals.invalid.reason"}},
	}
	p := dealsview.PresentProposal(ctx, creator, proposalIn(deals.Open), r, now)
	decline := p.Answers[1].Fields[0]
	if decline.Value != "no" || decline.Error == "" || !p.Answers[1].Open || len(p.Problems) != 1 || p.Problems[0].Field != "answer-reason" {
		t.Errorf("%+v, %+v", decline, p.Problems)
	}
	conflict := dealsview.Refusal{Action: deals.ActionAccept, Conflict: &models.Error{Key: "deals.error.changed"}}
	if p := dealsview.PresentProposal(ctx, creator, proposalIn(deals.Open), conflict, now); p.Refused.Title == "" || p.Refused.Href != "/proposals/p1" {
		t.Errorf("%+v", p.Refused)
	}
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

func TestTheAsideOfAProposalAddsUp(t *testing.T) {
	t.Parallel()
	ctx := english(t)
	to := creators.CreatorSummary{Creator: creators.Creator{Name: "Penne"}, Account: creators.Account{Handle: "penne", Platform: "tiktok"},
		Prices: []creators.StartingPrice{{Format: "video", Minor: 20_000, Currency: "EUR"}}}
	f := dealsview.ProposalAnswers{ProposalForm: deals.ProposalForm{
		Currency: "EUR", Fee: "500", ExpiresDays: "3", Deliverables: []deals.DeliverableForm{{ContentType: "review", Format: "video", Platform: "tiktok", Count: "2"}},
	}, Fields: models.Fields{{Field: "deliverables[0].due_on", Key: "deals.invalid.due_on"}}}
	p := dealsview.PresentProposalForm(ctx, to, creators.CreatorLimits{RefusedCategories: []string{"alcohol"}, Capacity: 3}, f, now)
	var amounts []string
	for _, l := range p.Side.Lines {
		amounts = append(amounts, l.Amount)
	}
	if !slices.Equal(amounts, []string{"€400.00", "€400.00", "€500.00"}) || p.Side.Count != "2 deliverables" || !strings.Contains(p.Side.Next, "3 days") {
		t.Errorf("%q, %q, %q", amounts, p.Side.Count, p.Side.Next)
	}
	if !p.CategoryNeeded || len(p.Limits) != 2 || len(p.Problems) != 1 || !strings.HasPrefix(p.Problems[0].Message, "Line 1") {
		t.Errorf("%v, %+v, %+v", p.CategoryNeeded, p.Limits, p.Problems)
	}
}

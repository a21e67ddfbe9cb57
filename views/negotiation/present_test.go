package negotiation_test

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
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
	dealsview "tribemarket/views/deals"
	negotiationview "tribemarket/views/negotiation"
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

func negotiationIn(s negotiation.State) negotiation.Negotiation {
	p := negotiation.Negotiation{
		PublicID: "n1", State: s, BegunAt: now.Add(-time.Hour), ExpiresAt: now.Add(48 * time.Hour), Began: models.SideBrand,
		Latest: negotiation.Offer{Number: 1, Side: models.SideBrand, SentAt: now.Add(-time.Hour), Terms: terms.Terms{
			Product: "Pans", Category: "food", Currency: "EUR", Fee: terms.Fee{Content: 42_000}, Disclosure: "Ad",
			Deliverables: []terms.Deliverable{{Number: 1, ContentType: "review", Format: "video", Platform: "tiktok"}},
		}},
	}
	p.Offers = []negotiation.Offer{p.Latest}
	p.Brand, p.Creator = parties()
	return p
}

func buttons(forms []dealsview.ActionForm) []string {
	var all []string
	for _, f := range forms {
		all = append(all, f.Button.Label)
	}
	return all
}

func TestANegotiationOffersEachSideWhatItCanDo(t *testing.T) {
	t.Parallel()
	ctx := english(t)
	rows := []struct {
		name    string
		actor   models.Actor
		state   negotiation.State
		at      time.Time
		buttons []string
		theirs  bool
	}{
		{"the creator answers", creator, negotiation.WithCreator, now, []string{"Accept", "Decline"}, false},
		{"the brand waits", brand, negotiation.WithCreator, now, []string{"Yes, withdraw it"}, true},
		{"a viewer of the brand sees", viewer, negotiation.WithCreator, now, nil, true},
		{"its time is over before the sweep", creator, negotiation.WithCreator, now.Add(49 * time.Hour), nil, true},
		{"accepted", creator, negotiation.Agreed, now, nil, true},
	}
	for _, r := range rows {
		p := negotiationview.Present(ctx, r.actor, negotiationIn(r.state), 0, dealsview.Refusal{}, r.at)
		if got := buttons(p.Answers); !slices.Equal(got, r.buttons) || p.Turn.Theirs != r.theirs {
			t.Errorf("%s: %q, theirs %v", r.name, got, p.Turn.Theirs)
		}
	}
}

func TestARefusedAnswerKeepsItsReason(t *testing.T) {
	t.Parallel()
	ctx := english(t)
	r := dealsview.Refusal{
		Action: negotiation.ActionDecline, Answers: map[string]string{"reason": "no"}, Fields: models.Fields{{Field: "reason", Key: "deals.invalid.reason"}},
	}
	p := negotiationview.Present(ctx, creator, negotiationIn(negotiation.WithCreator), 0, r, now)
	decline := p.Answers[1].Fields[0]
	if decline.Value != "no" || decline.Error == "" || !p.Answers[1].Open || len(p.Problems) != 1 || p.Problems[0].Field != "answer-reason" {
		t.Errorf("%+v, %+v", decline, p.Problems)
	}
	conflict := dealsview.Refusal{Action: negotiation.ActionAccept, Conflict: &models.Error{Key: "deals.error.changed"}}
	if p := negotiationview.Present(ctx, creator, negotiationIn(negotiation.WithCreator), 0, conflict, now); p.Refused.Title == "" || p.Refused.Href != "/negotiations/n1" {
		t.Errorf("%+v", p.Refused)
	}
}

func TestTheAsideOfAnOfferAddsUp(t *testing.T) {
	t.Parallel()
	ctx := english(t)
	to := creators.CreatorSummary{Creator: creators.Creator{Name: "Penne"}, Account: creators.Account{Handle: "penne", Platform: "tiktok"},
		Prices: []creators.StartingPrice{{Format: "video", Minor: 20_000, Currency: "EUR"}}}
	f := negotiationview.Answers{OfferForm: negotiation.OfferForm{ExpiresDays: "3", Form: terms.Form{
		Currency: "EUR", Fee: "500", Deliverables: []terms.DeliverableForm{{ContentType: "review", Format: "video", Platform: "tiktok", Count: "2"}},
	}}, Fields: models.Fields{{Field: "deliverables[0].due_on", Key: "terms.invalid.due_on"}}}
	p := negotiationview.PresentFirstOffer(ctx, to, creators.CreatorLimits{RefusedCategories: []string{"alcohol"}, Capacity: 3}, f, now)
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

// A promise that names an earlier definition says so, and that it keeps it.
func TestAnEarlierDefinitionIsSaid(t *testing.T) {
	t.Parallel()
	ctx := english(t)
	n := negotiationIn(negotiation.WithCreator)
	for _, c := range []struct {
		version int
		noted   bool
	}{{1, true}, {2, false}} {
		n.Latest.Terms.Guarantee = terms.Guarantee{Metric: "views", Least: 1000, Days: 30, Definition: c.version, DefinedOn: models.Date{Year: 2025, Month: time.March, Day: 31}}
		n.Offers = []negotiation.Offer{n.Latest}
		note := ""
		for _, clause := range negotiationview.Present(ctx, brand, n, 0, dealsview.Refusal{}, now).Clauses {
			if clause.Name == "Promised result" {
				note = clause.Note
			}
		}
		if strings.Contains(note, "keeps its definition") != c.noted {
			t.Errorf("version %d has the note %q", c.version, note)
		}
	}
}

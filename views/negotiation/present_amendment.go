package negotiation

import (
	"cmp"
	"context"
	"slices"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
	"tribemarket/views/components"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/paths"
	termsview "tribemarket/views/terms"
)

// Amended is a contract that is about to be amended, as the side that does so sees it.
type Amended struct {
	negotiation.Amendable
	Side models.Side
}

// other is the name of the other side.
func (a Amended) other() string {
	if a.Side == models.SideBrand {
		return a.Creator.Name
	}
	return a.Brand
}

// lead adds to a lead of which cycle of a repetition the days are, and from which on all holds.
func (a Amended) lead(ctx context.Context, lead string) string {
	if !a.Terms.Repeats() {
		return lead
	}
	return lead + " " + i18n.T(ctx, "contracts.amendment.cycle", "cycle", a.Cycle, "months", a.Terms.Cycles())
}

func (a Amended) crumbs(ctx context.Context) []components.Crumb {
	return []components.Crumb{
		{Href: paths.Deals(), Name: i18n.T(ctx, "layouts.deals")}, {Href: paths.Deal(a.Contract.Deal), Name: a.Terms.Product},
		{Href: paths.Contract(a.Contract.PublicID), Name: i18n.T(ctx, "contracts.one")}, {Name: i18n.T(ctx, "contracts.amendment.one")},
	}
}

// PresentAmendment presents the form of an amendment of a contract.
func PresentAmendment(ctx context.Context, a Amended, to creators.CreatorSummary, guards creators.CreatorLimits, f Answers, now time.Time) OfferFormProps {
	p := presentForm(ctx, to, guards, f, a.Zones.Of(models.SideCreator), a.Creator.Country, now)
	p.Title, p.Lead = i18n.T(ctx, "contracts.amendment.title", "product", a.Terms.Product), a.lead(ctx, i18n.T(ctx, "contracts.amendment.lead"))
	p.Crumbs, p.Action, p.Button = a.crumbs(ctx), paths.Amendments(a.Contract.PublicID), i18n.T(ctx, "negotiation.form.look")
	p.ByCreator, p.CreatorName, p.Other = a.Side == models.SideCreator, a.Creator.Name, a.other()
	p.Currencies = []components.Option{{Value: a.Terms.Currency, Label: a.Terms.Currency}}
	p.Amends = presentAmended(ctx, a)
	understood, _, _ := f.ReadAmendment(terms.Rules{Today: a.Today}, a.Amending)
	p.suggestPrices(ctx, negotiation.QuoteAmendment(to, a.Amending, understood, a.Today))
	p.Side = presentAside(ctx, to, p.quote, f)
	p.Side.Count, p.Side.Lines = a.count(ctx, understood), a.addUp(ctx, p.quote, understood, p.Side.Fee)
	p.Side.Next = i18n.T(ctx, "contracts.amendment.next")
	if f.Conflict != nil {
		p.Refused = dealsview.RefusedAction{
			Title: i18n.T(ctx, f.Conflict.Key, f.Conflict.Args...), Text: i18n.T(ctx, "deals.refused.text"), Href: paths.Contract(a.Contract.PublicID), Link: i18n.T(ctx, "contracts.open"),
		}
	}
	return p
}

// count says how many deliverables there are with an amendment, and how many of them are
// approved or new.
func (a Amended) count(ctx context.Context, t terms.Terms) string {
	var parts []string
	if n := len(a.Settled); n > 0 {
		parts = append(parts, i18n.T(ctx, "contracts.amendment.count.approved", "n", n))
	}
	if n := len(t.Deliverables) - len(a.Terms.Deliverables); n > 0 {
		parts = append(parts, i18n.T(ctx, "contracts.amendment.count.further", "n", n))
	}
	count := i18n.T(ctx, "deals.pieces.count", "n", len(t.Deliverables))
	if len(parts) == 0 {
		return count
	}
	return i18n.T(ctx, "contracts.amendment.count", "count", count, "parts", i18n.JoinList(ctx, parts))
}

// addUp adds what is new by the creator's prices to the agreed fee, and says what the fee is
// afterwards. Nothing that is agreed is counted again.
func (a Amended) addUp(ctx context.Context, q negotiation.Quote, t terms.Terms, fee string) []components.MoneyLine {
	sum, further := a.Terms.FeeSum(), len(t.Deliverables)-len(a.Terms.Deliverables)
	lines := []components.MoneyLine{{Label: i18n.T(ctx, "contracts.amendment.fee.agreed"), Amount: i18n.Money(ctx, sum)}}
	if q.Sum != nil {
		for i, p := range q.Parts {
			if p.Price == nil {
				continue
			}
			line := components.MoneyLine{Label: i18n.T(ctx, "terms.part."+p.Name), Amount: i18n.Money(ctx, *p.Price)}
			if i == 0 { // the others are shares of a part of the content
				line.Note = partNote(ctx, p, further)
			}
			lines = append(lines, line)
		}
		sum.Minor += q.Sum.Minor
		lines = append(lines, components.MoneyLine{Kind: components.Sub, Label: i18n.T(ctx, "contracts.amendment.fee.at_prices"), Amount: i18n.Money(ctx, sum)})
	}
	if fee != "" {
		lines = append(lines, components.MoneyLine{Kind: components.Total, Label: i18n.T(ctx, "contracts.amendment.fee.after"), Amount: fee})
	}
	return lines
}

// presentAmended presents what stays as it is agreed.
func presentAmended(ctx context.Context, a Amended) *AmendedTerms {
	out := &AmendedTerms{Product: a.Terms.Product}
	now := deals.ItemsOf(a.Carried(a.Terms))
	for i, x := range deals.ItemsOf(a.Terms) {
		line := AgreedLine{Name: dealsview.DeliverableName(ctx, x)}
		switch due := now[i].DueOn; {
		case slices.Contains(a.Settled, x.Number):
			line.Due = i18n.T(ctx, "contracts.amendment.settled", "on", i18n.Day(ctx, due))
		case due != x.DueOn:
			line.Hint = i18n.T(ctx, "contracts.amendment.moved", "on", i18n.Day(ctx, x.DueOn))
		}
		out.Lines = append(out.Lines, line)
	}
	return out
}

// PresentAmendmentLook presents an amendment as both sides will read it before they sign.
func PresentAmendmentLook(ctx context.Context, a Amended, look negotiation.AmendmentPreview, typed []components.Hidden) Props {
	action := paths.Amendments(a.Contract.PublicID)
	p := Props{
		Product: a.Terms.Product, Lead: a.lead(ctx, i18n.T(ctx, "negotiation.look.lead", "other", a.other())), Crumbs: a.crumbs(ctx),
		Turn: components.TurnCard{
			Who: i18n.T(ctx, "negotiation.held.state"), Title: i18n.T(ctx, "negotiation.look.title", "other", a.other()), Gone: -1,
			Otherwise: i18n.T(ctx, "contracts.amendment.look", "n", contracts.SigningDays),
		},
		Answers: []dealsview.ActionForm{
			{Path: action, Carries: typed, Button: components.Button{Label: i18n.T(ctx, "contracts.action.propose"), Kind: components.Primary}},
			{Path: action, Carries: append(slices.Clip(typed), components.Hidden{Name: "count", Value: "1"}), Button: components.Button{Label: i18n.T(ctx, "negotiation.look.change")}},
		},
		Contract: dealsview.PresentContractRequirement(ctx, look.Contract, a.Brand, a.Creator.Name), Difference: compareTerms(ctx, look.Before, look.Terms),
		Pieces: dealsview.PresentItems(ctx, deals.ItemsOf(look.Terms)), PiecesNote: i18n.T(ctx, "negotiation.pieces.note"),
		Clauses: dealsview.PresentClauses(ctx, look.Terms), Money: dealsview.PresentMoney(ctx, look.Terms),
	}
	if !slices.Equal(a.Carried(look.Terms).Deliverables, look.Terms.Deliverables) {
		p.PiecesNote = i18n.T(ctx, "contracts.amendment.days_kept")
	}
	p.Difference.Note = i18n.T(ctx, "contracts.amendment.difference")
	p.Sum = i18n.T(ctx, "negotiation.turn.sum", "worth", termsview.Reward(ctx, look.Terms), "n", len(look.Before.Differences(look.Terms)))
	if look.Note != "" {
		p.Messages = []Message{{i18n.T(ctx, "negotiation.counter.note"), look.Note}}
	}
	return p
}

// compareTerms says in words what becomes of terms, clause by clause.
func compareTerms(ctx context.Context, before, after terms.Terms) Difference {
	none := i18n.T(ctx, "terms.none")
	var d Difference
	changed := before.Differences(after)
	for _, c := range changed {
		d.Changed = append(d.Changed, ChangedClause{
			Name: termsview.Name(ctx, c), Now: cmp.Or(termsview.Words(ctx, c, after), none), Was: cmp.Or(termsview.Words(ctx, c, before), none),
		})
	}
	for _, c := range after.Agreed() {
		if !slices.Contains(changed, c) {
			d.Kept = append(d.Kept, ChangedClause{Name: termsview.Name(ctx, c), Now: termsview.Words(ctx, c, after)})
		}
	}
	d.KeptAsk = i18n.T(ctx, "negotiation.offers.kept", "n", len(d.Kept))
	return d
}

package documents

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
	dealsview "tribemarket/views/deals"
	negotiationview "tribemarket/views/negotiation"
	termsview "tribemarket/views/terms"
)

// PresentOffer presents an offer of a negotiation, with the creator's media kit if there is
// one.
func PresentOffer(ctx context.Context, n negotiation.Negotiation, o negotiation.Offer, kit *KitProps, now time.Time) OfferProps {
	from, to := n.Brand.Name, n.Creator.Name
	if o.Side == models.SideCreator {
		from, to = to, from
	}
	number := strconv.Itoa(o.Number)
	p := OfferProps{
		Kind: i18n.T(ctx, "documents.offer.kind", "number", number, "sent", i18n.Date(ctx, o.SentAt)), Title: o.Terms.Product,
		Lead:  i18n.T(ctx, "documents.offer.lead", "from", from, "to", to, "until", i18n.InZone(ctx, i18n.DateTime(ctx, o.ExpiresAt.Add(-time.Minute)))),
		State: i18n.T(ctx, "documents.offer.state", "on", i18n.Date(ctx, now), "state", stateOf(ctx, n, o, now)),
		Parties: []row{
			{Name: i18n.T(ctx, "deals.brand"), Text: n.Brand.Name, Note: dealsview.PartyLine(ctx, n.Brand)},
			{Name: i18n.T(ctx, "deals.creator"), Text: n.Creator.Name, Note: dealsview.PartyLine(ctx, n.Creator)},
		},
		Pitch: presentPitch(ctx, n, o), Message: o.Message, Money: dealsview.PresentMoney(ctx, o.Terms).Lines, DayNote: i18n.T(ctx, "negotiation.pieces.note"),
		Deliverables: dealsview.PresentItems(ctx, deals.ItemsOf(o.Terms)), Kit: kit,
	}
	for _, c := range append(dealsview.PresentClauses(ctx, o.Terms), dealsview.ZoneClause(ctx, n.Creator, n.Brand, n.Zone, n.BrandZone)) {
		p.Clauses = append(p.Clauses, row{c.Name, c.Text, c.Note})
	}
	if before := n.Offer(o.Number - 1); before != nil {
		for _, c := range before.Terms.Differences(o.Terms) {
			p.Changes = append(p.Changes, presentChange(ctx, c, *before, o))
		}
	}
	return p
}

// presentPitch tells what the creator said with the offer by which they began, with the
// figures of that day.
func presentPitch(ctx context.Context, n negotiation.Negotiation, o negotiation.Offer) []row {
	if n.Pitch == nil || o.Number != 1 {
		return nil
	}
	all := []row{
		{Name: i18n.T(ctx, "negotiation.pitch.about"), Text: n.Pitch.About},
		{Name: i18n.T(ctx, "negotiation.pitch.audience"), Text: n.Pitch.Audience},
	}
	for _, f := range negotiationview.PresentFrozenFigures(ctx, n.Pitch.Figures) {
		figures := []string{i18n.T(ctx, "creators.followers"), f.Followers, "· " + i18n.T(ctx, "creators.engagement"), f.Engagement, "· " + i18n.T(ctx, "creators.views"), f.Views}
		all = append(all, row{f.Account, strings.Join(figures, " "), f.Source})
	}
	var examples []string
	for _, x := range n.Pitch.Examples {
		switch {
		case !x.Shown:
		case x.Work != nil:
			examples = append(examples, x.Work.Alt)
		default:
			examples = append(examples, x.URL)
		}
	}
	if len(examples) > 0 {
		all = append(all, row{Name: i18n.T(ctx, "negotiation.pitch.examples"), Text: strings.Join(examples, "\n")})
	}
	return all
}

func presentChange(ctx context.Context, c terms.Clause, before, after negotiation.Offer) change {
	none := i18n.T(ctx, "terms.none")
	return change{
		Name: termsview.Name(ctx, c), Note: after.Notes[c],
		Was: cmp.Or(termsview.Words(ctx, c, before.Terms), none), Now: cmp.Or(termsview.Words(ctx, c, after.Terms), none),
	}
}

// stateOf says what has become of an offer: what became of the negotiation, or that another
// offer followed.
func stateOf(ctx context.Context, n negotiation.Negotiation, o negotiation.Offer, now time.Time) string {
	if o.Number != n.Latest.Number {
		return i18n.T(ctx, "documents.offer.followed", "number", strconv.Itoa(n.Latest.Number))
	}
	return i18n.T(ctx, negotiationview.StateNow(n.State, n.ExpiresAt, now).Key())
}

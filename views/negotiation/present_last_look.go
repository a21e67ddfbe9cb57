package negotiation

import (
	"context"
	"slices"
	"strconv"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	"tribemarket/views/components"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/paths"
)

// LastLook is what the form of an offer becomes before it is sent.
type LastLook struct {
	negotiation.Preview
	Typed       []components.Hidden // the form as it was typed
	Again       string              // whose terms these are, and which days have moved; "" for new ones
	Unconfirmed bool                // the writer's address: what they write is kept and sent later
	Brand       string              // the name of the brand
}

// PresentFirstLook presents a first offer as the creator will see it.
func PresentFirstLook(ctx context.Context, to creators.CreatorSummary, l LastLook, now time.Time) Props {
	p := presentLook(ctx, to.Creator.Name, paths.CreatorNegotiations(to.Creator.PublicID), i18n.T(ctx, "negotiation.form.send"), l, now)
	p.Other = creatorPanel(ctx, to)
	p.Contract = dealsview.PresentContractRequirement(ctx, l.Contract, l.Brand, to.Creator.Name)
	p.Quote = PresentQuote(ctx, models.SideBrand, negotiation.Negotiation{Zone: to.Creator.Location().String(), Offers: []negotiation.Offer{l.Offer}}, to, now)
	if l.Again != "" {
		p.Lead = l.Again + " " + p.Lead
	}
	if l.Unconfirmed {
		p.Turn.Otherwise = i18n.T(ctx, "negotiation.held.form.why")
	}
	return p
}

// PresentAnswerLook presents a further offer as the other side will see it, beside the latest.
func PresentAnswerLook(ctx context.Context, a models.Actor, n negotiation.Negotiation, to creators.CreatorSummary, l LastLook, now time.Time) Props {
	other := dealsview.OtherParty(a.Side(), n.Brand, n.Creator)
	p := presentLook(ctx, other.Name, paths.Offers(n.PublicID), i18n.T(ctx, "negotiation.counter.send", "number", strconv.Itoa(l.Offer.Number)), l, now)
	p.Other = dealsview.PresentParty(ctx, a.Side(), other)
	p.Contract = dealsview.PresentContractRequirement(ctx, l.Contract, n.Brand.Name, n.Creator.Name)
	p.Clauses = append(p.Clauses, dealsview.ZoneClause(ctx, n.Creator, n.Brand, n.Zone, n.BrandZone))
	n.Offers, n.Latest = append(slices.Clip(n.Offers), l.Offer), l.Offer
	p.Difference, p.Sum = presentDifference(ctx, a.Side(), n, 0)
	p.Difference.Others = nil
	p.Quote = PresentQuote(ctx, a.Side(), n, to, now)
	p.Near = presentNear(ctx, a.Side(), n)
	return p
}

// PresentPitchLook presents a creator's pitch as the brand will see it.
func PresentPitchLook(ctx context.Context, e negotiation.Entrance, creator string, l LastLook, now time.Time) Props {
	p := presentLook(ctx, e.Brand.Name, paths.Pitches(e.Brand.PublicID), i18n.T(ctx, "negotiation.pitch.send"), l, now)
	p.Other = dealsview.PresentParty(ctx, models.SideCreator, e.Brand)
	p.Contract = dealsview.PresentContractRequirement(ctx, l.Contract, e.Brand.Name, creator)
	p.Pitch, p.Messages = presentPitchWords(ctx, *l.Pitch, l.Offer.Message), nil
	return p
}

func presentLook(ctx context.Context, other, action, send string, l LastLook, now time.Time) Props {
	t := l.Offer.Terms
	p := Props{
		Product: t.Product, Lead: i18n.T(ctx, "negotiation.look.lead", "other", other),
		Turn: components.TurnCard{
			Who: i18n.T(ctx, "negotiation.held.state"), Title: i18n.T(ctx, "negotiation.look.title", "other", other), Gone: -1,
			Otherwise: i18n.T(ctx, "negotiation.look.until", "other", other, "deadline", dealsview.DeadlineText(ctx, l.Offer.ExpiresAt, now)),
		},
		Answers: []dealsview.ActionForm{
			{Path: action, Carries: l.Typed, Button: components.Button{Label: send, Kind: components.Primary}},
			{Path: action, Carries: append(slices.Clip(l.Typed), components.Hidden{Name: "count", Value: "1"}), Button: components.Button{Label: i18n.T(ctx, "negotiation.look.change")}},
		},
		Pieces: dealsview.PresentItems(ctx, deals.ItemsOf(t)), PiecesNote: i18n.T(ctx, "negotiation.pieces.note"),
		Clauses: dealsview.PresentClauses(ctx, t), Money: dealsview.PresentMoney(ctx, t),
	}
	p.Cycles = previewCycles(ctx, t)
	if l.Offer.Message != "" {
		p.Messages = []Message{{i18n.T(ctx, "negotiation.look.message"), l.Offer.Message}}
	}
	if l.Approval != nil {
		p.Approval = i18n.T(ctx, "negotiation.approval.look", "approver", approverName(ctx, *l.Approval), "other", other)
		p.Answers[0].Button.Label = i18n.T(ctx, "negotiation.approval.ask")
	}
	if !l.StartingPrices.IsZero() {
		p.Below = i18n.T(ctx, "negotiation.look.below", "fee", t.FeeSum(), "least", l.StartingPrices)
	}
	return p
}

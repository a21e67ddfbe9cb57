package negotiation

import (
	"context"
	"strconv"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	"tribemarket/views/components"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/paths"
	termsview "tribemarket/views/terms"
)

// PresentJoinPage presents the page of an offer's link to the actor with this name;
// canSignIn says whether people can sign in with the creator's platform here.
func PresentJoinPage(ctx context.Context, a models.Actor, name string, n negotiation.Negotiation, canSignIn bool, now time.Time) JoinPageProps {
	p := joinPage(ctx, n, canSignIn, now)
	switch deals.PartyOf(a, n.Brand.ID, n.Creator.ID) {
	case models.SideCreator:
		p.Open, p.Closed = paths.Negotiation(n.PublicID), true
	case models.SideBrand:
		p.Own = true
	default:
		if a.SignedIn() {
			p.Elsewise = i18n.T(ctx, "negotiation.join.other.text", "name", name, "account", p.Account)
		}
	}
	return p
}

// joinPage is the page for a visitor who is not signed in: the whole offer.
func joinPage(ctx context.Context, n negotiation.Negotiation, canSignIn bool, now time.Time) JoinPageProps {
	t := n.Latest.Terms
	p := JoinPageProps{
		Next: paths.Negotiation(n.PublicID), Account: "@" + n.Creator.Handle, Closed: !n.IsAnswerable(now),
		Title: i18n.T(ctx, "negotiation.join.title", "brand", n.Brand.Name), Message: n.Latest.Message,
		MessageFrom: i18n.T(ctx, "negotiation.offer.by", "number", strconv.Itoa(n.Latest.Number), "name", nameOf(n, n.Latest.Side), "sent", i18n.Date(ctx, n.Latest.SentAt)),
		Lead:        i18n.T(ctx, "negotiation.join.lead", "product", t.Product, "worth", termsview.Reward(ctx, t), "pieces", i18n.T(ctx, "deals.pieces.count", "n", len(t.Deliverables))),
		Brand:       dealsview.PresentParty(ctx, models.SideCreator, n.Brand),
		Pieces:      dealsview.PresentItems(ctx, n.Items()), Clauses: dealsview.PresentClauses(ctx, t), Money: dealsview.PresentMoney(ctx, t),
	}
	platform := i18n.T(ctx, "deals.platform."+n.Creator.Platform)
	if p.Closed {
		p.Turn = closedCard(ctx, StateNow(n.State, n.ExpiresAt, now), n.ExpiresAt, n)
		return p
	}
	p.Turn = components.TurnCard{
		Who:       i18n.T(ctx, "negotiation.join.for", "account", p.Account),
		Title:     i18n.T(ctx, "negotiation.turn.mine", "other", n.Brand.Name, "by", dealsview.DeadlineText(ctx, n.ExpiresAt, now)),
		Otherwise: i18n.T(ctx, negotiation.Table.OtherwiseKey(n.State), "deadline", dealsview.DeadlineText(ctx, n.ExpiresAt, now)), Gone: -1,
	}
	if canSignIn {
		p.Provider = n.Creator.Platform
		p.SignIn = i18n.T(ctx, "negotiation.join.sign_in", "platform", platform, "account", p.Account)
	} else {
		p.Turn.Otherwise = i18n.T(ctx, "negotiation.join.no_sign_in", "platform", platform)
	}
	return p
}

package negotiation

import (
	"context"
	"strconv"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/moderation"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
	"tribemarket/views/components"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/paths"
	termsview "tribemarket/views/terms"
)

// Present presents a negotiation to the actor's side, with what is wrong with a refused
// answer. beside is the number of the offer that the latest one is shown beside; 0 for the one
// before.
func Present(ctx context.Context, a models.Actor, n negotiation.Negotiation, beside int, r dealsview.Refusal, now time.Time) Props {
	side := deals.PartyOf(a, n.Brand.ID, n.Creator.ID)
	other := dealsview.OtherParty(side, n.Brand, n.Creator)
	t := n.Latest.Terms
	p := Props{
		Moderate: components.ModerationMenu{Report: paths.NewReport(string(moderation.Negotiation), n.PublicID)},
		ID:       n.PublicID, Product: t.Product, Deal: n.Deal, Reason: n.CloseReason,
		Lead: presentLead(ctx, side, n, other.Name),
		Turn: presentTurn(ctx, side, n, now), Answers: presentAnswers(ctx, a, n, r, now), Counter: counterButton(ctx, a, n, now), Messages: presentMessages(ctx, n),
		Pieces: dealsview.PresentItems(ctx, n.Items()), PiecesNote: i18n.T(ctx, "negotiation.pieces.note"),
		Clauses: append(dealsview.NoteDefinition(ctx, dealsview.PresentClauses(ctx, t), t, terms.MetricDefinitionOn(models.DateOf(now.In(models.Zone(n.Zone))))), dealsview.ZoneClause(ctx, n.Creator, n.Brand, n.Zone, n.BrandZone)),
		Money:   dealsview.PresentMoney(ctx, t), Other: dealsview.PresentParty(ctx, side, other),
		History:  dealsview.PresentHistory(ctx, n.Events, n.Items(), n.Brand, n.Creator, StateNow(n.State, n.ExpiresAt, now).IsOpen()),
		Problems: answerProblems(ctx, r), Refused: dealsview.PresentRefusal(ctx, r, n.Events, n.Brand, n.Creator, paths.Negotiation(n.PublicID)),
		Extension: presentExtension(ctx, a, n, now),
		Join:      JoinLink{Show: negotiation.CanInvite(a, n, now), Creator: n.Creator.Name, Account: "@" + n.Creator.Handle},
		Again:     againForm(ctx, a, n, now), SaveTemplate: templateForm(ctx, a, n, r), Pitch: presentPitch(ctx, a, n),
		Contract: dealsview.PresentContractRequirement(ctx, n.Contract, n.Brand.Name, n.Creator.Name),
	}
	p.Cycles = presentCycles(ctx, n)
	for i := len(n.Offers) - 1; i >= 0; i-- {
		number := n.Offers[i].Number
		p.Documents = append(p.Documents, Document{paths.OfferDocument(n.PublicID, number), i18n.T(ctx, "documents.offer.download", "number", strconv.Itoa(number))})
	}
	if len(n.Offers) > 1 {
		p.Difference, p.Sum = presentDifference(ctx, side, n, beside)
		p.Near = presentNear(ctx, side, n)
	}
	return p
}

// presentLead says what the latest offer is worth, and who made it.
func presentLead(ctx context.Context, side models.Side, n negotiation.Negotiation, other string) string {
	key := "negotiation.lead.theirs"
	switch {
	case n.Pitch != nil && n.Latest.Number == 1:
		key = "negotiation.pitch.lead." + string(side)
	case n.Latest.Side == side:
		key = "negotiation.lead.own"
	}
	return i18n.T(ctx, key, "other", other, "number", strconv.Itoa(n.Latest.Number), "sent", i18n.Date(ctx, n.Latest.SentAt),
		"worth", termsview.Reward(ctx, n.Latest.Terms), "pieces", i18n.T(ctx, "deals.pieces.count", "n", len(n.Latest.Terms.Deliverables)))
}

// againForm leads a brand to the last look at another offer with the same terms, once this
// negotiation is over.
func againForm(ctx context.Context, a models.Actor, n negotiation.Negotiation, now time.Time) dealsview.ActionForm {
	if deals.ActsAs(a, n.Brand.ID, n.Creator.ID) != models.SideBrand || StateNow(n.State, n.ExpiresAt, now).IsOpen() {
		return dealsview.ActionForm{}
	}
	return dealsview.ProposeAgain(ctx, n.Creator.PublicID, n.PublicID)
}

// presentMessages lists what both sides wrote with their offers.
func presentMessages(ctx context.Context, n negotiation.Negotiation) []Message {
	var all []Message
	for _, o := range n.Offers {
		if o.Message != "" && (n.Pitch == nil || o.Number > 1) { // a pitch shows its own
			all = append(all, Message{i18n.T(ctx, "negotiation.offer.by", "number", strconv.Itoa(o.Number), "name", nameOf(n, o.Side), "sent", i18n.Date(ctx, o.SentAt)), o.Message})
		}
	}
	return all
}

func nameOf(n negotiation.Negotiation, side models.Side) string {
	if side == models.SideBrand {
		return n.Brand.Name
	}
	return n.Creator.Name
}

// presentTurn says who has to answer by when, or what became of the negotiation.
func presentTurn(ctx context.Context, side models.Side, n negotiation.Negotiation, now time.Time) components.TurnCard {
	state := StateNow(n.State, n.ExpiresAt, now)
	rule := negotiation.Table.Rule(state)
	if rule.Final() {
		at := n.ExpiresAt
		if n.ClosedAt != nil {
			at = *n.ClosedAt
		}
		return closedCard(ctx, state, at, n)
	}
	other := dealsview.OtherParty(side, n.Brand, n.Creator).Name
	card := components.TurnCard{
		Theirs: rule.Waits != side, Who: i18n.T(ctx, "deals.waits.you"),
		Otherwise: i18n.T(ctx, negotiation.Table.OtherwiseKey(state), "deadline", dealsview.DeadlineText(ctx, n.ExpiresAt, now)),
		Left:      dealsview.TimeLeft(ctx, n.Latest.SentAt, n.ExpiresAt, now), Gone: dealsview.TimePassed(n.Latest.SentAt, n.ExpiresAt, now),
	}
	key := negotiation.TurnKey(n.Began, n.Latest.Number)
	if card.Theirs {
		card.Who, key = i18n.T(ctx, "deals.waits.for", "other", other), "negotiation.turn.theirs"
	}
	card.Title = i18n.T(ctx, key, "other", other, "by", dealsview.DeadlineText(ctx, n.ExpiresAt, now))
	return card
}

// closedCard says what became of a negotiation, under the side whose doing it was.
func closedCard(ctx context.Context, state negotiation.State, at time.Time, n negotiation.Negotiation) components.TurnCard {
	by, to := n.Creator.Name, n.Brand.Name // who answered, and whose the latest offer was
	if n.Latest.Side == models.SideCreator {
		by, to = to, by
	}
	args := []any{"brand", to, "creator", by, "on", i18n.Date(ctx, at)}
	return components.TurnCard{
		Theirs: true, Gone: -1, Who: i18n.T(ctx, state.Key()),
		Title: i18n.T(ctx, "negotiation.closed."+string(state), args...), Otherwise: i18n.T(ctx, "negotiation.closed."+string(state)+".then", args...),
	}
}

// counterButton leads to the form of a further offer, if the actor can make one.
func counterButton(ctx context.Context, a models.Actor, n negotiation.Negotiation, now time.Time) components.Button {
	for _, action := range []negotiation.Action{negotiation.ActionCounter, negotiation.ActionReplace} {
		if negotiation.Allowed(a, n, action, now) {
			return components.Button{Label: i18n.T(ctx, negotiation.Table.ButtonKey(action)), Href: paths.NewOffer(n.PublicID)}
		}
	}
	return components.Button{}
}

// presentAnswers presents how the actor can answer now.
func presentAnswers(ctx context.Context, a models.Actor, n negotiation.Negotiation, r dealsview.Refusal, now time.Time) []dealsview.ActionForm {
	label := func(action negotiation.Action) string { return i18n.T(ctx, negotiation.Table.ButtonKey(action)) }
	shown := []components.Hidden{{Name: "offer", Value: strconv.Itoa(n.Latest.Number)}}
	var all []dealsview.ActionForm
	if negotiation.Allowed(a, n, negotiation.ActionAccept, now) {
		accept := label(negotiation.ActionAccept)
		if n.Latest.Number > 1 {
			accept = i18n.T(ctx, "negotiation.accept_offer", "number", strconv.Itoa(n.Latest.Number))
		}
		all = append(all, dealsview.ActionForm{
			Path: paths.NegotiationAcceptance(n.PublicID), Carries: shown,
			Button: components.Button{Label: accept, Kind: components.Primary},
		})
	}
	if negotiation.Allowed(a, n, negotiation.ActionDecline, now) {
		f := dealsview.ReasonForm(ctx, r, negotiation.ActionDecline, label(negotiation.ActionDecline), "answer-", i18n.T(ctx, "negotiation.decline.hint", "brand", nameOf(n, n.Latest.Side)))
		f.ID, f.Path, f.Carries = "decline", paths.NegotiationRefusal(n.PublicID), shown
		all = append(all, f)
	}
	if negotiation.Allowed(a, n, negotiation.ActionWithdraw, now) {
		all = append(all, dealsview.ActionForm{
			Path: paths.NegotiationWithdrawal(n.PublicID), Ask: label(negotiation.ActionWithdraw), Lead: i18n.T(ctx, "negotiation.withdraw.ask", "other", dealsview.OtherParty(a.Side(), n.Brand, n.Creator).Name),
			Button: components.Button{Label: i18n.T(ctx, "negotiation.withdraw.yes"), Kind: components.Danger},
		})
	}
	if f, ok := extensionForm(ctx, a, n, r, now); ok {
		all = append(all, f)
	}
	return all
}

// StateNow is the effective state: an open negotiation whose time is over has expired, even
// if the sweep has not recorded it yet.
func StateNow(s negotiation.State, expires, now time.Time) negotiation.State {
	if s.IsOpen() && !now.Before(expires) {
		return negotiation.Expired
	}
	return s
}

// answerProblems are what is wrong with an answer, or with the name of a template.
func answerProblems(ctx context.Context, r dealsview.Refusal) []components.Problem {
	labels := dealsview.ActionLabels(ctx)
	if r.Action == SavingTemplate {
		labels = components.Labels(ctx, map[string]string{"name": "negotiation.template.name"})
	}
	return components.FieldProblems(ctx, r.Fields, "answer-", labels)
}

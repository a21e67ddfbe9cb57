package deals

import (
	"context"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/moderation"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// PresentProposal presents a proposal to the actor's side, with what is wrong with a
// refused answer.
func PresentProposal(ctx context.Context, a models.Actor, p deals.Proposal, r Refusal, now time.Time) ProposalProps {
	side := deals.PartyOf(a, p.Brand.ID, p.Creator.ID)
	other := OtherParty(side, p.Brand, p.Creator)
	return ProposalProps{
		Moderate: components.ModerationMenu{Report: paths.NewReport(string(moderation.Proposal), p.PublicID)},
		ID:       p.PublicID, Product: p.Terms.Product, Deal: p.Deal, Reason: p.CloseReason, Message: p.Message,
		Lead: i18n.T(ctx, "deals.proposal.lead."+string(side), "other", other.Name, "sent", i18n.Date(ctx, p.SentAt),
			"worth", p.Terms.Worth(), "pieces", i18n.T(ctx, "deals.pieces.count", "n", len(p.Items))),
		MessageFrom: i18n.T(ctx, "deals.proposal.message.from", "brand", p.Brand.Name),
		Turn:        presentProposalTurn(ctx, side, p, now), Answers: presentAnswers(ctx, a, p, r, now),
		Pieces: PresentItems(ctx, p.Items), PiecesNote: i18n.T(ctx, "deals.proposal.pieces.note"),
		Clauses: append(PresentClauses(ctx, p.Terms, p.Category), zoneClause(ctx, p.Creator, p.Brand, p.Zone, p.BrandZone)), Money: PresentMoney(ctx, p.Terms, len(p.Items)), Other: PresentParty(ctx, side, other),
		History:  PresentHistory(ctx, p.Events, p.Items, p.Brand, p.Creator, StateNow(p.State, p.ExpiresAt, now) == deals.Open),
		Problems: components.FieldProblems(ctx, r.Fields, "answer-"), Refused: presentRefusal(ctx, r, p.Events, p.Brand, p.Creator, paths.Proposal(p.PublicID)),
		Join: JoinLink{Show: deals.CanInvite(a, p, now), Creator: p.Creator.Name, Account: "@" + p.Creator.Handle},
	}
}

// presentRefusal says that something has changed in the meantime, and what was done last.
func presentRefusal(ctx context.Context, r Refusal, events []deals.Event, brand, creator deals.Party, path string) RefusedAction {
	if r.Conflict == nil {
		return RefusedAction{}
	}
	out := RefusedAction{
		Title: i18n.T(ctx, r.Conflict.Key, r.Conflict.Args...), Text: i18n.T(ctx, "deals.refused.text"), Href: path, Link: i18n.T(ctx, "deals.refused.link"),
	}
	if n := len(events); n > 0 {
		out.Latest = i18n.T(ctx, "deals.refused.latest", "event", EventSentence(ctx, events[n-1], brand, creator), "at", i18n.DateTime(ctx, events[n-1].At))
	}
	return out
}

// presentProposalTurn says who has to answer by when, or what became of the proposal.
func presentProposalTurn(ctx context.Context, side models.Side, p deals.Proposal, now time.Time) components.TurnCard {
	state := StateNow(p.State, p.ExpiresAt, now)
	if deals.ProposalTable.Rule(state).Final() {
		at := p.ExpiresAt
		if p.ClosedAt != nil {
			at = *p.ClosedAt
		}
		return closedCard(ctx, state, at, p.Brand, p.Creator)
	}
	other := OtherParty(side, p.Brand, p.Creator).Name
	card := components.TurnCard{
		Theirs: deals.ProposalTable.Rule(state).Waits != side, Who: i18n.T(ctx, "deals.waits.you"),
		Otherwise: i18n.T(ctx, state.OtherwiseKey(), "deadline", DeadlineText(ctx, p.ExpiresAt, now)),
		Left:      TimeLeft(ctx, p.SentAt, p.ExpiresAt, now), Gone: TimePassed(p.SentAt, p.ExpiresAt, now),
	}
	key := "deals.turn.open.mine"
	if card.Theirs {
		card.Who, key = i18n.T(ctx, "deals.waits.for", "other", other), "deals.turn.open.theirs"
	}
	card.Title = i18n.T(ctx, key, "other", other, "by", DeadlineText(ctx, p.ExpiresAt, now))
	return card
}

// closedCard says what became of a proposal.
func closedCard(ctx context.Context, state deals.ProposalState, at time.Time, brand, creator deals.Party) components.TurnCard {
	args := []any{"brand", brand.Name, "creator", creator.Name, "on", i18n.Date(ctx, at)}
	return components.TurnCard{
		Theirs: true, Gone: -1, Who: i18n.T(ctx, state.Key()),
		Title: i18n.T(ctx, "deals.proposal.closed."+string(state), args...), Otherwise: i18n.T(ctx, "deals.proposal.closed."+string(state)+".then", args...),
	}
}

// presentAnswers presents what the actor can do with the proposal now.
func presentAnswers(ctx context.Context, a models.Actor, p deals.Proposal, r Refusal, now time.Time) []ActionForm {
	var all []ActionForm
	if deals.CanAccept(a, p, now) {
		all = append(all, ActionForm{
			Path:   paths.ProposalAcceptance(p.PublicID),
			Button: components.Button{Label: i18n.T(ctx, deals.ProposalTable.ButtonKey(deals.ActionAccept)), Kind: components.Primary},
		})
	}
	if deals.CanDecline(a, p, now) {
		f := reasonForm(ctx, r, deals.ActionDecline, "answer-", i18n.T(ctx, "deals.proposal.decline.hint", "brand", p.Brand.Name))
		f.ID, f.Path = "decline", paths.ProposalRefusal(p.PublicID)
		all = append(all, f)
	}
	if deals.CanWithdraw(a, p, now) {
		all = append(all, ActionForm{
			Path:   paths.ProposalWithdrawal(p.PublicID),
			Button: components.Button{Label: i18n.T(ctx, deals.ProposalTable.ButtonKey(deals.ActionWithdraw)), Kind: components.Danger},
		})
	}
	return all
}

// reasonForm is a form that asks for a reason, behind a button.
func reasonForm(ctx context.Context, r Refusal, action deals.Action, prefix, hint string) ActionForm {
	label := i18n.T(ctx, deals.ProposalTable.ButtonKey(action))
	f := ActionForm{Ask: label, Button: components.Button{Label: label, Kind: components.Danger}}
	f.Fields = []ActionField{{Long: true, Field: components.Field{
		Name: "reason", ID: components.FieldID(prefix + "reason"), Label: i18n.T(ctx, "deals.field.reason"), Hint: hint, Required: true, MaxLength: deals.MaxReason, Rows: 3,
	}}}
	if r.Action == action {
		f.KeepAnswers(r.Answers, components.FieldTexts(ctx, r.Fields))
	}
	return f
}

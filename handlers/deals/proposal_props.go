package deals

import (
	"context"
	"time"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/moderation"
	"tribemarket/views/components"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/paths"
)

// proposalProps is a proposal as the actor's side sees it.
func (h *Handlers) proposalProps(ctx context.Context, a models.Actor, p deals.Proposal, r refusal) dealsview.ProposalProps {
	now, side := h.Clock(), deals.PartyOf(a, p.Brand.ID, p.Creator.ID)
	other := dealsview.OtherParty(side, p.Brand, p.Creator)
	return dealsview.ProposalProps{
		Moderate: components.Moderate{Report: paths.NewReport(string(moderation.Proposal), p.PublicID)},
		ID:       p.PublicID, Product: p.Terms.Product, Deal: p.Deal, Reason: p.CloseReason, Message: p.Message,
		Lead: i18n.T(ctx, "deals.proposal.lead."+string(side), "other", other.Name, "sent", i18n.Date(ctx, p.SentAt),
			"worth", p.Terms.Worth(), "pieces", i18n.T(ctx, "deals.pieces.count", "n", len(p.Items))),
		MessageFrom: i18n.T(ctx, "deals.proposal.message.from", "brand", p.Brand.Name),
		Turn:        proposalTurn(ctx, side, p, now), Answers: answerForms(ctx, a, p, r, now),
		Pieces: dealsview.PresentItems(ctx, p.Items), PiecesNote: i18n.T(ctx, "deals.proposal.pieces.note"),
		Clauses: dealsview.PresentClauses(ctx, p.Terms, p.Category), Money: dealsview.PresentMoney(ctx, p.Terms, len(p.Items)), Other: dealsview.PresentParty(ctx, side, other),
		History:  dealsview.PresentHistory(ctx, p.Events, p.Items, p.Brand, p.Creator, dealsview.StateNow(p.State, p.ExpiresAt, now) == deals.Open),
		Problems: web.FieldProblems(ctx, r.Fields, "answer-"), Refused: refused(ctx, r, p.Events, p.Brand, p.Creator, paths.Proposal(p.PublicID)),
		Join: dealsview.JoinLink{Show: deals.CanInvite(a, p, now), Creator: p.Creator.Name, Account: "@" + p.Creator.Handle},
	}
}

// refused says that things have changed meanwhile, and what was done last.
func refused(ctx context.Context, r refusal, events []deals.Event, brand, creator deals.Party, path string) dealsview.RefusedAction {
	if r.Conflict == nil {
		return dealsview.RefusedAction{}
	}
	out := dealsview.RefusedAction{
		Title: i18n.T(ctx, r.Conflict.Key, r.Conflict.Args...), Text: i18n.T(ctx, "deals.refused.text"), Href: path, Link: i18n.T(ctx, "deals.refused.link"),
	}
	if n := len(events); n > 0 {
		out.Latest = i18n.T(ctx, "deals.refused.latest", "event", dealsview.EventSentence(ctx, events[n-1], brand, creator), "at", i18n.DateTime(ctx, events[n-1].At))
	}
	return out
}

// proposalTurn says who has to answer until when, or what came of it.
func proposalTurn(ctx context.Context, side models.Side, p deals.Proposal, now time.Time) components.TurnCard {
	state := dealsview.StateNow(p.State, p.ExpiresAt, now)
	if deals.ProposalTable.Rule(state).Final() {
		at := p.ExpiresAt
		if p.ClosedAt != nil {
			at = *p.ClosedAt
		}
		return closedCard(ctx, state, at, p.Brand, p.Creator)
	}
	other := dealsview.OtherParty(side, p.Brand, p.Creator).Name
	card := components.TurnCard{
		Theirs: deals.ProposalTable.Rule(state).Waits != side, Who: i18n.T(ctx, "deals.waits.you"),
		Otherwise: i18n.T(ctx, state.OtherwiseKey(), "deadline", dealsview.DeadlineText(ctx, p.ExpiresAt, now)),
		Left:      dealsview.TimeLeft(ctx, p.SentAt, p.ExpiresAt, now), Gone: dealsview.TimePassed(p.SentAt, p.ExpiresAt, now),
	}
	key := "deals.turn.open.mine"
	if card.Theirs {
		card.Who, key = i18n.T(ctx, "deals.waits.for", "other", other), "deals.turn.open.theirs"
	}
	card.Title = i18n.T(ctx, key, "other", other, "by", dealsview.DeadlineText(ctx, p.ExpiresAt, now))
	return card
}

// closedCard says what came of a proposal.
func closedCard(ctx context.Context, state deals.ProposalState, at time.Time, brand, creator deals.Party) components.TurnCard {
	args := []any{"brand", brand.Name, "creator", creator.Name, "on", i18n.Date(ctx, at)}
	return components.TurnCard{
		Theirs: true, Gone: -1, Who: i18n.T(ctx, state.Key()),
		Title: i18n.T(ctx, "deals.proposal.closed."+string(state), args...), Otherwise: i18n.T(ctx, "deals.proposal.closed."+string(state)+".then", args...),
	}
}

// answerForms are what the actor can do with the proposal now.
func answerForms(ctx context.Context, a models.Actor, p deals.Proposal, r refusal, now time.Time) []dealsview.ActionForm {
	var all []dealsview.ActionForm
	if deals.CanAccept(a, p, now) {
		all = append(all, dealsview.ActionForm{
			Path:   paths.ProposalAcceptance(p.PublicID),
			Button: components.Button{Label: i18n.T(ctx, deals.ProposalTable.ButtonKey(deals.ActionAccept)), Kind: components.Primary},
		})
	}
	if deals.CanDecline(a, p, now) {
		f := askReason(ctx, r, deals.ActionDecline, "answer-", i18n.T(ctx, "deals.proposal.decline.hint", "brand", p.Brand.Name))
		f.ID, f.Path = "decline", paths.ProposalRefusal(p.PublicID)
		all = append(all, f)
	}
	if deals.CanWithdraw(a, p, now) {
		all = append(all, dealsview.ActionForm{
			Path:   paths.ProposalWithdrawal(p.PublicID),
			Button: components.Button{Label: i18n.T(ctx, deals.ProposalTable.ButtonKey(deals.ActionWithdraw)), Kind: components.Danger},
		})
	}
	return all
}

// askReason is a form that asks for a reason, behind a button.
func askReason(ctx context.Context, r refusal, action deals.Action, prefix, hint string) dealsview.ActionForm {
	label := i18n.T(ctx, deals.ProposalTable.ButtonKey(action))
	f := dealsview.ActionForm{Ask: label, Button: components.Button{Label: label, Kind: components.Danger}}
	f.Fields = []dealsview.ActionField{{Long: true, Field: components.Field{
		Name: "reason", ID: components.FieldID(prefix + "reason"), Label: i18n.T(ctx, "deals.field.reason"), Hint: hint, Required: true, MaxLength: deals.MaxReason, Rows: 3,
	}}}
	if r.Action == action {
		f.KeepAnswers(r.Answers, web.FieldTexts(ctx, r.Fields))
	}
	return f
}

// proposalList is a page of a list of proposals.
func (h *Handlers) proposalList(ctx context.Context, side models.Side, f deals.ProposalFilter, page deals.ProposalPage) dealsview.ProposalsProps {
	p := dealsview.ProposalsProps{Brand: side == models.SideBrand, Rows: dealsview.ProposalRows(ctx, side, page.Proposals, h.Clock())}
	kind := kindOfSide(side)
	p.Title, p.Lead = i18n.T(ctx, "deals.proposal.list.title."+kind), i18n.T(ctx, "deals.proposal.list.lead."+kind)
	p.Tabs = append(p.Tabs, components.Tab{Href: paths.Proposals(), Label: i18n.T(ctx, "deals.proposal.tab.all"), Here: f.State == ""})
	for _, s := range deals.ProposalTable.States() {
		p.Tabs = append(p.Tabs, components.Tab{Href: web.ListPath(paths.Proposals(), "state", string(s), ""), Label: i18n.T(ctx, s.Key()), Here: f.State == s})
	}
	if page.Next != "" {
		p.Pager.Next = web.ListPath(paths.Proposals(), "state", string(f.State), page.Next)
	}
	if f.After != "" {
		p.Pager.First = web.ListPath(paths.Proposals(), "state", string(f.State), "")
	}
	switch {
	case f.State != "":
		p.EmptyTitle, p.EmptyText = i18n.T(ctx, "deals.proposal.empty.state"), i18n.T(ctx, "deals.proposal.empty.state.text")
	default:
		p.EmptyTitle, p.EmptyText, p.Find = i18n.T(ctx, "deals.proposal.empty."+kind), i18n.T(ctx, "deals.proposal.empty."+kind+".text"), p.Brand
	}
	return p
}

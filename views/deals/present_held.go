package deals

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// HeldReader is who reads a proposal that is not sent.
type HeldReader struct {
	Confirmed bool // their own address is confirmed: they may send it
	Acts      bool // their role sends proposals
}

// PresentHeldProposal presents a proposal that is written and not sent, with what it waits
// for, and why it could not be sent.
func PresentHeldProposal(ctx context.Context, p deals.HeldProposal, by HeldReader, refused *models.Error) ProposalProps {
	props := ProposalProps{
		Product: p.Terms.Product, Message: p.Message, Turn: presentHeldTurn(ctx, p, by), Answers: presentHeldAnswers(ctx, p, by),
		Lead: i18n.T(ctx, "deals.held.lead", "creator", p.Creator.Name, "written", i18n.Date(ctx, p.WrittenAt),
			"worth", p.Terms.Worth(), "pieces", i18n.T(ctx, "deals.pieces.count", "n", len(p.Items))),
		MessageFrom: i18n.T(ctx, "deals.proposal.message.from", "brand", p.Brand.Name),
		Pieces:      PresentItems(ctx, p.Items), PiecesNote: i18n.T(ctx, "deals.proposal.pieces.note"),
		Clauses: PresentClauses(ctx, p.Terms, p.Category), Money: PresentMoney(ctx, p.Terms, len(p.Items)), Other: PresentParty(ctx, models.SideBrand, p.Creator),
	}
	if refused != nil {
		props.Refused = RefusedAction{Title: i18n.T(ctx, refused.Key, refused.Args...)}
	}
	return props
}

// presentHeldTurn says what has to happen before it is sent.
func presentHeldTurn(ctx context.Context, p deals.HeldProposal, by HeldReader) components.TurnCard {
	title, why := "deals.held.confirm", "deals.held.confirm.why"
	if by.Confirmed {
		title, why = "deals.held.ready", "deals.held.ready.why"
	}
	return components.TurnCard{
		Who: i18n.T(ctx, "deals.held.state"), Title: i18n.T(ctx, title), Gone: -1,
		Otherwise: i18n.T(ctx, why, "creator", p.Creator.Name, "until", i18n.Date(ctx, p.KeptUntil())),
	}
}

func presentHeldAnswers(ctx context.Context, p deals.HeldProposal, by HeldReader) []ActionForm {
	if !by.Acts {
		return nil
	}
	first := ActionForm{Path: paths.ConfirmationLink(), Button: components.Button{Label: i18n.T(ctx, "deals.held.link"), Kind: components.Primary}}
	if by.Confirmed {
		first = ActionForm{Path: paths.HeldProposalSending(p.PublicID), Button: components.Button{Label: i18n.T(ctx, "deals.held.send"), Kind: components.Primary}}
	}
	return []ActionForm{first, {
		Path: paths.HeldProposalRemoval(p.PublicID), Button: components.Button{Label: i18n.T(ctx, "deals.held.remove"), Kind: components.Danger},
	}}
}

// PresentHeldRows presents what is written and not sent as rows of a table.
func PresentHeldRows(ctx context.Context, all []deals.HeldProposal) []ProposalRow {
	rows := make([]ProposalRow, len(all))
	for i, p := range all {
		rows[i] = ProposalRow{
			Href: paths.HeldProposal(p.PublicID), Product: p.Terms.Product, Other: p.Creator.Name, Line: PartyLine(ctx, p.Creator), Avatar: PartyAvatar(p.Creator),
			State: ProposalState{Kind: components.Late, Word: i18n.T(ctx, "deals.held.state")}, When: i18n.Date(ctx, p.WrittenAt),
			Pieces: i18n.T(ctx, "deals.pieces.count", "n", len(p.Items)), Offered: i18n.Money(ctx, p.Terms.Worth()),
		}
	}
	return rows
}

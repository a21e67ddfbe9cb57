package negotiation

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	"tribemarket/views/components"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/paths"
	termsview "tribemarket/views/terms"
)

// HeldReader is who reads a proposal that is not sent.
type HeldReader struct {
	Confirmed bool // their own address is confirmed: they may send it
	Acts      bool // their role sends proposals
}

// PresentHeldProposal presents a proposal that is written and not sent, with what it waits
// for, and why it could not be sent.
func PresentHeldProposal(ctx context.Context, p negotiation.HeldProposal, by HeldReader, refused *models.Error) Props {
	props := Props{
		Product: p.Terms.Product, Turn: presentHeldTurn(ctx, p, by), Answers: presentHeldAnswers(ctx, p, by),
		Lead: i18n.T(ctx, "negotiation.held.lead", "creator", p.Creator.Name, "written", i18n.Date(ctx, p.WrittenAt),
			"worth", termsview.Reward(ctx, p.Terms), "pieces", i18n.T(ctx, "deals.pieces.count", "n", len(p.Terms.Deliverables))),
		Pieces: dealsview.PresentItems(ctx, deals.ItemsOf(p.Terms)), PiecesNote: i18n.T(ctx, "negotiation.pieces.note"),
		Clauses: dealsview.PresentClauses(ctx, p.Terms), Money: dealsview.PresentMoney(ctx, p.Terms), Other: dealsview.PresentParty(ctx, models.SideBrand, p.Creator),
	}
	if p.Message != "" {
		props.Messages = []Message{{i18n.T(ctx, "negotiation.message.from", "brand", p.Brand.Name), p.Message}}
	}
	if refused != nil {
		props.Refused = dealsview.RefusedAction{Title: i18n.T(ctx, refused.Key, refused.Args...)}
	}
	return props
}

// presentHeldTurn says what has to happen before it is sent.
func presentHeldTurn(ctx context.Context, p negotiation.HeldProposal, by HeldReader) components.TurnCard {
	title, why := "negotiation.held.confirm", "negotiation.held.confirm.why"
	if by.Confirmed {
		title, why = "negotiation.held.ready", "negotiation.held.ready.why"
	}
	return components.TurnCard{
		Who: i18n.T(ctx, "negotiation.held.state"), Title: i18n.T(ctx, title), Gone: -1,
		Otherwise: i18n.T(ctx, why, "creator", p.Creator.Name, "until", i18n.Date(ctx, p.KeptUntil())),
	}
}

func presentHeldAnswers(ctx context.Context, p negotiation.HeldProposal, by HeldReader) []dealsview.ActionForm {
	if !by.Acts {
		return nil
	}
	first := dealsview.ActionForm{Path: paths.ConfirmationLink(), Button: components.Button{Label: i18n.T(ctx, "negotiation.held.link"), Kind: components.Primary}}
	if by.Confirmed {
		first = dealsview.ActionForm{Path: paths.HeldProposalSending(p.PublicID), Button: components.Button{Label: i18n.T(ctx, "negotiation.held.send"), Kind: components.Primary}}
	}
	return []dealsview.ActionForm{first, {
		Path: paths.HeldProposalRemoval(p.PublicID), Ask: i18n.T(ctx, "negotiation.held.remove"), Lead: i18n.T(ctx, "negotiation.held.remove.ask"),
		Button: components.Button{Label: i18n.T(ctx, "negotiation.held.remove.yes"), Kind: components.Danger},
	}}
}

// PresentHeldRows presents what is written and not sent as rows of a table.
func PresentHeldRows(ctx context.Context, all []negotiation.HeldProposal) []Row {
	rows := make([]Row, len(all))
	for i, p := range all {
		rows[i] = Row{
			Href: paths.HeldProposal(p.PublicID), Product: p.Terms.Product, Other: p.Creator.Name, Line: dealsview.PartyLine(ctx, p.Creator), Avatar: dealsview.PartyAvatar(p.Creator),
			State: RowState{Kind: components.Late, Word: i18n.T(ctx, "negotiation.held.state")}, When: i18n.Date(ctx, p.WrittenAt),
			Pieces: i18n.T(ctx, "deals.pieces.count", "n", len(p.Terms.Deliverables)), Offered: termsview.Reward(ctx, p.Terms),
		}
	}
	return rows
}

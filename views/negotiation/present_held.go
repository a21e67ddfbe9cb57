package negotiation

import (
	"context"
	"slices"
	"strconv"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	"tribemarket/views/components"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/paths"
	termsview "tribemarket/views/terms"
)

// HeldReader is who reads a proposal that is not sent.
type HeldReader struct {
	Confirmed bool                // their own address is confirmed: they may send it
	Acts      bool                // their role sends proposals
	Approves  bool                // they approve what others of the brand offer
	Needs     bool                // if they sent it, it would have to be approved
	Approver  string              // "" where an owner approves
	Typed     []components.Hidden // the form that is written instead
}

// PresentHeldProposal presents a proposal that is written and not sent, with what it waits
// for, and why it could not be sent.
func PresentHeldProposal(ctx context.Context, p negotiation.HeldProposal, by HeldReader, r dealsview.Refusal, now time.Time) Props {
	if by.Approver == "" {
		by.Approver = i18n.T(ctx, "negotiation.approval.owner")
	}
	props := Props{
		Product: p.Terms.Product, Turn: presentHeldTurn(ctx, p, by, now), Answers: presentHeldAnswers(ctx, p, by, r), Sum: heldSum(ctx, p), Reason: p.Refusal,
		Lead: i18n.T(ctx, heldLead(p), "creator", p.Creator.Name, "written", i18n.Date(ctx, p.WrittenAt), "writer", p.Writer, "number", strconv.Itoa(p.AnswersTo),
			"worth", termsview.Reward(ctx, p.Terms), "pieces", i18n.T(ctx, "deals.pieces.count", "n", len(p.Terms.Deliverables))),
		Pieces: dealsview.PresentItems(ctx, deals.ItemsOf(p.Terms)), PiecesNote: i18n.T(ctx, "negotiation.pieces.note"),
		Clauses: dealsview.PresentClauses(ctx, p.Terms), Money: dealsview.PresentMoney(ctx, p.Terms), Other: dealsview.PresentParty(ctx, models.SideBrand, p.Creator),
		Problems: components.FieldProblems(ctx, r.Fields, "held-", dealsview.ActionLabels(ctx)),
	}
	if p.Message != "" {
		props.Messages = []Message{{i18n.T(ctx, "negotiation.message.from", "brand", p.Brand.Name), p.Message}}
	}
	if p.Negotiation != "" {
		props.Counter = components.Button{Label: i18n.T(ctx, "negotiation.approval.open"), Href: paths.Negotiation(p.Negotiation)}
	}
	if r.Conflict != nil {
		props.Refused = dealsview.RefusedAction{Title: i18n.T(ctx, r.Conflict.Key, r.Conflict.Args...)}
	}
	return props
}

// heldLead is the key of who wrote what.
func heldLead(p negotiation.HeldProposal) string {
	if p.Action == negotiation.ActionAccept {
		return "negotiation.held.lead.accept"
	}
	return "negotiation.held.lead"
}

// approverName is the name of who approves by a rule.
func approverName(ctx context.Context, rule accounts.Approval) string {
	if !rule.Active {
		return i18n.T(ctx, "negotiation.approval.owner")
	}
	return rule.Name
}

// PresentAcceptanceApproval says who has to approve that an offer of the other side is
// accepted; "" where nobody has to.
func PresentAcceptanceApproval(ctx context.Context, rule *accounts.Approval, other string) string {
	if rule == nil {
		return ""
	}
	return i18n.T(ctx, "negotiation.approval.yours", "approver", approverName(ctx, *rule), "other", other)
}

// heldSum says what an answer in a negotiation is; "" for a first offer.
func heldSum(ctx context.Context, p negotiation.HeldProposal) string {
	if p.Negotiation == "" {
		return ""
	}
	return i18n.T(ctx, "negotiation.approval.what."+string(p.Action), "creator", p.Creator.Name, "number", strconv.Itoa(p.AnswersTo))
}

// presentHeldTurn says what has to happen before it is sent.
func presentHeldTurn(ctx context.Context, p negotiation.HeldProposal, by HeldReader, now time.Time) components.TurnCard {
	title, why := "negotiation.held.ready", "negotiation.held.ready.why"
	card := components.TurnCard{Who: i18n.T(ctx, heldState(p)), Gone: -1}
	switch {
	case p.State == negotiation.HeldUnconfirmed && !by.Confirmed:
		title, why = "negotiation.held.confirm", "negotiation.held.confirm.why"
	case p.State == negotiation.HeldRefused:
		title, why = "negotiation.approval.no", "negotiation.approval.no.why"
	case p.Overtaken:
		title, why = "negotiation.approval.overtaken", "negotiation.approval.overtaken.why"
	case p.State == negotiation.HeldLapsed:
		title, why = "negotiation.approval.lapsed", "negotiation.approval.lapsed.why"
	case p.State == negotiation.HeldAsked && by.Approves:
		title, why = "negotiation.approval.mine", "negotiation.approval.mine.why"
	case p.State == negotiation.HeldAsked && by.Needs && p.Action == negotiation.ActionAccept:
		title, why, card.Theirs = "negotiation.approval.theirs", "negotiation.approval.theirs.accept", true
	case p.State == negotiation.HeldAsked && by.Needs:
		title, why, card.Theirs = "negotiation.approval.theirs", "negotiation.approval.theirs.why", true
	case p.State == negotiation.HeldAsked:
		title, why = "negotiation.approval.unneeded", "negotiation.approval.unneeded.why"
		card.Who = i18n.T(ctx, "negotiation.held.state")
	}
	args := []any{"approver", by.Approver, "creator", p.Creator.Name, "until", i18n.Date(ctx, p.KeptUntil())}
	if p.Deadline != nil && (by.Needs || by.Approves) && !p.Overtaken {
		args = append(args, "deadline", dealsview.DeadlineText(ctx, *p.Deadline, now))
		card.Left, card.Gone = dealsview.TimeLeft(ctx, *p.AskedAt, *p.Deadline, now), dealsview.TimePassed(*p.AskedAt, *p.Deadline, now)
	}
	card.Title, card.Otherwise = i18n.T(ctx, title, args...), i18n.T(ctx, why, args...)
	return card
}

func presentHeldAnswers(ctx context.Context, p negotiation.HeldProposal, by HeldReader, r dealsview.Refusal) []dealsview.ActionForm {
	send := func(label string) dealsview.ActionForm {
		return dealsview.ActionForm{Path: paths.HeldProposalSending(p.PublicID), Version: strconv.Itoa(p.Version), Button: components.Button{Label: i18n.T(ctx, label), Kind: components.Primary}}
	}
	var all []dealsview.ActionForm
	switch {
	case !by.Acts:
		return nil
	case p.Overtaken:
		return []dealsview.ActionForm{removeForm(ctx, p)}
	case p.State == negotiation.HeldAsked && by.Approves:
		return []dealsview.ActionForm{send(approvalLabel(p)), refuseForm(ctx, p, r)}
	case p.State == negotiation.HeldUnconfirmed && !by.Confirmed:
		all = append(all, dealsview.ActionForm{Path: paths.ConfirmationLink(), Button: components.Button{Label: i18n.T(ctx, "negotiation.held.link"), Kind: components.Primary}})
	case p.State == negotiation.HeldLapsed && by.Needs:
		all = append(all, send("negotiation.approval.again"))
	case p.State != negotiation.HeldRefused && !(p.State == negotiation.HeldAsked && by.Needs):
		all = append(all, send("negotiation.held.send"))
	}
	if p.State != negotiation.HeldUnconfirmed && p.Action != negotiation.ActionAccept {
		all = append(all, changeForm(ctx, p, by))
	}
	return append(all, removeForm(ctx, p))
}

func removeForm(ctx context.Context, p negotiation.HeldProposal) dealsview.ActionForm {
	return dealsview.ActionForm{
		Path: paths.HeldProposalRemoval(p.PublicID), Ask: i18n.T(ctx, "negotiation.held.remove"), Lead: i18n.T(ctx, "negotiation.held.remove.ask"),
		Button: components.Button{Label: i18n.T(ctx, "negotiation.held.remove.yes"), Kind: components.Danger},
	}
}

func approvalLabel(p negotiation.HeldProposal) string {
	if p.Action == negotiation.ActionAccept {
		return "negotiation.approval.accept"
	}
	return "negotiation.approval.send"
}

// refuseForm is the no of who approves.
func refuseForm(ctx context.Context, p negotiation.HeldProposal, r dealsview.Refusal) dealsview.ActionForm {
	f := dealsview.ReasonForm(ctx, r, negotiation.ActionRefuse, i18n.T(ctx, "negotiation.approval.refuse"), "held-", i18n.T(ctx, "negotiation.approval.refuse.hint", "writer", p.Writer))
	f.ID, f.Path, f.Version = "refuse", paths.HeldProposalRefusal(p.PublicID), strconv.Itoa(p.Version)
	return f
}

// changeForm leads to the form of another offer in its place.
func changeForm(ctx context.Context, p negotiation.HeldProposal, by HeldReader) dealsview.ActionForm {
	path := paths.CreatorNegotiations(p.Creator.PublicID)
	if p.Negotiation != "" {
		path = paths.Offers(p.Negotiation)
	}
	return dealsview.ActionForm{
		Path: path, Carries: append(by.Typed, components.Hidden{Name: "count", Value: "1"}), Button: components.Button{Label: i18n.T(ctx, "negotiation.look.change")},
	}
}

// PresentHeldLink leads from a negotiation to the answer that waits for approval; nil for none.
func PresentHeldLink(ctx context.Context, p *negotiation.HeldProposal, now time.Time) HeldLink {
	if p == nil {
		return HeldLink{}
	}
	key := "negotiation.approval.beside"
	if p.Action == negotiation.ActionAccept {
		key = "negotiation.approval.beside.accept"
	}
	return HeldLink{paths.HeldProposal(p.PublicID), i18n.T(ctx, key, "deadline", dealsview.DeadlineText(ctx, *p.Deadline, now))}
}

// WithHeldAnswer is a negotiation to which the brand has an answer that waits for approval; nil
// for none. Nobody of the brand is asked again for a yes that waits.
func WithHeldAnswer(ctx context.Context, props Props, n negotiation.Negotiation, held *negotiation.HeldProposal, now time.Time) Props {
	props.Held = PresentHeldLink(ctx, held, now)
	if held == nil || held.Action != negotiation.ActionAccept {
		return props
	}
	accepts := paths.NegotiationAcceptance(n.PublicID)
	props.Answers = slices.DeleteFunc(props.Answers, func(f dealsview.ActionForm) bool { return f.Path == accepts })
	props.Turn.Who, props.Turn.Title = i18n.T(ctx, "negotiation.approval.state"), i18n.T(ctx, "negotiation.approval.accept.waits", "number", strconv.Itoa(n.Latest.Number))
	return props
}

// PresentHeldRows presents what is written and not sent as rows of a table.
func PresentHeldRows(ctx context.Context, all []negotiation.HeldProposal) []Row {
	rows := make([]Row, len(all))
	for i, p := range all {
		rows[i] = Row{
			Href: paths.HeldProposal(p.PublicID), Product: p.Terms.Product, Other: p.Creator.Name, Line: dealsview.PartyLine(ctx, p.Creator), Avatar: dealsview.PartyAvatar(p.Creator),
			State: RowState{Kind: components.Late, Word: i18n.T(ctx, heldState(p))}, When: i18n.Date(ctx, p.WrittenAt),
			Pieces: i18n.T(ctx, "deals.pieces.count", "n", len(p.Terms.Deliverables)), Offered: termsview.Reward(ctx, p.Terms),
		}
	}
	return rows
}

// heldState is the key of what something waits for that is not sent.
func heldState(p negotiation.HeldProposal) string {
	switch p.State {
	case negotiation.HeldRefused:
		return "negotiation.approval.state.no"
	case negotiation.HeldAsked:
		return "negotiation.approval.state"
	}
	return "negotiation.held.state"
}

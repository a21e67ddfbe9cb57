package deals

import (
	"context"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/deals"
	"tribemarket/models/workflow"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// ContractPart is what the page of a deal says of its contract.
type ContractPart struct {
	Note       string
	Kind, Word string // its state
	Lines      []string
	Open       components.Button // to the contract; none without a label
	Ask        ActionForm        // to ask for one; none without a button

	Amendment AmendmentPart
	Amend     components.Button // to the form of an amendment; none without a label
	Versions  []ContractVersion // where there are several
}

// AmendmentPart is an amendment that can still be signed; none without a title.
type AmendmentPart struct {
	Kind, Word string // its state
	Title      string
	Lines      []string
	Open       components.Button
}

// ContractVersion is one of the contracts of a deal that both sides have signed.
type ContractVersion struct {
	Name, Href string // "" for the one that the page shows
	Signed     string
	PDF        string
	Kind, Word string // whether it is in force
}

// presentContract presents the contract of a deal, or the way to one.
func presentContract(ctx context.Context, a models.Actor, d deals.Deal, now time.Time) ContractPart {
	p := ContractPart{Note: i18n.T(ctx, "contracts.simple")}
	if deals.CanAskForContract(a, d) {
		p.Ask = ActionForm{Path: paths.DealContract(d.PublicID), Button: components.Button{Label: i18n.T(ctx, contracts.Table.ButtonKey(contracts.ActionPrepare))}}
	}
	c := d.Contract
	if c == nil {
		if p.Ask.Path != "" {
			p.Lines = []string{i18n.T(ctx, "contracts.none")}
		}
		return p
	}
	side := deals.PartyOf(a, d.Brand.ID, d.Creator.ID)
	p.Kind, p.Word = ContractKind(*c, side), i18n.T(ctx, c.State.Key())
	p.Open = components.Button{Label: i18n.T(ctx, "contracts.open"), Href: paths.Contract(c.PublicID)}
	p.Lines = ContractLines(ctx, d, *c, side, now)
	p.Amend, p.Versions = AmendButton(ctx, a, d), PresentVersions(ctx, d, "")
	p.Amendment = PresentOpenAmendment(ctx, d, side, now)
	return p
}

// AmendButton leads to the form of an amendment, if the actor may propose one.
func AmendButton(ctx context.Context, a models.Actor, d deals.Deal) components.Button {
	if !deals.CanAmend(a, d) {
		return components.Button{}
	}
	return components.Button{Label: i18n.T(ctx, "contracts.amendment.begin"), Href: paths.NewAmendment(d.Contract.PublicID)}
}

// PresentOpenAmendment says whom an amendment waits for, until when and otherwise what.
func PresentOpenAmendment(ctx context.Context, d deals.Deal, side models.Side, now time.Time) AmendmentPart {
	am := d.Amendment
	if am == nil {
		return AmendmentPart{}
	}
	p := AmendmentPart{Kind: ContractKind(*am, side), Word: i18n.T(ctx, am.State.Key()), Lines: ContractLines(ctx, d, *am, side, now)}
	p.Title = i18n.T(ctx, contracts.Table.EventKey(contracts.ActionPropose, am.ProposedBy), "brand", d.Brand.Name, "creator", d.Creator.Name)
	p.Open = components.Button{Label: i18n.T(ctx, "contracts.amendment.open"), Href: paths.Contract(am.PublicID)}
	if am.WaitsFor(side) {
		p.Open.Kind = components.Primary
	}
	return p
}

// PresentVersions lists the signed contracts of a deal, the latest first, if there are several;
// shown is the one whose page it is.
func PresentVersions(ctx context.Context, d deals.Deal, shown string) []ContractVersion {
	if len(d.Versions) < 2 {
		return nil
	}
	all := make([]ContractVersion, len(d.Versions))
	for i, v := range d.Versions {
		x := ContractVersion{
			Name: i18n.T(ctx, "contracts.version", "number", v.Number), Href: paths.Contract(v.PublicID), Signed: i18n.T(ctx, "contracts.closed.signed", "on", i18n.Date(ctx, v.SignedAt)),
			PDF: paths.ContractPDF(v.PublicID), Kind: components.Good, Word: i18n.T(ctx, "contracts.in_force"),
		}
		if v.AmendedAt != nil {
			x.Kind, x.Word = components.Off, i18n.T(ctx, "contracts.closed.amended", "on", i18n.Date(ctx, *v.AmendedAt))
		}
		if v.PublicID == shown {
			x.Href = ""
		}
		all[i] = x
	}
	return all
}

// ContractKind is the style of a contract's state: marigold for the side that has to act.
func ContractKind(c contracts.Contract, side models.Side) string {
	switch {
	case c.WaitsFor(side):
		return components.Turn
	case c.State == contracts.Signed:
		return components.Good
	case c.State == contracts.Declined, c.State == contracts.Void:
		return components.Bad
	}
	return components.Off
}

// ContractLines say who is waited for, until when and otherwise what, or how it ended.
func ContractLines(ctx context.Context, d deals.Deal, c contracts.Contract, side models.Side, now time.Time) []string {
	if c.State.IsOpen() && d.IsHeld() {
		return []string{i18n.T(ctx, "deals.hold.stands")}
	}
	if c.State.IsOpen() {
		return []string{contractTitle(ctx, d, c, side, now), contractOtherwise(ctx, c, now)}
	}
	at := c.SignedAt
	if c.ClosedAt != nil {
		at = c.ClosedAt
	}
	all := []string{i18n.T(ctx, "contracts.closed."+string(c.State), "on", i18n.Date(ctx, *at))}
	if c.CloseReason != "" {
		all = append(all, i18n.T(ctx, "deals.finished.reason", "reason", c.CloseReason))
	}
	return all
}

// ContractTask says what the reader has to do about a contract, or an amendment, by when.
func ContractTask(ctx context.Context, s contracts.State, amendment bool, by string) string {
	if amendment && s != contracts.Preparing {
		return i18n.T(ctx, "contracts.amendment.turn.mine", "by", by)
	}
	return i18n.T(ctx, "contracts.turn."+contractPart(s)+".mine", "by", by)
}

// contractPart is what a side does for a contract in a state.
func contractPart(s contracts.State) string {
	if s == contracts.Preparing {
		return "identity"
	}
	return "sign"
}

// contractTitle says who has to do what by when.
func contractTitle(ctx context.Context, d deals.Deal, c contracts.Contract, side models.Side, now time.Time) string {
	switch {
	case c.Waits() == models.SideSystem:
		return i18n.T(ctx, "contracts.turn.making")
	case c.WaitsFor(side):
		return ContractTask(ctx, c.State, c.IsAmendment(), DeadlineText(ctx, *c.DeadlineAt, now))
	}
	theirs := "contracts.turn." + contractPart(c.State) + ".theirs"
	if c.IsAmendment() && c.State != contracts.Preparing {
		theirs = "contracts.amendment.turn.theirs"
	}
	return i18n.T(ctx, theirs, "other", OtherParty(side, d.Brand, d.Creator).Name, "by", DeadlineText(ctx, *c.DeadlineAt, now))
}

// contractOtherwise says what happens if not everybody signs in time.
func contractOtherwise(ctx context.Context, c contracts.Contract, now time.Time) string {
	return i18n.T(ctx, c.OtherwiseKey(), "deadline", DeadlineText(ctx, *c.DeadlineAt, now))
}

// openContract is the contract that a deliverable waits for, nil for none.
func openContract(d deals.Deal, x deals.Deliverable) *contracts.Contract {
	if x.State != deals.Waiting || d.Contract == nil || !d.Contract.State.IsOpen() {
		return nil
	}
	return d.Contract
}

// contractWaitingLine says who has to act for the contract, by when.
func contractWaitingLine(ctx context.Context, d deals.Deal, c contracts.Contract, side models.Side, now time.Time) string {
	who := OtherParty(side, d.Brand, d.Creator).Name
	switch c.Waits() {
	case models.SideSystem:
		return i18n.T(ctx, "contracts.turn.making")
	case workflow.BothSides:
		who = i18n.T(ctx, "deals.side.both")
	case side:
		who = i18n.T(ctx, "deals.you")
	}
	return i18n.T(ctx, "deals.until", "who", who, "by", DeadlineText(ctx, *c.DeadlineAt, now))
}

// ContractTurn is the card that says whose turn it is with a contract.
func ContractTurn(ctx context.Context, d deals.Deal, c contracts.Contract, side models.Side, now time.Time) components.TurnCard {
	if card, held := holdCard(ctx, d, side, now); held {
		return card
	}
	card := components.TurnCard{
		Theirs: !c.WaitsFor(side), Who: i18n.T(ctx, "deals.waits.you"), Title: contractTitle(ctx, d, c, side, now), Otherwise: contractOtherwise(ctx, c, now),
		Left: TimeLeft(ctx, c.EnteredAt, *c.DeadlineAt, now), Gone: TimePassed(c.EnteredAt, *c.DeadlineAt, now),
	}
	switch {
	case c.Waits() == models.SideSystem:
		card.Who = i18n.T(ctx, "contracts.turn.system")
	case card.Theirs:
		card.Who = i18n.T(ctx, "deals.waits.for", "other", OtherParty(side, d.Brand, d.Creator).Name)
	}
	return card
}

// contractTurn is the card on top of a deal whose work waits for its contract.
func contractTurn(ctx context.Context, a models.Actor, d deals.Deal, c contracts.Contract, now time.Time) Turn {
	side := deals.PartyOf(a, d.Brand.ID, d.Creator.ID)
	t := Turn{TurnCard: ContractTurn(ctx, d, c, side, now)}
	if c.WaitsFor(side) {
		t.Next = ContractStep(ctx, c)
	}
	return t
}

// ContractStep is the button to the page where a side does its part.
func ContractStep(ctx context.Context, c contracts.Contract) components.Button {
	if c.State == contracts.Preparing {
		return components.Button{Label: i18n.T(ctx, "contracts.step.identity"), Href: paths.ContractIdentity(), Kind: components.Primary}
	}
	return components.Button{Label: i18n.T(ctx, "contracts.step.sign"), Href: paths.Contract(c.PublicID), Kind: components.Primary}
}

package contracts

import (
	"context"
	"slices"
	"strconv"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/deals"
	"tribemarket/views/components"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/paths"
)

// Shown is what the page of a contract shows besides the contract itself.
type Shown struct {
	Actor     models.Actor
	Now       time.Time
	Text      contracts.Text
	Proven    bool   // the person has proven who they are a moment ago
	Confirmed bool   // their address is
	Return    string // the path of the page
	Signers   []contracts.Signer
	Refusal   dealsview.Refusal
	Form      contracts.SigningForm // as sent, where it was refused
}

// PresentContract presents a contract of a deal to the actor's side.
func PresentContract(ctx context.Context, d deals.Deal, c contracts.Contract, s Shown) ContractProps {
	side := deals.PartyOf(s.Actor, d.Brand.ID, d.Creator.ID)
	p := ContractProps{
		ID: c.PublicID, Deal: paths.Deal(c.Deal), Product: c.Product, Title: i18n.T(ctx, "contracts.title", "product", c.Product),
		Lead: i18n.T(ctx, "contracts.between", "brand", d.Brand.Name, "creator", d.Creator.Name), Text: s.Text, Hash: c.SHA256,
		PDF:     components.Button{Label: i18n.T(ctx, "contracts.download"), Href: paths.ContractPDF(c.PublicID)},
		Refused: dealsview.PresentRefusal(ctx, s.Refusal, d.Events, d.Brand, d.Creator, paths.Contract(c.PublicID)),
	}
	if c.IsAmendment() {
		presentChange(ctx, &p, d, c, side, s)
	}
	p.Versions = dealsview.PresentVersions(ctx, d, c.PublicID)
	if c.IsInForce() {
		p.Amend, p.Amendment = dealsview.AmendButton(ctx, s.Actor, d), dealsview.PresentOpenAmendment(ctx, d, side, s.Now)
	}
	if c.CertificateSHA256 != "" {
		p.Proof = components.Button{Label: i18n.T(ctx, "contracts.download.certificate"), Href: paths.CertificatePDF(c.PublicID)}
	}
	p.Correct = c.State == contracts.Ready && contracts.CanKeepIdentity(s.Actor)
	if c.State.IsOpen() {
		p.Turn = dealsview.ContractTurn(ctx, d, c, side, s.Now)
		presentRemind(ctx, &p, d, c, side, s)
		if c.WaitsFor(side) {
			p.Next = dealsview.ContractStep(ctx, c)
			if c.State != contracts.Preparing {
				p.Next.Href = "#sign"
			}
		}
	} else {
		p.Closed = dealsview.ContractLines(ctx, d, c, side, s.Now)
	}
	for _, x := range []struct {
		side models.Side
		name string
	}{{models.SideBrand, d.Brand.Name}, {models.SideCreator, d.Creator.Name}} {
		p.Signed = append(p.Signed, presentSignedBy(ctx, c, x.side, x.name, s.Signers))
	}
	may := contracts.CanSign(s.Actor, side) && c.State.IsOpen() && c.SignatureOf(side) == nil
	if may && c.SHA256 != "" {
		p.Sign = presentSignForm(ctx, d, c, side, s)
		presentAsked(ctx, &p, c, side, s)
	}
	if may {
		p.Decline = dealsview.ReasonForm(ctx, s.Refusal, contracts.ActionDecline, i18n.T(ctx, contracts.Table.ButtonKey(contracts.ActionDecline)), "decline-", i18n.T(ctx, "contracts.decline.hint", "other", dealsview.OtherParty(side, d.Brand, d.Creator).Name))
		p.DeclineNote = declineNote(ctx, d, c)
		p.Decline.ID, p.Decline.Path = "refusal", paths.ContractAction(c.PublicID, contracts.Table.Describe(contracts.ActionDecline).Path)
	}
	prefix, labels := "", components.Labels(ctx, map[string]string{"name": "contracts.sign.name", "role": "contracts.sign.role"})
	if s.Refusal.Action == contracts.ActionDecline {
		prefix, labels = "decline-", dealsview.ActionLabels(ctx)
	}
	p.Problems = components.FieldProblems(ctx, s.Refusal.Fields, prefix, labels)
	return p
}

// presentChange says what an amendment changes, why, and how its proposer takes it back.
func presentChange(ctx context.Context, p *ContractProps, d deals.Deal, c contracts.Contract, side models.Side, s Shown) {
	p.Title = i18n.T(ctx, "contracts.title.amendment", "product", c.Product)
	p.Changes = components.Crumb{
		Href: paths.Contract(c.Earlier.PublicID), Name: i18n.T(ctx, "contracts.amendment.changes", "number", c.Earlier.Number, "on", i18n.Date(ctx, c.Earlier.SignedAt)),
	}
	for _, e := range d.Events {
		if e.Contract && e.SubjectID == c.ID && e.Action == contracts.ActionPropose {
			p.Proposed, p.Note = dealsview.EventSentence(ctx, e, d.Brand, d.Creator), e.Note
		}
	}
	if contracts.CanWithdraw(s.Actor, side, c) {
		p.Withdraw = dealsview.ActionForm{
			Path: paths.ContractAction(c.PublicID, contracts.Table.Describe(contracts.ActionWithdraw).Path), Ask: i18n.T(ctx, contracts.Table.ButtonKey(contracts.ActionWithdraw)),
			Lead: i18n.T(ctx, "contracts.amendment.withdraw.ask"), Button: components.Button{Label: i18n.T(ctx, "contracts.amendment.withdraw.yes"), Kind: components.Danger},
		}
	}
}

// presentRemind is the button that reminds the other side, or when it was reminded.
func presentRemind(ctx context.Context, p *ContractProps, d deals.Deal, c contracts.Contract, side models.Side, s Shown) {
	if !contracts.CanRemind(s.Actor, side, c) {
		return
	}
	other := dealsview.OtherParty(side, d.Brand, d.Creator).Name
	for _, e := range slices.Backward(d.Events) {
		if e.Contract && e.SubjectID == c.ID && e.Action == contracts.ActionRemind && e.Side == side && s.Now.Before(e.At.Add(contracts.RemindAgainAfter)) {
			p.Reminded = i18n.T(ctx, "contracts.reminded", "other", other, "at", i18n.DateTime(ctx, e.At), "from", i18n.DateTime(ctx, e.At.Add(contracts.RemindAgainAfter)))
			return
		}
	}
	p.Remind = dealsview.ActionForm{
		Path: paths.ContractAction(c.PublicID, contracts.Table.Describe(contracts.ActionRemind).Path), Version: strconv.Itoa(c.Version),
		Button: components.Button{Label: i18n.T(ctx, contracts.Table.ButtonKey(contracts.ActionRemind)), More: i18n.T(ctx, "common.to", "name", other)},
	}
}

// declineNote says what follows if a side declines.
func declineNote(ctx context.Context, d deals.Deal, c contracts.Contract) string {
	switch {
	case c.IsAmendment():
		return i18n.T(ctx, "contracts.decline.note.amendment")
	case c.Required && d.Cycles != nil && d.Cycles.State.GoesOn():
		return i18n.T(ctx, "contracts.decline.note.repeated")
	case c.Required:
		return i18n.T(ctx, "contracts.decline.note.required")
	}
	return i18n.T(ctx, "contracts.decline.note")
}

// askedOf is who is asked to sign; nobody has no name.
func askedOf(signers []contracts.Signer) contracts.Signer {
	if i := slices.IndexFunc(signers, func(x contracts.Signer) bool { return x.Asked }); i >= 0 {
		return signers[i]
	}
	return contracts.Signer{}
}

// presentAsked says who signs for the reader's side, with the form that asks another one.
func presentAsked(ctx context.Context, p *ContractProps, c contracts.Contract, side models.Side, s Shown) {
	if side == models.SideCreator {
		p.Asked = i18n.T(ctx, "contracts.signs_alone")
		return
	}
	asked := askedOf(s.Signers)
	switch {
	case asked.Me:
		p.Asked = i18n.T(ctx, "contracts.asked.you")
	case asked.Name != "":
		p.Asked, p.Sign.Other = i18n.T(ctx, "contracts.asked.other", "name", asked.Name), true
	}
	if len(s.Signers) < 2 {
		return
	}
	f := components.Field{Name: "signer", Label: i18n.T(ctx, "contracts.name.who"), Hint: i18n.T(ctx, "contracts.name.hint"), Value: asked.Ref, Placeholder: i18n.T(ctx, "contracts.name.anybody")}
	for _, x := range s.Signers {
		label := x.Name
		if x.Me {
			label = i18n.T(ctx, "contracts.name.you", "name", x.Name)
		}
		f.Options = append(f.Options, components.Option{Value: x.Ref, Label: label})
	}
	refused := s.Refusal.Action == contracts.ActionName && len(s.Refusal.Fields) > 0
	if refused {
		f.Error = components.FieldTexts(ctx, s.Refusal.Fields)["signer"]
	}
	p.Name = NameForm{Path: paths.ContractAction(c.PublicID, contracts.Table.Describe(contracts.ActionName).Path), Version: strconv.Itoa(c.Version), Open: refused, Signer: f}
}

func presentSignedBy(ctx context.Context, c contracts.Contract, side models.Side, name string, signers []contracts.Signer) SignedBy {
	x := SignedBy{Side: name, Kind: components.Off, Word: i18n.T(ctx, "contracts.unsigned")}
	if asked := askedOf(signers); side == models.SideBrand && asked.Name != "" {
		x.Line = i18n.T(ctx, "contracts.asked", "name", asked.Name)
	}
	if s := c.SignatureOf(side); s != nil {
		x.Kind, x.Word = components.Good, i18n.T(ctx, "contracts.signed_on", "at", i18n.DateTime(ctx, s.SignedAt))
		x.Line = s.Name
		if s.Role != "" {
			x.Line = i18n.T(ctx, "contracts.signer", "name", s.Name, "role", s.Role)
		}
	}
	return x
}

// presentSignForm is the form, or what stands before it.
func presentSignForm(ctx context.Context, d deals.Deal, c contracts.Contract, side models.Side, s Shown) SignForm {
	f := SignForm{Shown: true}
	switch {
	case c.IsAmendment() && d.IsHeld() && c.SignatureOf(side.Other()) != nil:
		f.Lead = i18n.T(ctx, "contracts.sign.held")
		return f
	case !s.Confirmed:
		f.Lead = i18n.T(ctx, "contracts.sign.unconfirmed")
		f.Confirm = components.Button{Label: i18n.T(ctx, "contracts.sign.confirm_address"), Href: paths.SettingsThen(s.Return)}
		return f
	case !s.Proven:
		f.Lead = i18n.T(ctx, "contracts.sign.prove")
		f.Confirm = components.Button{Label: i18n.T(ctx, "contracts.sign.prove.button"), Href: paths.ConfirmIdentity(s.Return), Kind: components.Primary}
		return f
	}
	wrong := components.FieldTexts(ctx, s.Refusal.Fields)
	name := d.Creator.Name
	if side == models.SideBrand {
		name = d.Brand.Name
	}
	f.Name = components.Field{Name: "name", Label: i18n.T(ctx, "contracts.sign.name"), Hint: i18n.T(ctx, "contracts.sign.name.named", "party", partyNamed(s.Text, side, name)), Required: true, MaxLength: contracts.MaxSignerName, Autocomplete: "name", Value: s.Form.Name, Error: wrong["name"]}
	f.Role = components.Field{Name: "role", Label: i18n.T(ctx, "contracts.sign.role"), Required: side == models.SideBrand, Optional: side != models.SideBrand, MaxLength: contracts.MaxSignerRole, Autocomplete: "organization-title", Value: s.Form.Role, Error: wrong["role"]}
	for _, t := range []struct {
		name, label string
		on          bool
	}{
		{"authority", i18n.T(ctx, "contracts.sign.authority", "party", name), s.Form.Authority},
		{"adult", i18n.T(ctx, "contracts.sign.adult"), s.Form.Adult},
		{"agreed", Consent(ctx), s.Form.Agreed},
	} {
		f.Ticks = append(f.Ticks, Tick{Field: components.Field{Name: t.name, Label: t.label, Value: "yes", Required: true, Error: wrong[t.name]}, On: t.on})
	}
	return f
}

// partyNamed is a side's name in the contract; its name on the site where that is not known.
func partyNamed(t contracts.Text, side models.Side, name string) string {
	i := slices.Index([]models.Side{models.SideBrand, models.SideCreator}, side)
	if i >= 0 && i < len(t.Parties) {
		return t.Parties[i].Name
	}
	return name
}

// Consent is the text to which signers agree, word for word, of contracts.ConsentVersion.
func Consent(ctx context.Context) string { return i18n.T(ctx, "contracts.consent") }

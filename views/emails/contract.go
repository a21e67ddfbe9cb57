package emails

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/contracts"
	"tribemarket/models/deals"
	"tribemarket/views/paths"
)

// ContractNotice is the mail about a contract: what happened, or what is due. The documents
// are behind its link, since they name people as the law knows them.
func ContractNotice(ctx context.Context, site Site, a deals.ContractAnnouncement, to accounts.Contact) Mail {
	c := a.Contract
	names := []any{"brand", a.Brand.Name, "creator", a.Creator.Name, "title", title{product: c.Product}}
	other := a.Brand
	if to.Side == models.SideBrand {
		other = a.Creator
	}
	p := Props{Site: site, Name: to.Name, Picture: picture(site, other.PublicPicture(), other.Name, headlinePicture)}
	if to.Side == models.SideBrand { // the person may act for several brands
		p.Lines = append(p.Lines, i18n.T(ctx, "accounts.mail.for", "brand", a.Brand.Name))
	}
	if a.Event.Note != "" {
		p.Lines = append(p.Lines, i18n.T(ctx, "emails.note", "note", a.Event.Note))
	}
	if c.EndsDeal() {
		p.Lines = append(p.Lines, i18n.T(ctx, "contracts.mail.ended"))
	}
	p.Lines = append(p.Lines, i18n.T(ctx, "contracts.simple"))
	p.Button = Button{Text: i18n.T(ctx, "contracts.open"), URL: site.Link(paths.Contract(c.PublicID))}
	if c.WaitsFor(to.Side) {
		todo := contracts.Table.TodoKey(c.State)
		if c.IsAmendment() && c.State != contracts.Preparing {
			todo = "contracts.amendment.todo"
		}
		p.Waits = i18n.T(ctx, todo, names...) + "."
		if c.State == contracts.Preparing {
			p.Button = Button{Text: i18n.T(ctx, "contracts.step.identity"), URL: site.Link(paths.ContractIdentity())}
		}
	}
	until := moment{}
	if c.State.IsOpen() {
		p.Otherwise = i18n.T(ctx, c.OtherwiseKey(), "deadline", dayEndText(ctx, *c.DeadlineAt))
		until = moment{dayEnd(ctx, *c.DeadlineAt), dayEndText(ctx, *c.DeadlineAt)}
	}
	return writeMail(ctx, p, contractKey(a, to.Side), append(names, "until", until)...)
}

// contractKey is the sentence that says what happened, or what is due.
func contractKey(a deals.ContractAnnouncement, to models.Side) string {
	if a.Contract.IsAmendment() && a.Event.Action != contracts.ActionPropose && a.Event.Action != contracts.ActionWithdraw {
		return amendmentKey(a, to)
	}
	switch {
	case a.Notice == deals.Reminder && a.Contract.State == contracts.Preparing:
		return "contracts.mail.due.identity"
	case a.Notice == deals.Reminder:
		return "contracts.mail.due.sign"
	case a.Event.To == string(contracts.Signed):
		return "contracts.mail.signed." + string(a.Event.Side)
	}
	return "contracts.mail.event." + string(a.Event.Action) + "." + string(a.Event.Side)
}

// amendmentKey is contractKey for an amendment. That it is ready is what the other side first
// hears of it.
func amendmentKey(a deals.ContractAnnouncement, to models.Side) string {
	const mail = "contracts.amendment.mail."
	switch {
	case a.Notice == deals.Reminder && a.Contract.State == contracts.Preparing:
		return "contracts.mail.due.identity"
	case a.Notice == deals.Reminder:
		return mail + "due"
	case a.Event.To == string(contracts.Signed):
		return mail + "signed." + string(a.Event.Side)
	case a.Event.Action == contracts.ActionReady && to == a.Contract.ProposedBy:
		return mail + "ready"
	case a.Event.Action == contracts.ActionReady:
		return mail + "ready." + string(a.Contract.ProposedBy)
	}
	return mail + "event." + string(a.Event.Action) + "." + string(a.Event.Side)
}

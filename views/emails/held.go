package emails

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
	"tribemarket/models/negotiation"
	"tribemarket/views/paths"
	termsview "tribemarket/views/terms"
)

// HeldNotice is the mail about what a brand offers or accepts that has to be approved.
func HeldNotice(ctx context.Context, site Site, a negotiation.HeldAnnouncement, to accounts.Contact) Mail {
	h := a.Held
	p := Props{Site: site, Name: to.Name, Picture: picture(site, h.Creator.PublicPicture(), h.Creator.Name, headlinePicture)}
	p.Lines = append(p.Lines, i18n.T(ctx, "accounts.mail.for", "brand", h.Brand.Name))
	if a.Action == negotiation.ActionRefuse {
		p.Lines = append(p.Lines, i18n.T(ctx, "emails.note", "note", h.Refusal))
	}
	until := moment{}
	if a.AsksApproval() && h.Deadline != nil {
		p.Waits = i18n.T(ctx, negotiation.HeldTable.TodoKey(h.State)) + "."
		p.Otherwise = i18n.T(ctx, negotiation.HeldTable.OtherwiseKey(h.State), "deadline", dayEndText(ctx, *h.Deadline), "creator", h.Creator.Name)
		until = moment{dayEnd(ctx, *h.Deadline), dayEndText(ctx, *h.Deadline)}
	}
	p.Button = Button{Text: i18n.T(ctx, "emails.open_proposal"), URL: site.Link(paths.HeldProposal(h.PublicID))}
	return writeMail(ctx, p, heldKey(a), "by", a.By, "creator", h.Creator.Name, "title", title{product: h.Terms.Product}, "worth", termsview.Reward(ctx, h.Terms), "until", until)
}

// heldKey is the sentence that says what happened, or what is due.
func heldKey(a negotiation.HeldAnnouncement) string {
	key := "negotiation.mail.held." + string(a.Action)
	switch {
	case a.Action == "":
		key = "negotiation.mail.held.due"
	case a.Action == negotiation.ActionAsk && a.Held.Action == negotiation.ActionAccept:
		key += ".accept"
	}
	return key
}

package emails

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	termsview "tribemarket/views/terms"
)

// NegotiationNotice is the mail about an offer, its answer or its deadline.
func NegotiationNotice(ctx context.Context, site Site, a negotiation.Announcement, to accounts.Contact) Mail {
	n := a.Negotiation
	names := []any{"brand", n.Brand.Name, "creator", n.Creator.Name}
	other := n.Brand
	if to.Side == models.SideBrand {
		other = n.Creator
	}
	p := Props{Site: site, Name: to.Name, Picture: picture(site, other.PublicPicture(), other.Name, headlinePicture)}
	if to.Side == models.SideBrand { // the person may act for several brands
		p.Lines = append(p.Lines, i18n.T(ctx, "accounts.mail.for", "brand", n.Brand.Name))
	}
	day, isDay := negotiation.ExtensionDay(a.Event)
	if a.Event.Note != "" && !isDay {
		p.Lines = append(p.Lines, i18n.T(ctx, "emails.note", "note", a.Event.Note))
	}
	if a.Notice == deals.Redefined {
		p.Lines = append(p.Lines, i18n.T(ctx, "negotiation.definition.kept", "counted", termsview.Definition(ctx, n.Latest.Terms.Guarantee.Definition)),
			i18n.T(ctx, "negotiation.definition.now", "counted", termsview.Definition(ctx, a.Definition)))
	}
	if a.Waits() == to.Side {
		p.Waits = i18n.T(ctx, negotiation.Table.TodoKey(n.State), names...) + "."
	}
	if e := n.Extension; e != nil && a.Open && e.By != to.Side && p.Waits == "" {
		p.Waits = i18n.T(ctx, "negotiation.todo.extension", "day", lastMoment(ctx, n, e.On)) + "."
	}
	if a.Open {
		p.Otherwise = i18n.T(ctx, negotiation.Table.OtherwiseKey(n.State), append(names, "deadline", dayEndText(ctx, a.Deadline()))...)
	}
	p.Button = Button{Text: i18n.T(ctx, "emails.open_proposal"), URL: site.Negotiation(n.PublicID)}
	if n.Deal != "" {
		p.Button = Button{Text: i18n.T(ctx, "emails.open_deal"), URL: site.Deal(n.Deal)}
	}
	until := moment{dayEnd(ctx, a.Deadline()), dayEndText(ctx, a.Deadline())}
	return writeMail(ctx, p, negotiationKey(a), append(names, "title", title{product: n.Latest.Terms.Product}, "worth", termsview.Reward(ctx, n.Latest.Terms), "until", until, "day", lastMoment(ctx, n, day))...)
}

// lastMoment is the end of a last day to answer an offer, for a reader who may live elsewhere.
func lastMoment(ctx context.Context, n negotiation.Negotiation, day models.Date) moment {
	end := day.AddDays(1).StartIn(n.AnswerZone())
	return moment{dayEnd(ctx, end), dayEndText(ctx, end)}
}

// negotiationKey is the sentence that says what happened, or what is due.
func negotiationKey(a negotiation.Announcement) string {
	if a.Notice == deals.Redefined {
		return "negotiation.mail.definition"
	}
	if a.Notice == deals.Reminder {
		return "negotiation.mail.due." + string(a.Negotiation.State)
	}
	return "negotiation.mail.event." + string(a.Event.Action) + "." + string(a.Event.Side)
}

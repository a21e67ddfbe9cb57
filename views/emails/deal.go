package emails

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/deals"
)

// DealNotice tells of something about a proposal or a deal.
func DealNotice(ctx context.Context, site Site, a deals.Announcement, to accounts.Contact) Mail {
	names := []any{"brand", a.Brand.Name, "creator", a.Creator.Name, "product", a.Terms.Product}
	p := Props{Site: site, Name: to.Name, Headline: dealHeadline(ctx, a, names)}
	if to.Side == models.SideBrand { // they may act for several
		p.Lines = append(p.Lines, i18n.T(ctx, "accounts.mail.for", "brand", a.Brand.Name))
	}
	if a.Item.Number > 0 {
		p.Lines = append(p.Lines, i18n.T(ctx, a.Item.TitleKey(), "type", i18n.T(ctx, a.Item.TypeKey()), "format", i18n.T(ctx, a.Item.FormatKey()), "platform", i18n.T(ctx, a.Item.PlatformKey())))
	}
	if a.Event.Note != "" {
		p.Lines = append(p.Lines, i18n.T(ctx, "emails.note", "note", a.Event.Note))
	}
	if a.Waits == to.Side {
		p.Waits = i18n.T(ctx, a.TodoKey, names...) + "."
		// What happens otherwise names the deadline; the day that was agreed comes before it.
		if a.Due.Before(a.Deadline) {
			p.Until = i18n.WeekdayDateTime(ctx, i18n.LastMinute(ctx, a.Due))
		}
	}
	if a.Waits != "" {
		p.Otherwise = i18n.T(ctx, a.OtherwiseKey, append(names, "deadline", i18n.WeekdayDateTime(ctx, i18n.LastMinute(ctx, a.Deadline)))...)
	}
	p.Button = Button{Text: i18n.T(ctx, "emails.open_proposal"), URL: site.Proposal(a.Proposal)}
	if a.Deal != "" {
		p.Button = Button{Text: i18n.T(ctx, "emails.open_deal"), URL: site.Deal(a.Deal)}
	}
	return Mail{i18n.T(ctx, "emails.announcement.subject", "product", a.Terms.Product, "what", p.Headline), p}
}

func dealHeadline(ctx context.Context, a deals.Announcement, names []any) string {
	switch {
	case a.Notice == deals.Reminder:
		return i18n.T(ctx, "emails.reminder", "todo", i18n.T(ctx, a.TodoKey, names...), "deadline", i18n.WeekdayDateTime(ctx, i18n.LastMinute(ctx, a.Deadline)))
	case a.Notice == deals.NowLate:
		return i18n.T(ctx, "emails.late", names...)
	case a.Event.Action == deals.ActionSubmitDraft:
		return i18n.T(ctx, "emails.draft", append(names, "n", a.Draft)...)
	}
	return i18n.T(ctx, a.Event.Key(), names...)
}

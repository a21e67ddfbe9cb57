package emails

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/deals"
)

// DealNotice is the mail about an event or a deadline of a deal.
func DealNotice(ctx context.Context, site Site, a deals.Announcement, to accounts.Contact) Mail {
	names := []any{"brand", a.Brand.Name, "creator", a.Creator.Name}
	other := a.Brand
	if to.Side == models.SideBrand {
		other = a.Creator
	}
	p := Props{Site: site, Name: to.Name, Picture: picture(site, other.PublicPicture(), other.Name, headlinePicture)}
	if a.Notice == deals.NowLate {
		p.Lines = append(p.Lines, i18n.T(ctx, "emails.late"))
	}
	if to.Side == models.SideBrand { // the person may act for several brands
		p.Lines = append(p.Lines, i18n.T(ctx, "accounts.mail.for", "brand", a.Brand.Name))
	}
	if a.Item.Number > 0 {
		p.Lines = append(p.Lines, i18n.T(ctx, a.Item.TitleKey(), "type", i18n.T(ctx, a.Item.TypeKey()), "format", i18n.T(ctx, a.Item.FormatKey()), "platform", i18n.T(ctx, a.Item.PlatformKey())))
	}
	p.Lines = append(p.Lines, cycleFacts(ctx, a)...)
	if a.Event.Note != "" && a.Hold == nil {
		p.Lines = append(p.Lines, i18n.T(ctx, "emails.note", "note", a.Event.Note))
	}
	if a.Waits == to.Side {
		p.Waits = i18n.T(ctx, a.TodoKey, names...) + "."
		// The sentence about what happens otherwise names the deadline; the agreed day
		// comes before it.
		if a.Due.Before(a.Deadline) {
			p.Until = dayEndText(ctx, a.Due)
		}
	}
	if a.Waits != "" {
		p.Otherwise = i18n.T(ctx, a.OtherwiseKey, append(names, "deadline", dayEndText(ctx, a.Deadline))...)
	}
	if a.Hold != nil {
		p.Lines = append(p.Lines, holdLines(ctx, a, to.Side)...)
	}
	p.Button = Button{Text: i18n.T(ctx, "emails.open_deal"), URL: site.Deal(a.Deal)}
	until := moment{dayEnd(ctx, a.Due), dayEndText(ctx, a.Due)}
	return writeMail(ctx, p, dealKey(a, to.Side), append(names, "title", dealTitle(ctx, a), "n", a.Draft, "until", until)...)
}

// dealKey is the sentence that says what happened, or what is due.
func dealKey(a deals.Announcement, to models.Side) string {
	if a.Hold != nil {
		return "deals.hold.mail." + string(a.Event.Action) + "." + string(a.Hold.Away)
	}
	switch a.Notice {
	case deals.Reminder:
		return "deals.mail.due." + a.State
	case deals.NowLate:
		return "deals.mail.late." + a.State + "." + string(to)
	}
	return "deals.mail.event." + string(a.Event.Action) + "." + string(a.Event.Side)
}

// dealTitle is the title of a deal, with the deliverable if there are several.
func dealTitle(ctx context.Context, a deals.Announcement) title {
	t := title{product: a.Product}
	var which []string
	if a.Item.Number > 0 && len(a.Items) > 1 {
		which = append(which, i18n.T(ctx, "deals.piece."+a.Item.Format, "number", a.Item.Number))
	}
	if a.Cycle > 1 {
		which = append(which, i18n.T(ctx, "deals.cycles.within", "number", strconv.Itoa(a.Cycle)))
	}
	if len(which) > 0 {
		t.item = " (" + strings.Join(which, ", ") + ")"
	}
	return t
}

// cycleFacts say of a repetition what begins when, where that is what happened.
func cycleFacts(ctx context.Context, a deals.Announcement) []string {
	c := a.Cycles
	if c == nil || !a.Event.Cycles {
		return nil
	}
	switch {
	case a.Event.Action == deals.ActionBeginCycle:
		days := make([]string, len(a.Items))
		for i, x := range a.Items {
			days[i] = i18n.Day(ctx, x.DueOn)
		}
		return []string{i18n.T(ctx, "emails.cycles.due", "days", strings.Join(slices.Compact(days), ", "))}
	case a.Event.Action != deals.ActionGiveNotice || c.NoticeBy == "":
		return nil
	}
	return []string{i18n.T(ctx, "emails.cycles.notice", "until", i18n.Day(ctx, c.NoticeUntil), "number", strconv.Itoa(c.Last))}
}

// holdLines say why a deal is on hold, until when, and what then; or that it goes on.
func holdLines(ctx context.Context, a deals.Announcement, to models.Side) []string {
	zone, name := a.Zones.Of(to), a.Brand.Name
	if a.Hold.Away == models.SideCreator {
		name = a.Creator.Name
	}
	last := a.Hold.LastDay(zone).AddDays(deals.PartingDays)
	if a.Hold.EndsAt != nil {
		last = models.DateOf(a.Hold.EndsAt.Add(-1).In(zone))
	}
	args := []any{"brand", a.Brand.Name, "creator", a.Creator.Name, "name", name, "day", a.Hold.LastDay(zone), "days", deals.PartingDays, "last", last}
	lines := []string{i18n.T(ctx, deals.HoldTable.EventKey(a.Event.Action, a.Hold.Away), args...)}
	if a.Hold.State.IsOpen() {
		lines = append(lines, i18n.T(ctx, "deals.hold.then."+string(a.Hold.State), args...))
	}
	return lines
}

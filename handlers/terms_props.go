package handlers

import (
	"context"
	"strconv"
	"strings"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/views/components"
	"tribemarket/views/paths"
	"tribemarket/views/terms"
)

// pieceName is a deliverable as both sides call it: Video 2.
func pieceName(ctx context.Context, it deals.Item) string { return pieceForm(ctx, it, "") }

// pieceForm is the name as it stands in a sentence: the, or of.
func pieceForm(ctx context.Context, it deals.Item, form string) string {
	return i18n.T(ctx, "deal.piece."+it.Format+form, "number", strconv.Itoa(it.Number))
}

func pieceProps(ctx context.Context, items []deals.Item) []terms.Piece {
	all := make([]terms.Piece, len(items))
	for i, it := range items {
		all[i] = terms.Piece{
			Name: pieceName(ctx, it), Kind: i18n.T(ctx, it.TypeKey()), Platform: i18n.T(ctx, it.PlatformKey()),
			Due: i18n.Day(ctx, it.DueOn), DueOn: it.DueOn.String(),
		}
	}
	return all
}

// clauseProps are the terms besides the deliverables and the money.
func clauseProps(ctx context.Context, t deals.Terms, category string) []terms.Clause {
	usage := terms.Clause{Name: i18n.T(ctx, "deal.usage"), Text: i18n.T(ctx, "deal.usage.none")}
	if t.UsageDays > 0 {
		usage.Text = i18n.T(ctx, "deal.usage.days", "n", t.UsageDays)
	}
	all := []terms.Clause{
		{Name: i18n.T(ctx, "eligibility.proposal.category"), Text: i18n.T(ctx, "eligibility.category."+category)},
		usage,
		{Name: i18n.T(ctx, "deal.disclosure"), Text: t.Disclosure, Quote: true, Note: i18n.T(ctx, "deal.disclosure.note")},
	}
	if t.InKind != "" {
		all = append(all, terms.Clause{Name: i18n.T(ctx, "deal.in_kind"), Text: t.InKind})
	}
	return all
}

// moneyProps adds up what the creator gets.
func moneyProps(ctx context.Context, t deals.Terms, items int) terms.Money {
	m := terms.Money{Note: i18n.T(ctx, "deal.money.note")}
	m.Lines = append(m.Lines, components.MoneyLine{Label: i18n.T(ctx, "deal.fee", "n", items), Amount: i18n.Money(ctx, t.Fee)})
	if t.InKind == "" {
		m.Lines[0].Kind = components.Total
		return m
	}
	inKind := components.MoneyLine{Label: i18n.T(ctx, "deal.in_kind"), Note: t.InKind, Amount: i18n.T(ctx, "deal.in_kind.unvalued")}
	if !t.InKindValue.IsZero() {
		inKind.Amount = i18n.Money(ctx, t.InKindValue)
	}
	m.Lines = append(m.Lines, inKind, components.MoneyLine{Kind: components.Total, Label: i18n.T(ctx, "deal.total"), Amount: i18n.Money(ctx, t.Worth())})
	return m
}

// otherParty is the side on which the actor is not.
func otherParty(side models.Side, brand, creator deals.Party) deals.Party {
	if side == models.SideBrand {
		return creator
	}
	return brand
}

// partyProps shows the other side. Creators read what a brand says about itself.
func partyProps(ctx context.Context, side models.Side, p deals.Party) terms.Party {
	out := terms.Party{Name: p.Name, Line: partyLine(ctx, p), Avatar: avatarOf(p), About: p.Sells}
	if side == models.SideBrand {
		out.Heading, out.Href, out.Link = i18n.T(ctx, "deal.creator"), paths.Creator(p.PublicID), i18n.T(ctx, "deal.creator.page")
		return out
	}
	out.Heading, out.Href, out.Link = i18n.T(ctx, "deal.brand"), paths.Brand(p.PublicID), i18n.T(ctx, "deal.brand.page")
	if p.Site != "" {
		out.Facts = append(out.Facts, components.Fact{Label: i18n.T(ctx, "deal.brand.site"), Value: siteName(p.Site), Href: p.Site})
	}
	out.Facts = append(out.Facts, firmFacts(ctx, p.Firm, p.VAT)...)
	if p.Domain != "" {
		out.Verified, out.Explained = i18n.T(ctx, "members.domain.verified", "domain", p.Domain), i18n.T(ctx, "members.domain.explained", "brand", p.Name, "domain", p.Domain)
	}
	return out
}

// zoneName is the city whose clock a zone goes by.
func zoneName(ctx context.Context, zone string) string {
	for _, key := range []string{"zones.city." + zone, "zones." + strings.ToLower(zone)} {
		if i18n.Has(key) {
			return i18n.T(ctx, key)
		}
	}
	return strings.ReplaceAll(zone[strings.LastIndexByte(zone, '/')+1:], "_", " ")
}

func siteName(address string) string {
	_, name, _ := strings.Cut(address, "://")
	return strings.TrimSuffix(strings.TrimPrefix(name, "www."), "/")
}

// partyLine says a little more than the name: a creator's handle, a brand's country.
func partyLine(ctx context.Context, p deals.Party) string {
	if p.Handle != "" {
		return "@" + p.Handle
	}
	if p.Country != "" {
		return i18n.Country(ctx, p.Country)
	}
	return ""
}

func avatarOf(p deals.Party) components.Avatar {
	return components.Avatar{Name: p.Name, Handle: p.Handle, Size: components.Small}
}

// deadline is a moment until which something can be done. The end of a day is
// written as its last minute, since "Thu 00:00" reads as a day later.
func deadline(ctx context.Context, t, now time.Time) string {
	t = i18n.LastMinute(ctx, t)
	if t.Sub(now) > 300*24*time.Hour {
		return i18n.DateTime(ctx, t)
	}
	return i18n.WeekdayDateTime(ctx, t)
}

// passed is how much of a time is over, in per cent.
func passed(from, to, now time.Time) int {
	whole := to.Sub(from)
	if whole <= 0 || !now.Before(to) {
		return 100
	}
	return max(0, int(100*now.Sub(from)/whole))
}

// left says how much of a time there is still; "" once it is over.
func left(ctx context.Context, from, to, now time.Time) string {
	if !now.Before(to) {
		return ""
	}
	return i18n.T(ctx, "deal.left", "left", i18n.Until(ctx, to, now), "whole", i18n.Duration(ctx, to.Sub(from)))
}

// historyProps is the history, the newest first.
func historyProps(ctx context.Context, events []deals.Event, items []deals.Item, brand, creator deals.Party, running bool) []components.Event {
	var all []components.Event
	for i := len(events) - 1; i >= 0; i-- {
		all = append(all, eventProps(ctx, events[i], items, brand, creator))
	}
	if running && len(all) > 0 {
		all[0].Kind = components.Now
	}
	return all
}

func eventProps(ctx context.Context, e deals.Event, items []deals.Item, brand, creator deals.Party) components.Event {
	notes := []string{i18n.Clock(ctx, e.At)}
	for _, it := range items {
		if it.Number == e.Number {
			notes = []string{pieceName(ctx, it), i18n.Clock(ctx, e.At)}
		}
	}
	if e.Person != "" && e.Person != creator.Name {
		notes = append(notes, e.Person)
	}
	out := components.Event{
		At: i18n.Date(ctx, e.At), DateTime: e.At.Format(time.RFC3339), Title: eventSentence(ctx, e, brand, creator),
		Note: strings.Join(notes, ", "), Quote: e.Note, Href: e.URL,
	}
	if e.URL != "" {
		out.Link = i18n.T(ctx, "deal.open."+string(e.Action))
	}
	return out
}

func eventSentence(ctx context.Context, e deals.Event, brand, creator deals.Party) string {
	return i18n.T(ctx, e.Key(), "brand", brand.Name, "creator", creator.Name)
}

// problems are a form's errors for its summary, in the order in which the rules found them.
func problems(ctx context.Context, fields models.Fields, prefix string) []components.Problem {
	all := make([]components.Problem, len(fields))
	for i, f := range fields {
		all[i] = components.Problem{Field: prefix + f.Field, Message: i18n.T(ctx, f.Key, f.Args...)}
	}
	return all
}

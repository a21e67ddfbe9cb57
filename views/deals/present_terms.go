package deals

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
	"tribemarket/views/components"
	filesview "tribemarket/views/files"
	"tribemarket/views/paths"
	termsview "tribemarket/views/terms"
)

// DeliverableName is the name of a deliverable for both sides: Video 2.
func DeliverableName(ctx context.Context, it deals.Item) string {
	return DeliverableNameForm(ctx, it, "")
}

// DeliverableNameForm is the name within a sentence; form is the suffix of its message key.
func DeliverableNameForm(ctx context.Context, it deals.Item, form string) string {
	return i18n.T(ctx, "deals.piece."+it.Format+form, "number", strconv.Itoa(it.Number))
}

// PresentItems presents the deliverables as offered.
func PresentItems(ctx context.Context, items []deals.Item) []OfferedDeliverable {
	all := make([]OfferedDeliverable, len(items))
	for i, it := range items {
		all[i] = OfferedDeliverable{
			Name: DeliverableName(ctx, it), Kind: cmp.Or(it.OtherType, i18n.T(ctx, it.TypeKey())), Platform: i18n.T(ctx, it.PlatformKey()),
			Due: i18n.Day(ctx, it.DueOn), DueOn: it.DueOn.String(),
		}
	}
	return all
}

// PresentClauses presents the terms other than the deliverables and the money.
func PresentClauses(ctx context.Context, t terms.Terms) []Clause {
	all := []Clause{{Name: i18n.T(ctx, "negotiation.form.category"), Text: i18n.T(ctx, "creators.category."+t.Category)}}
	if len(t.Rights) == 0 {
		all = append(all, Clause{Name: termsview.Name(ctx, terms.ClauseRights), Text: i18n.T(ctx, "terms.rights.none")})
	}
	for _, c := range t.Agreed() {
		if slices.Contains(shownApart, c) {
			continue
		}
		clause := Clause{Name: termsview.Name(ctx, c), Text: termsview.Words(ctx, c, t), Quote: termsview.IsQuoted(c)}
		switch c {
		case terms.ClauseDisclosure:
			clause.Note = i18n.T(ctx, "terms.disclosure.note")
		case terms.ClauseChild: // agreed only where a country has a rule
			clause.Note = i18n.T(ctx, "terms.child.note")
		}
		all = append(all, clause)
	}
	return all
}

// NoteDefinition says beside a promised result that platforms count in another way now, and
// that the clause keeps its definition.
func NoteDefinition(ctx context.Context, all []Clause, t terms.Terms, holds terms.MetricDefinition) []Clause {
	if !holds.Supersedes(t) {
		return all
	}
	for i, c := range all {
		if c.Name == termsview.Name(ctx, terms.ClauseGuarantee) {
			all[i].Note = i18n.T(ctx, "terms.guarantee.superseded", "day", i18n.Day(ctx, holds.From), "counted", termsview.Definition(ctx, holds.Version))
		}
	}
	return all
}

// shownApart are the clauses that have places of their own on the page.
var shownApart = []terms.Clause{terms.ClauseProduct, terms.ClauseDeliverables, terms.ClauseDue, terms.ClauseFee}

// PresentMoney adds up what the creator receives in money, with what is beside it.
func PresentMoney(ctx context.Context, t terms.Terms) MoneyPanel {
	m := MoneyPanel{Note: i18n.T(ctx, "deals.money.note")}
	fee := components.MoneyLine{Kind: components.Total, Label: i18n.T(ctx, "deals.fee", "n", len(t.Deliverables)), Amount: i18n.Money(ctx, t.FeeSum())}
	if parts := termsview.FeeParts(t.Fee); len(parts) > 1 {
		for _, p := range parts {
			m.Lines = append(m.Lines, components.MoneyLine{Label: i18n.T(ctx, "terms.part."+p.Name), Amount: i18n.Money(ctx, t.Money(p.Minor))})
		}
		fee.Kind = components.Sub
	}
	if t.Commission != (terms.Commission{}) {
		m.Lines = append(m.Lines, components.MoneyLine{Label: termsview.Name(ctx, terms.ClauseCommission), Amount: termsview.Words(ctx, terms.ClauseCommission, t)})
	}
	if t.InKind.What == "" {
		m.Lines = append(m.Lines, fee)
		return m
	}
	inKind := components.MoneyLine{Label: i18n.T(ctx, "deals.in_kind.beside"), Note: t.InKind.What, Amount: i18n.T(ctx, "deals.in_kind.unvalued")}
	if t.InKind.Value > 0 {
		inKind.Amount = i18n.Money(ctx, t.Money(t.InKind.Value))
	}
	if !t.FeeSum().IsZero() {
		m.Lines = append(m.Lines, fee)
	}
	m.Lines = append(m.Lines, inKind)
	return m
}

// OtherParty is the side that the actor is not on.
func OtherParty(side models.Side, brand, creator deals.Party) deals.Party {
	if side == models.SideBrand {
		return creator
	}
	return brand
}

// PresentParty shows the other side. Creators read what a brand says about itself.
func PresentParty(ctx context.Context, side models.Side, p deals.Party) PartyPanel {
	out := PartyPanel{Name: p.Name, Line: PartyLine(ctx, p), Avatar: PartyAvatar(p), About: p.Sells}
	if side == models.SideBrand {
		out.Heading = i18n.T(ctx, "deals.creator")
		if p.Public { // nobody but its owner sees the page of a creator who is not listed
			out.Href, out.Link = paths.Creator(p.PublicID), i18n.T(ctx, "deals.creator.page")
		}
		return out
	}
	out.Heading, out.Href, out.Link = i18n.T(ctx, "deals.brand"), paths.Brand(p.PublicID), i18n.T(ctx, "deals.brand.page")
	if p.Site != "" {
		out.Facts = append(out.Facts, components.Fact{Label: i18n.T(ctx, "deals.brand.site"), Value: siteName(p.Site), Href: p.Site})
	}
	out.Facts = append(out.Facts, firmFacts(ctx, p.Firm, p.VAT)...)
	if p.Domain != "" {
		out.Verified, out.Explained = i18n.T(ctx, "accounts.domain.verified", "domain", p.Domain), i18n.T(ctx, "accounts.domain.explained", "brand", p.Name, "domain", p.Domain)
	}
	return out
}

// ZoneName is the city that a time zone is named after.
func ZoneName(ctx context.Context, zone string) string {
	for _, key := range []string{"zones.city." + zone, "zones." + strings.ToLower(zone)} {
		if i18n.HasText(key) {
			return i18n.T(ctx, key)
		}
	}
	return strings.ReplaceAll(zone[strings.LastIndexByte(zone, '/')+1:], "_", " ")
}

func siteName(address string) string {
	_, name, _ := strings.Cut(address, "://")
	return strings.TrimSuffix(strings.TrimPrefix(name, "www."), "/")
}

// PartyLine adds a detail to the name: a creator's handle, a brand's country.
func PartyLine(ctx context.Context, p deals.Party) string {
	if p.Handle != "" {
		return "@" + p.Handle
	}
	if p.Country != "" {
		return i18n.Country(ctx, p.Country)
	}
	return ""
}

// PartyAvatar is the picture of a side.
func PartyAvatar(p deals.Party) components.Avatar {
	if p.Logo != nil {
		return filesview.BrandAvatar(p.PublicID, p.Name, p.Logo, components.Small)
	}
	return filesview.CreatorAvatar(p.PublicID, p.Name, p.Face, components.Small)
}

// DeadlineText formats a deadline. The end of a day is written as its last minute, since
// "Thu 00:00" reads like a day later; where the reader's day does not end with it, their
// zone is named.
func DeadlineText(ctx context.Context, t, now time.Time) string {
	if t.Sub(now) > 300*24*time.Hour {
		return i18n.DayEnd(ctx, t, i18n.DateTime)
	}
	return i18n.DayEnd(ctx, t, i18n.WeekdayDateTime)
}

// TimePassed is the percentage of a period that has passed.
func TimePassed(from, to, now time.Time) int {
	whole := to.Sub(from)
	if whole <= 0 || !now.Before(to) {
		return 100
	}
	return max(0, int(100*now.Sub(from)/whole))
}

// TimeLeft says how much of a period is left; "" once it is over.
func TimeLeft(ctx context.Context, from, to, now time.Time) string {
	if !now.Before(to) {
		return ""
	}
	return i18n.T(ctx, "deals.left", "left", i18n.TimeUntil(ctx, to, now), "whole", i18n.Duration(ctx, to.Sub(from)))
}

// PresentHistory presents the history, newest first.
func PresentHistory(ctx context.Context, events []deals.Event, items []deals.Item, brand, creator deals.Party, running bool) []components.Event {
	var all []components.Event
	for i := len(events) - 1; i >= 0; i-- {
		if events[i].IsPartOfEnding() || events[i].IsPartOfAmending() || opensAgain(events[:i], events[i]) { // another line covers it
			continue
		}
		all = append(all, presentEvent(ctx, events[i], items, brand, creator))
	}
	if running && len(all) > 0 {
		all[0].Kind = components.Now
	}
	return all
}

// opensAgain says whether an event is one of several by which all deliverables of a deal
// became open for work.
func opensAgain(before []deals.Event, e deals.Event) bool {
	return e.IsOpening() && slices.ContainsFunc(before, func(b deals.Event) bool { return b.IsOpening() && b.At.Equal(e.At) })
}

func presentEvent(ctx context.Context, e deals.Event, items []deals.Item, brand, creator deals.Party) components.Event {
	notes := []string{i18n.TimeOfDay(ctx, e.At)}
	for _, it := range items {
		if it.Number == e.Number && !e.IsOpening() {
			notes = []string{DeliverableName(ctx, it), i18n.TimeOfDay(ctx, e.At)}
		}
	}
	if e.Person != "" && e.Person != cmp.Or(e.CreatorName, creator.Name) {
		notes = append(notes, e.Person)
	}
	out := components.Event{
		At: i18n.Date(ctx, e.At), DateTime: e.At.Format(time.RFC3339), Title: EventSentence(ctx, e, brand, creator),
		Note: strings.Join(notes, ", "), Quote: e.Note, Href: e.URL,
	}
	if _, isDay := dayOf(e); isDay { // the sentence names it
		out.Quote = ""
	}
	if e.URL != "" {
		out.Link = i18n.T(ctx, "deals.open."+string(e.Action))
	}
	return out
}

// dayOf is the day that the sentence about an event names; false for none.
func dayOf(e deals.Event) (models.Date, bool) {
	if day, ok := e.HoldDay(); ok {
		return day, true
	}
	return negotiation.ExtensionDay(e)
}

// EventSentence describes an event, under the names that both sides had.
func EventSentence(ctx context.Context, e deals.Event, brand, creator deals.Party) string {
	day, _ := dayOf(e)
	return i18n.T(ctx, e.Key(), "brand", cmp.Or(e.BrandName, brand.Name), "creator", cmp.Or(e.CreatorName, creator.Name), "day", day, "cycle", strconv.Itoa(e.Cycle))
}

// TurnTitle says who has to do what by when; after that, since when it has been due.
func TurnTitle(ctx context.Context, it deals.Item, s deals.State, other string, mine bool, due, now time.Time) string {
	who := ".theirs"
	switch {
	case !now.Before(due) && deals.DeliverableTable.Rule(s).AtDeadline == "":
		who = ".overdue"
	case mine:
		who = ".mine"
	}
	return i18n.T(ctx, "deals.turn."+string(s)+who, "the", DeliverableNameForm(ctx, it, ".the"), "of", DeliverableNameForm(ctx, it, ".of"), "other", other, "by", DeadlineText(ctx, due, now))
}

// firmFacts are the public details of the firm behind a brand.
func firmFacts(ctx context.Context, name, vat string) []components.Fact {
	var all []components.Fact
	if name != "" {
		all = append(all, components.Fact{Label: i18n.T(ctx, "accounts.business.legal_name"), Value: name})
	}
	if vat != "" {
		all = append(all, components.Fact{Label: i18n.T(ctx, "accounts.business.vat"), Value: vat})
	}
	return all
}

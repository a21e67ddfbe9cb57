package negotiation

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/content"
	"tribemarket/models/contracts"
	"tribemarket/models/creators"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
	"tribemarket/views/components"
	creatorsview "tribemarket/views/creators"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/paths"
)

// Answers is an offer as entered, with what is wrong with it.
type Answers struct {
	negotiation.OfferForm
	Key      string // identifies the form
	Focus    string // the field that has the focus
	Fields   models.Fields
	Conflict *models.Error // why it could not be sent
	Notes    map[terms.Clause]string
	Draft    DraftState
	Stale    int // the offer that it answered, where a later one kept it from being sent; 0 otherwise
}

// DraftState says of an offer that is being written whether it is kept.
type DraftState struct {
	SavedAt  time.Time // zero while nothing is kept
	Filled   bool      // the form is filled in with it
	Answered int       // the number of the offer that it answered, if there is a later one and the form begins with that
	Refused  *models.Error
}

// text says when it was kept, or why not; "" while it does not matter.
func (d DraftState) text(ctx context.Context) string {
	switch {
	case d.Refused != nil:
		return i18n.T(ctx, d.Refused.Key, d.Refused.Args...)
	case d.SavedAt.IsZero():
		return ""
	}
	return i18n.T(ctx, "negotiation.draft.kept", "at", i18n.DateTime(ctx, d.SavedAt))
}

// NoteName is the name of the field that asks why a clause changes.
func NoteName(c terms.Clause) string { return "note_" + string(c) }

// PresentFirstOffer presents the form of a first offer to a creator, with the limits that the
// creator has set.
func PresentFirstOffer(ctx context.Context, to creators.CreatorSummary, guards creators.CreatorLimits, f Answers, now time.Time) OfferFormProps {
	p := presentForm(ctx, to, guards, f, to.Creator.Location(), to.Creator.Country, now)
	p.Title, p.Lead = i18n.T(ctx, "negotiation.new.title", "creator", to.Creator.Name), i18n.T(ctx, "negotiation.new.lead")
	p.Crumbs = []components.Crumb{
		{Href: paths.Creators(nil), Name: i18n.T(ctx, "layouts.creators")},
		{Href: paths.Creator(to.Creator.PublicID), Name: to.Creator.Name}, {Name: i18n.T(ctx, "negotiation.one")},
	}
	p.Action, p.Button = paths.CreatorNegotiations(to.Creator.PublicID), i18n.T(ctx, "negotiation.form.look")
	p.CreatorName, p.Unclaimed = to.Creator.Name, !to.Creator.IsClaimed()
	p.Side = presentAside(ctx, to, p.quote, f)
	p.Side.Next = i18n.T(ctx, "negotiation.side.open", "creator", to.Creator.Name, "n", answerDays(f.ExpiresDays))
	if f.Conflict != nil {
		p.Refused = dealsview.RefusedAction{
			Title: i18n.T(ctx, f.Conflict.Key, f.Conflict.Args...), Text: i18n.T(ctx, "negotiation.sent_before"),
			Href: paths.Negotiations(), Link: i18n.T(ctx, "site.dashboard.recent.all"),
		}
	}
	return p
}

// PresentCounter presents the form of a counter-offer, or of another offer in place of one's
// own; answered is the number of the offer that it is made to.
func PresentCounter(ctx context.Context, a models.Actor, n negotiation.Negotiation, action negotiation.Action, to creators.CreatorSummary, guards creators.CreatorLimits, f Answers, answered int, now time.Time) OfferFormProps {
	other := dealsview.OtherParty(a.Side(), n.Brand, n.Creator)
	p := presentForm(ctx, to, guards, f, models.Zone(n.Zone), n.Creator.Country, now)
	p.Title, p.Lead = i18n.T(ctx, "negotiation."+string(action)+".title", "other", other.Name), i18n.T(ctx, "negotiation."+string(action)+".lead", "other", other.Name)
	p.Crumbs = []components.Crumb{
		{Href: paths.Negotiations(), Name: i18n.T(ctx, "layouts.proposals")}, {Href: paths.Negotiation(n.PublicID), Name: n.Latest.Terms.Product},
		{Name: i18n.T(ctx, negotiation.Table.ButtonKey(action))},
	}
	p.Action, p.To, p.ByCreator = paths.Offers(n.PublicID), answered, a.Side() == models.SideCreator
	p.Button = i18n.T(ctx, "negotiation.form.look")
	p.CreatorName, p.Other = n.Creator.Name, other.Name
	p.Noted = notedClauses(n.Latest.Terms, f)
	p.Side = presentAside(ctx, to, p.quote, f)
	p.Side.Creator = dealsview.PresentParty(ctx, a.Side(), other)
	p.Side.Next = i18n.T(ctx, "negotiation.side.counter", "other", other.Name, "n", answerDays(f.ExpiresDays))
	if f.Conflict != nil {
		p.Refused = dealsview.RefusedAction{
			Title: i18n.T(ctx, f.Conflict.Key, f.Conflict.Args...), Text: i18n.T(ctx, "deals.refused.text"), Href: paths.Negotiation(n.PublicID), Link: i18n.T(ctx, "negotiation.open"),
		}
	}
	if n.Offer(f.Stale) != nil && f.Stale < n.Latest.Number {
		newer, _ := presentDifference(ctx, a.Side(), n, f.Stale)
		p.Newer = Difference{Note: newer.Note, Changed: newer.Changed}
	}
	return p
}

// notedClauses are the clauses about which a counter-offer can say why: those of the offer that
// it answers, and those that its form adds.
func notedClauses(latest terms.Terms, f Answers) []terms.Clause {
	typed, _, _ := f.Read(terms.Rules{})
	agreed, added := latest.Agreed(), typed.Agreed()
	var all []terms.Clause
	for _, c := range terms.Clauses() {
		if slices.Contains(agreed, c) || slices.Contains(added, c) || f.Notes[c] != "" {
			all = append(all, c)
		}
	}
	return all
}

// presentForm presents what all forms of offers ask.
func presentForm(ctx context.Context, to creators.CreatorSummary, guards creators.CreatorLimits, f Answers, zone *time.Location, country string, now time.Time) OfferFormProps {
	p := OfferFormProps{
		Answers: f, Today: models.DateOf(now.In(zone)).String(), DueHint: i18n.T(ctx, "deals.zone", "zone", dealsview.ZoneName(ctx, zone.String())),
		DisclosureHint: i18n.T(ctx, "negotiation.form.disclosure.hint"), CategoryNeeded: len(guards.RefusedCategories) > 0, Limits: creatorsview.LimitFacts(ctx, guards),
		Types: options(ctx, terms.ContentTypes(), "deals.content_type."), Formats: options(ctx, formatsOn(to.Platforms), "deals.format."),
		Categories: options(ctx, content.Categories(), "creators.category."), Platforms: options(ctx, to.Platforms, "deals.platform."),
		Errors: components.FieldTexts(ctx, f.Fields), Problems: lineProblems(ctx, f.Fields),
	}
	p.Priced, p.ChildRule = len(to.Prices) > 0, contracts.HasChildRule(country, models.DateOf(now.In(zone)))
	p.limitDueDays(ctx, to, guards)
	today := models.DateOf(now.In(zone))
	understood, _, _ := f.Read(terms.Rules{Today: today})
	p.suggestPrices(ctx, negotiation.QuoteFor(to, understood, today))
	if country != "" {
		p.DisclosureHint = i18n.T(ctx, "negotiation.form.disclosure.hint_in", "country", i18n.Country(ctx, country))
	}
	for _, code := range models.Currencies() {
		p.Currencies = append(p.Currencies, components.Option{Value: code, Label: code})
	}
	return p
}

// limitDueDays says on which days nothing can be due. The first day that can be chosen is the
// first on which the creator is not away.
func (p *OfferFormProps) limitDueDays(ctx context.Context, to creators.CreatorSummary, guards creators.CreatorLimits) {
	p.FirstDue = p.Today
	var away, full []string
	for _, a := range guards.Absences {
		if a.ToOn < p.Today {
			continue
		}
		from, _ := models.ParseDate(a.FromOn)
		to, _ := models.ParseDate(a.ToOn)
		away = append(away, i18n.T(ctx, "creators.limits.away_value", "from", from, "to", to))
		if a.FromOn <= p.FirstDue && p.FirstDue <= a.ToOn {
			p.FirstDue = to.AddDays(1).String()
		}
	}
	for _, month := range strings.FieldsFunc(to.Listing.FullMonths, func(r rune) bool { return r == ',' }) {
		if day, err := models.ParseDate(month + "-01"); err == nil && month >= p.Today[:len(month)] {
			full = append(full, i18n.Month(ctx, day))
		}
	}
	if len(away)+len(full) > 0 {
		p.DueHint += "."
	}
	if len(away) > 0 {
		p.DueHint += " " + i18n.T(ctx, "negotiation.form.due.away", "periods", i18n.JoinList(ctx, away))
	}
	if len(full) > 0 {
		p.DueHint += " " + i18n.T(ctx, "negotiation.form.due.full", "months", i18n.JoinList(ctx, full))
	}
}

// messageField asks for a message or, in a pitch, for what the creator proposes.
func (p OfferFormProps) messageField(ctx context.Context) components.Field {
	f := components.Field{Optional: true, Rows: 5, MaxLength: negotiation.MaxMessage, Hint: i18n.T(ctx, "negotiation.form.message.hint")}
	if p.Pitch != nil {
		f.Optional, f.Required = false, true
		f.Label, f.Hint = i18n.T(ctx, "negotiation.pitch.idea"), i18n.T(ctx, "negotiation.form.idea.hint")
	}
	return p.field(ctx, "message", p.Answers.Message, f)
}

// rewardTitle is what the brand gives, as the writer says it.
func (p OfferFormProps) rewardTitle(ctx context.Context) string {
	if p.ByCreator {
		return i18n.T(ctx, "negotiation.form.reward.creator")
	}
	return i18n.T(ctx, "negotiation.form.reward")
}

// formatsOn lists the formats that one of the platforms has.
func formatsOn(platforms []string) []string {
	return slices.DeleteFunc(content.Formats(), func(format string) bool {
		return !slices.ContainsFunc(terms.Platforms(format), func(p string) bool { return slices.Contains(platforms, p) })
	})
}

// options presents values as options; key is the prefix of their message keys.
func options(ctx context.Context, values []string, key string) []components.Option {
	all := make([]components.Option, len(values))
	for i, v := range values {
		all[i] = components.Option{Value: v, Label: capital(i18n.T(ctx, key+v))}
	}
	return all
}

// capital capitalises a word that stands alone.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// lineProblems adds the line to each error, since all lines of a list ask the same questions.
func lineProblems(ctx context.Context, fields models.Fields) []components.Problem {
	all := components.FieldProblems(ctx, fields, "", func(field string) string { return questionOf(ctx, field) })
	for i, p := range all {
		for list, key := range map[string]string{"deliverables": "negotiation.form.line", "rights": "terms.form.right", "personal": "terms.form.personal"} {
			var n int
			if _, err := fmt.Sscanf(p.Field, list+"[%d]", &n); err == nil {
				all[i].Message = i18n.T(ctx, "negotiation.form.in_line", "line", i18n.T(ctx, key, "number", strconv.Itoa(n+1)), "problem", p.Message)
			}
		}
	}
	return all
}

// questionsOfLines are the labels of fields of a list's lines that are not named by their
// field.
var questionsOfLines = map[string]string{
	"deliverables.content_type": "deals.kind", "deliverables.format": "deals.format", "deliverables.platform": "deals.platform", "deliverables.count": "negotiation.form.how_many",
	"deliverables.due_on": "deals.due", "rights.days": "terms.form.right_days", "personal.title": "terms.form.personal_title", "personal.text": "terms.form.personal_text",
}

// questionOf is the label of a field, "" if it has none of its own.
func questionOf(ctx context.Context, field string) string {
	list, name, inLine := strings.Cut(field, "].")
	if !inLine {
		list, name = "", field
	}
	list, _, _ = strings.Cut(list, "[")
	for _, key := range []string{questionsOfLines[list+"."+name], "terms.form." + name, "negotiation.form." + name} {
		if key != "" && i18n.HasText(key) {
			return i18n.T(ctx, key)
		}
	}
	return ""
}

// answerDays is the number of days until the offer expires, as far as the answer can be read.
func answerDays(s string) int {
	if n, err := strconv.Atoi(s); err == nil && n >= 1 && n <= negotiation.MaxAnswerDays {
		return n
	}
	return negotiation.AnswerDays
}

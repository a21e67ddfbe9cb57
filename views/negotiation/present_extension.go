package negotiation

import (
	"context"
	"strconv"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	"tribemarket/views/components"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/paths"
)

// ExtensionProps is a later last day that one side asks for.
type ExtensionProps struct {
	Kind    string
	Title   string // "" where nobody asks
	Text    string
	Answers []dealsview.ActionForm
}

// presentExtension says who asks for a later last day, and what holds until the other side
// answers.
func presentExtension(ctx context.Context, a models.Actor, n negotiation.Negotiation, now time.Time) ExtensionProps {
	if n.Extension == nil || !n.IsAnswerable(now) {
		return ExtensionProps{}
	}
	zone := n.AnswerZone()
	args := []any{
		"other", dealsview.OtherParty(deals.PartyOf(a, n.Brand.ID, n.Creator.ID), n.Brand, n.Creator).Name,
		"until", dealsview.DeadlineText(ctx, n.Extension.On.EndIn(zone), now), "deadline", dealsview.DeadlineText(ctx, n.ExpiresAt, now),
	}
	if n.Extension.By == deals.PartyOf(a, n.Brand.ID, n.Creator.ID) {
		return ExtensionProps{Title: i18n.T(ctx, "negotiation.extension.mine", args...), Text: i18n.T(ctx, "negotiation.extension.mine.then", args...)}
	}
	p := ExtensionProps{Kind: components.Late, Title: i18n.T(ctx, "negotiation.extension.theirs", args...), Text: i18n.T(ctx, "negotiation.extension.theirs.then", args...)}
	carries := []components.Hidden{{Name: "offer", Value: strconv.Itoa(n.Latest.Number)}, {Name: "until", Value: n.Extension.On.String()}}
	if negotiation.Allowed(a, n, negotiation.ActionAcceptExtension, now) {
		p.Answers = []dealsview.ActionForm{
			{Path: paths.ExtensionAcceptance(n.PublicID), Carries: carries, Button: components.Button{Label: i18n.T(ctx, negotiation.Table.ButtonKey(negotiation.ActionAcceptExtension)), Kind: components.Primary}},
			{Path: paths.ExtensionRefusal(n.PublicID), Carries: carries, Button: components.Button{Label: i18n.T(ctx, negotiation.Table.ButtonKey(negotiation.ActionRefuseExtension))}},
		}
	}
	return p
}

// extensionForm asks for a later last day; empty where none can be asked for.
func extensionForm(ctx context.Context, a models.Actor, n negotiation.Negotiation, r dealsview.Refusal, now time.Time) (dealsview.ActionForm, bool) {
	first, last, ok := n.ExtensionDays(now)
	if !ok || !negotiation.Allowed(a, n, negotiation.ActionAskExtension, now) {
		return dealsview.ActionForm{}, false
	}
	label := i18n.T(ctx, negotiation.Table.ButtonKey(negotiation.ActionAskExtension))
	f := dealsview.ActionForm{
		ID: "extend", Path: paths.Extension(n.PublicID), Carries: []components.Hidden{{Name: "offer", Value: strconv.Itoa(n.Latest.Number)}},
		Ask: label, Lead: i18n.T(ctx, "negotiation.extension.lead", "other", dealsview.OtherParty(a.Side(), n.Brand, n.Creator).Name),
		Button: components.Button{Label: label},
		Fields: []dealsview.ActionField{{Field: components.Field{
			Name: "until", ID: components.FieldID("answer-until"), Type: "date", Label: i18n.T(ctx, "negotiation.field.until"), Required: true,
			Hint: i18n.T(ctx, "negotiation.field.until.hint", "first", first, "last", last), Min: first.String(), Max: last.String(), Class: "short",
		}}},
	}
	if r.Action == negotiation.ActionAskExtension {
		f.KeepAnswers(r.Answers, components.FieldTexts(ctx, r.Fields))
	}
	return f, true
}

package deals

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/views/components"
)

// Refusal is an action that could not be done: a form with errors, or something that has
// changed in the meantime. The zero Refusal means none.
type Refusal struct {
	Action   deals.Action
	Number   int // of the deliverable; 0 when the action is about the whole
	Answers  map[string]string
	Fields   models.Fields
	Conflict *models.Error
}

// PresentRefusal says that something has changed in the meantime, and what was done last.
func PresentRefusal(ctx context.Context, r Refusal, events []deals.Event, brand, creator deals.Party, path string) RefusedAction {
	if r.Conflict == nil {
		return RefusedAction{}
	}
	out := RefusedAction{
		Title: i18n.T(ctx, r.Conflict.Key, r.Conflict.Args...), Text: i18n.T(ctx, "deals.refused.text"), Href: path, Link: i18n.T(ctx, "deals.refused.link"),
	}
	if n := len(events); n > 0 {
		out.Latest = i18n.T(ctx, "deals.refused.latest", "event", EventSentence(ctx, events[n-1], brand, creator), "at", i18n.DateTime(ctx, events[n-1].At))
	}
	return out
}

// ActionLabels finds the labels of the fields of actions, for FieldProblems.
func ActionLabels(ctx context.Context) func(field string) string {
	return components.Labels(ctx, map[string]string{
		"draft_url": "deals.field.draft_url", "note": "deals.field.note", "changes": "deals.field.changes", "address": "deals.field.address", "reason": "deals.field.reason",
	})
}

// ReasonForm is a form that asks for a reason, behind a button.
func ReasonForm(ctx context.Context, r Refusal, action deals.Action, label, prefix, hint string) ActionForm {
	f := ActionForm{Ask: label, Button: components.Button{Label: label, Kind: components.Danger}}
	f.Fields = []ActionField{{Long: true, Field: components.Field{
		Name: "reason", ID: components.FieldID(prefix + "reason"), Label: i18n.T(ctx, "deals.field.reason"), Hint: hint, Required: true, MaxLength: deals.MaxReason, Rows: 3,
	}}}
	if r.Action == action {
		f.KeepAnswers(r.Answers, components.FieldTexts(ctx, r.Fields))
	}
	return f
}

package components

import (
	"context"
	"slices"
	"strings"

	"tribemarket/internal/i18n"
	"tribemarket/models"
)

// FieldTexts turns field errors into the sentences shown at the fields.
func FieldTexts(ctx context.Context, fields models.Fields) map[string]string {
	m := make(map[string]string, len(fields))
	for _, f := range fields {
		m[f.Field] = i18n.T(ctx, f.Key, f.Args...)
	}
	return m
}

// FieldProblems lists a form's errors for its summary, in the order in which the rules
// found them. A message that would fit any field is said with the label of its field, which
// label finds; nil where every message says what it is about.
func FieldProblems(ctx context.Context, fields models.Fields, prefix string, label func(field string) string) []Problem {
	all := make([]Problem, len(fields))
	for i, f := range fields {
		all[i] = Problem{Field: prefix + f.Field, Message: i18n.T(ctx, f.Key, f.Args...)}
		if label == nil || !namesNoField(f.Key) {
			continue
		}
		if name := label(f.Field); name != "" {
			all[i].Message = i18n.T(ctx, "components.problem_at", "field", name, "message", all[i].Message)
		}
	}
	return all
}

// Labels finds the labels of fields by their message keys.
func Labels(ctx context.Context, keys map[string]string) func(field string) string {
	return func(field string) string {
		if keys[field] == "" {
			return ""
		}
		return i18n.T(ctx, keys[field])
	}
}

// messagesOfAnyField are message keys that do not say which field they are about.
var messagesOfAnyField = []string{
	"accounts.error.long", "accounts.error.required", "accounts.error.short", "contracts.error.letter", "creators.error.long", "creators.error.tribe_hue", "creators.error.tribe_slug",
	"creators.error.tribe_words", "creators.error.tribe_word_taken", "deals.invalid.long", "discovery.error.combined", "discovery.shortlists.error.name_long", "discovery.shortlists.error.note_long",
	"imports.error.as_of_future", "imports.error.as_of_invalid", "moderation.invalid.until", "terms.amend.fixed", "terms.invalid.choice", "terms.invalid.country", "terms.invalid.day",
	"terms.invalid.day_far", "terms.invalid.day_past", "terms.invalid.long", "terms.invalid.many", "terms.invalid.number", "terms.invalid.part_of_none", "terms.invalid.required", "terms.invalid.share",
}

func namesNoField(key string) bool {
	return strings.HasPrefix(key, "common.amount_") || slices.Contains(messagesOfAnyField, key)
}

// NamedProblems lists the errors of some fields for a form's summary, in their order, each
// with the question that it is about.
func NamedProblems(ctx context.Context, fields []Field) []Problem {
	var all []Problem
	for _, f := range fields {
		if f.Error != "" {
			all = append(all, Problem{Field: f.Name, Message: i18n.T(ctx, "components.problem_at", "field", f.Label, "message", f.Error)})
		}
	}
	return all
}

package components

import (
	"context"

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
// found them.
func FieldProblems(ctx context.Context, fields models.Fields, prefix string) []Problem {
	all := make([]Problem, len(fields))
	for i, f := range fields {
		all[i] = Problem{Field: prefix + f.Field, Message: i18n.T(ctx, f.Key, f.Args...)}
	}
	return all
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

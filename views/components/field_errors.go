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

package web

import (
	"context"
	"errors"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/views/components"
)

// invalid gives the field errors of a form that breaks rules, so that the
// handler shows the form again.
func InvalidFields(err error) (models.Fields, bool) {
	var e *models.Error
	if errors.As(err, &e) && e.Code == models.CodeInvalid && len(e.Fields) > 0 {
		return e.Fields, true
	}
	return nil, false
}

// texts turns field errors into the sentences that stand at the fields.
func FieldTexts(ctx context.Context, fields models.Fields) map[string]string {
	m := make(map[string]string, len(fields))
	for _, f := range fields {
		m[f.Field] = i18n.T(ctx, f.Key, f.Args...)
	}
	return m
}

// problems are a form's errors for its summary, in the order in which the rules found them.
func FieldProblems(ctx context.Context, fields models.Fields, prefix string) []components.Problem {
	all := make([]components.Problem, len(fields))
	for i, f := range fields {
		all[i] = components.Problem{Field: prefix + f.Field, Message: i18n.T(ctx, f.Key, f.Args...)}
	}
	return all
}

// textOf is the sentence of an error that a page shows in place.
func ErrorText(ctx context.Context, err error) string {
	e := asModelError(err)
	return i18n.T(ctx, e.Key, e.Args...)
}

func AsConflict(err error) (*models.Error, bool) {
	var e *models.Error
	if errors.As(err, &e) && e.Code == models.CodeConflict {
		return e, true
	}
	return nil, false
}

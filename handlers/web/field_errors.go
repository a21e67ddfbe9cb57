package web

import (
	"context"
	"errors"

	"tribemarket/internal/i18n"
	"tribemarket/models"
)

// InvalidFields gives the field errors of a form that breaks rules, so that the
// handler shows the form again.
func InvalidFields(err error) (models.Fields, bool) {
	var e *models.Error
	if errors.As(err, &e) && e.Code == models.CodeInvalid && len(e.Fields) > 0 {
		return e.Fields, true
	}
	return nil, false
}

// ErrorText is the sentence of an error that a page shows in place.
func ErrorText(ctx context.Context, err error) string {
	e := asModelError(err)
	return i18n.T(ctx, e.Key, e.Args...)
}

// AsConflict gives the error of something that has changed meanwhile.
func AsConflict(err error) (*models.Error, bool) {
	var e *models.Error
	if errors.As(err, &e) && e.Code == models.CodeConflict {
		return e, true
	}
	return nil, false
}

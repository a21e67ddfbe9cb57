package web

import (
	"context"
	"errors"

	"tribemarket/internal/i18n"
	"tribemarket/models"
)

// InvalidFields returns the field errors of an invalid form, so that the handler shows
// the form again.
func InvalidFields(err error) (models.Fields, bool) {
	var e *models.Error
	if errors.As(err, &e) && e.Code == models.CodeInvalid && len(e.Fields) > 0 {
		return e.Fields, true
	}
	return nil, false
}

// ErrorText is the text of an error that a page shows in place.
func ErrorText(ctx context.Context, err error) string {
	e := asModelError(err)
	return i18n.T(ctx, e.Key, e.Args...)
}

// AsConflict returns the error if it is a conflict: something has changed in the
// meantime.
func AsConflict(err error) (*models.Error, bool) {
	var e *models.Error
	if errors.As(err, &e) && e.Code == models.CodeConflict {
		return e, true
	}
	return nil, false
}

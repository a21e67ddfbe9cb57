package models

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Code says what kind of failure an Error is; one place, handlers/web/errors.go,
// turns it into an HTTP status.
type Code string

// The kinds of failure.
const (
	CodeNotFound    Code = "not_found"   // missing, or not the actor's to see: both look the same
	CodeForbidden   Code = "forbidden"   // visible, but not the actor's to do
	CodeSignIn      Code = "sign_in"     // requires signing in
	CodeInvalid     Code = "invalid"     // the input breaks a rule
	CodeConflict    Code = "conflict"    // the state has changed in the meantime
	CodeTooMany     Code = "too_many"    // a limit was reached
	CodeUnavailable Code = "unavailable" // an external service doesn't answer
	CodeInternal    Code = "internal"    // our fault
)

// Error is a failure that may be shown to a person: a code, a message key of
// internal/i18n with its arguments, and a cause for the log only.
type Error struct {
	Code   Code
	Key    string        // message key of the text shown to the person
	Args   []any         // name and value pairs for the text
	Fields Fields        // for CodeInvalid: what is wrong, by field
	After  time.Duration // for CodeTooMany: when to try again
	Cause  error
}

// Error is for the log, in English.
func (e *Error) Error() string {
	s := string(e.Code) + ": " + e.Key
	if len(e.Fields) > 0 {
		s += " " + e.Fields.String()
	}
	if e.Cause != nil {
		s += ": " + e.Cause.Error()
	}
	return s
}

// Unwrap returns the hidden cause.
func (e *Error) Unwrap() error { return e.Cause }

// FieldError is what is wrong with one field: a message key and its arguments.
type FieldError struct {
	Field string
	Key   string
	Args  []any
}

// Fields are field errors in the order of the form.
type Fields []FieldError

// Add reports that a field is wrong; only the first report on a field is kept.
func (f *Fields) Add(field, key string, args ...any) {
	if _, ok := f.Get(field); !ok {
		*f = append(*f, FieldError{field, key, args})
	}
}

// Get returns the error of a field, if it has one.
func (f Fields) Get(field string) (FieldError, bool) {
	for _, e := range f {
		if e.Field == field {
			return e, true
		}
	}
	return FieldError{}, false
}

// Err is nil when no field is wrong, else an Error of CodeInvalid.
func (f Fields) Err() error {
	if len(f) == 0 {
		return nil
	}
	return &Error{Code: CodeInvalid, Key: "web.error.invalid", Fields: f}
}

// String is for the log.
func (f Fields) String() string {
	parts := make([]string, len(f))
	for i, e := range f {
		parts[i] = e.Field + "=" + e.Key
	}
	return "[" + strings.Join(parts, " ") + "]"
}

// NotFound says that something doesn't exist, or not for the actor.
func NotFound() error { return &Error{Code: CodeNotFound, Key: "web.error.not_found"} }

// Forbidden says that the actor sees the thing but may not do this to it.
func Forbidden(key string, args ...any) error {
	return &Error{Code: CodeForbidden, Key: key, Args: args}
}

// SignInRequired says that the request needs a signed-in person.
func SignInRequired() error { return &Error{Code: CodeSignIn, Key: "web.error.sign_in"} }

// Conflict says that the state has changed in the meantime.
func Conflict(key string, args ...any) error {
	return &Error{Code: CodeConflict, Key: key, Args: args}
}

// Invalid says that one field breaks a rule.
func Invalid(field, key string, args ...any) error {
	return Fields{{field, key, args}}.Err()
}

// TooMany says that a limit was reached, and when to try again.
func TooMany(key string, after time.Duration) error {
	return &Error{Code: CodeTooMany, Key: key, After: after}
}

// Unavailable says that an external service doesn't answer.
func Unavailable(key string, cause error) error {
	return &Error{Code: CodeUnavailable, Key: key, Cause: cause}
}

// Starting says that a part of the instance is not ready yet, and when to try
// again.
func Starting(key string, after time.Duration) error {
	return &Error{Code: CodeUnavailable, Key: key, After: after}
}

// Internal wraps a failure of our own with what was being done.
func Internal(doing string, cause error) error {
	return &Error{Code: CodeInternal, Key: "web.error.internal", Cause: fmt.Errorf("%s: %w", doing, cause)}
}

// CodeOf returns the code of an error; CodeInternal if it carries none.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return CodeInternal
}

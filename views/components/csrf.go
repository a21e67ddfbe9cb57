package components

import "context"

type csrfKey struct{}

// CSRFName is the name of the field that carries the token.
const CSRFName = "_csrf"

// WithCSRF returns a context whose forms carry this token.
func WithCSRF(ctx context.Context, token string) context.Context {
	return context.WithValue(ctx, csrfKey{}, token)
}

// CSRF returns the token for the context's forms, "" if none was set.
func CSRF(ctx context.Context) string {
	token, _ := ctx.Value(csrfKey{}).(string)
	return token
}

type actingKey struct{}

// ActingName is the name of the field that says on whose behalf a form was filled in.
const ActingName = "_for"

// WithActing returns a context whose forms say for which brand they were filled in.
func WithActing(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, actingKey{}, id)
}

// ActingFor returns the brand of the context's forms, "" if none was set.
func ActingFor(ctx context.Context) string {
	id, _ := ctx.Value(actingKey{}).(string)
	return id
}

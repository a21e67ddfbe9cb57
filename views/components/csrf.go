package components

import "context"

type csrfKey struct{}

// CSRFName is the name of the field that carries the token.
const CSRFName = "_csrf"

// WithCSRF is a context whose forms carry this token.
func WithCSRF(ctx context.Context, token string) context.Context {
	return context.WithValue(ctx, csrfKey{}, token)
}

// CSRF is the token of the context's forms, "" if none was set.
func CSRF(ctx context.Context) string {
	token, _ := ctx.Value(csrfKey{}).(string)
	return token
}

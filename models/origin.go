package models

import "context"

// Origin says from where a request came, for the audit log and for limits.
type Origin struct {
	Address   string // the client's address, as the server's proxies settings let it be believed
	RequestID string
}

type originKey struct{}

// WithOrigin carries the origin of a request to the verbs that it calls.
func WithOrigin(ctx context.Context, o Origin) context.Context {
	return context.WithValue(ctx, originKey{}, o)
}

// OriginOf is where the request came from; zero for commands and jobs.
func OriginOf(ctx context.Context) Origin {
	o, _ := ctx.Value(originKey{}).(Origin)
	return o
}

package models

import (
	"context"
	"net/netip"
)

// Origin says from where a request came, for the audit log and for limits.
type Origin struct {
	Address   string // the client's address, as the server's proxies settings let it be believed
	RequestID string
}

// Network is the address as limits count it: IPv6 by its /64, which one
// household or machine has to itself. "" where there is no address.
func (o Origin) Network() string {
	ip, err := netip.ParseAddr(o.Address)
	if err != nil {
		return o.Address
	}
	ip = ip.WithZone("").Unmap()
	if ip.Is4() {
		return ip.String()
	}
	return netip.PrefixFrom(ip, 64).Masked().String()
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

package models

import (
	"context"
	"net/netip"
)

// Origin says where a request came from, for the audit log and for limits.
type Origin struct {
	Address   string // the client's address, according to the trusted proxies
	RequestID string
}

// Network returns the address as limits count it: IPv6 by its /64, which
// belongs to one household or machine. "" if there is no address.
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

// Networks are the address as limits count it, the smallest first: an IPv6 address by
// its /64 and by its /48, for which a limit is Limit.Wider. None if there is no address.
func (o Origin) Networks() []string {
	network := o.Network()
	if network == "" {
		return nil
	}
	ip, err := netip.ParsePrefix(network)
	if err != nil {
		return []string{network}
	}
	return []string{network, netip.PrefixFrom(ip.Addr(), 48).Masked().String()}
}

type originKey struct{}

// maxOriginText is the maximum length stored of either text: enough for an address with a
// zone, or an id of our own. The audit log cannot be shortened afterwards.
const maxOriginText = 64

// WithOrigin puts the origin of a request into its context.
func WithOrigin(ctx context.Context, o Origin) context.Context {
	o.Address, o.RequestID = o.Address[:min(len(o.Address), maxOriginText)], o.RequestID[:min(len(o.RequestID), maxOriginText)]
	return context.WithValue(ctx, originKey{}, o)
}

// OriginOf returns where the request came from; zero for commands and jobs.
func OriginOf(ctx context.Context) Origin {
	o, _ := ctx.Value(originKey{}).(Origin)
	return o
}

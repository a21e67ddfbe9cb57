// Package addresses tells public addresses of the internet from those of networks behind
// this machine, which no stranger's name may lead to.
package addresses

import (
	"errors"
	"net/netip"
	"slices"
	"syscall"
)

// nonPublicNetworks are the networks that are not public, or that lead to such: IANA's
// special-purpose registries for IPv4 and IPv6.
var nonPublicNetworks = func() []netip.Prefix {
	var all []netip.Prefix
	for _, p := range []string{
		"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
		"192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
		"::/96", "::1/128", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
		"fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
	} {
		all = append(all, netip.MustParsePrefix(p))
	}
	return all
}()

// IsPublic says whether an address is one of the public internet.
func IsPublic(ip netip.Addr) bool {
	return ip.IsValid() && ip.Zone() == "" && ip.IsGlobalUnicast() && !slices.ContainsFunc(nonPublicNetworks, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// ErrNotPublic says that a name leads to an address that is not public.
var ErrNotPublic = errors.New("not a public address")

// ControlPublic is the Control of a net.Dialer that connects to public addresses only: it
// sees the address after its name was resolved.
func ControlPublic(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	if !IsPublic(at.Addr().Unmap()) {
		return ErrNotPublic
	}
	return nil
}

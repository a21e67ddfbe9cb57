// Package domains looks for a code that proves who owns a domain: in its DNS, or in a
// file on its site. The domain was typed in by a stranger, so requests must not reach
// internal addresses.
package domains

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"tribemarket/internal/addresses"
)

// The places in which a code can be found.
const (
	MethodDNS  = "dns"
	MethodFile = "file"
)

// Limits of one attempt.
const (
	lookupTimeout = 5 * time.Second
	maxFileBytes  = 64 << 10
	maxRedirects  = 3
)

// DomainProver looks for a text at a domain and says how it was found. It returns
// ErrProofNotFound if the text is not there or the domain cannot be reached.
type DomainProver interface {
	Prove(ctx context.Context, domain, text string) (method string, err error)
}

// ErrProofNotFound says that the text was not found.
var ErrProofNotFound = errors.New("the code was not found")

// DNSResolver queries DNS; *net.Resolver is one.
type DNSResolver interface {
	LookupTXT(ctx context.Context, name string) ([]string, error)
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// InternetProver is the DomainProver for the real internet.
type InternetProver struct {
	resolver DNSResolver
	path     string // of the file on the site
	allowed  func(netip.Addr) bool
	port     string
	tls      *tls.Config
}

// NewInternetProver returns a DomainProver with a resolver, for files at this path.
func NewInternetProver(r DNSResolver, path string) *InternetProver {
	return &InternetProver{resolver: r, path: path, allowed: addresses.IsPublic, port: "443"}
}

// Prove looks in the domain's TXT records, and then in the file.
func (n *InternetProver) Prove(ctx context.Context, domain, text string) (string, error) {
	dns, cancel := context.WithTimeout(ctx, lookupTimeout)
	defer cancel()
	records, dnsErr := n.resolver.LookupTXT(dns, domain+".")
	if slices.ContainsFunc(records, func(r string) bool { return strings.TrimSpace(r) == text }) {
		return MethodDNS, nil
	}
	body, fileErr := n.fetchProofFile(ctx, domain)
	for line := range strings.Lines(body) {
		if strings.TrimSpace(line) == text {
			return MethodFile, nil
		}
	}
	return "", errors.Join(ErrProofNotFound, dnsErr, fileErr)
}

// fetchProofFile reads the file over HTTPS. Redirects must stay on the host.
func (n *InternetProver) fetchProofFile(ctx context.Context, domain string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, lookupTimeout)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://"+domain+n.path, nil)
	if err != nil {
		return "", err
	}
	transport := &http.Transport{
		DialContext: n.dialPublicAddress, TLSClientConfig: n.tls, DisableKeepAlives: true, ForceAttemptHTTP2: true,
		TLSHandshakeTimeout: lookupTimeout, ResponseHeaderTimeout: lookupTimeout, MaxResponseHeaderBytes: 16 << 10,
	}
	client := &http.Client{Transport: transport, Timeout: lookupTimeout, CheckRedirect: func(next *http.Request, via []*http.Request) error {
		if next.URL.Scheme != "https" || next.URL.Host != domain || len(via) > maxRedirects {
			return fmt.Errorf("the site redirects elsewhere: %s", next.URL.Redacted())
		}
		return nil
	}}
	res, err := client.Do(r)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return "", fmt.Errorf("the site answered %d", res.StatusCode)
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, maxFileBytes))
	return string(body), err
}

// dialPublicAddress resolves and checks the address itself before connecting, so that a
// second DNS answer cannot lead elsewhere.
func (n *InternetProver) dialPublicAddress(ctx context.Context, _, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	if port != "443" {
		return nil, fmt.Errorf("port %s is not allowed", port)
	}
	found, err := n.resolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return nil, err
	}
	var dialer net.Dialer
	err = errors.New("no address")
	for _, ip := range found {
		if ip = ip.Unmap(); !n.allowed(ip) {
			return nil, fmt.Errorf("%s is not a public address", ip)
		}
		var c net.Conn
		if c, err = dialer.DialContext(ctx, "tcp", net.JoinHostPort(ip.String(), n.port)); err == nil {
			return c, nil
		}
	}
	return nil, err
}

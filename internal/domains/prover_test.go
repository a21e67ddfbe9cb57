package domains

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tribemarket/internal/addresses"
)

const (
	text = "tribemarket=abc"
	path = "/.well-known/tribemarket.txt"
)

// zone answers every name alike.
type zone struct {
	txt []string
	ips []string
}

func (z zone) LookupTXT(context.Context, string) ([]string, error) { return z.txt, nil }

func (z zone) LookupNetIP(context.Context, string, string) ([]netip.Addr, error) {
	var all []netip.Addr
	for _, ip := range z.ips {
		all = append(all, netip.MustParseAddr(ip))
	}
	return all, nil
}

func TestACodeInDNSIsEnough(t *testing.T) {
	t.Parallel()
	method, err := NewInternetProver(zone{txt: []string{"v=spf1 -all", " " + text + " "}}, path).Prove(t.Context(), "pans.example", text)
	if method != MethodDNS || err != nil {
		t.Errorf("%q %v", method, err)
	}
}

// A name that leads inside is not connected to, whatever address it gives.
func TestNothingInsideIsReached(t *testing.T) {
	t.Parallel()
	var reached atomic.Int64
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			reached.Add(1)
			_ = c.Close()
		}
	}()
	_, port, _ := net.SplitHostPort(ln.Addr().String())
	for _, ips := range [][]string{{"127.0.0.1"}, {"::ffff:127.0.0.1"}, {"::1"}, {"0.0.0.0"}, {"10.1.2.3"}, {"172.20.0.1"}, {"192.168.1.1"}, {"169.254.169.254"},
		{"100.64.0.1"}, {"fe80::1"}, {"fd00::1"}, {"64:ff9b::7f00:1"}, {"2002:7f00:1::"}, {"::127.0.0.1"}, {"224.0.0.1"}, {"255.255.255.255"}} {
		n := NewInternetProver(zone{ips: ips}, path)
		n.port = port
		method, err := n.Prove(t.Context(), "pans.example", text)
		if method != "" || !errors.Is(err, ErrProofNotFound) || !strings.Contains(err.Error(), "not a public address") {
			t.Errorf("%v: %q %v", ips, method, err)
		}
	}
	if n := reached.Load(); n != 0 {
		t.Errorf("the inside was reached %d times", n)
	}
	for _, ip := range []string{"93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"} {
		if !addresses.IsPublic(netip.MustParseAddr(ip)) {
			t.Errorf("%s is public", ip)
		}
	}
}

// outside serves a site and gives a Prover that takes loopback for the internet.
func outside(t *testing.T, h http.HandlerFunc) *InternetProver {
	t.Helper()
	s := httptest.NewTLSServer(h)
	t.Cleanup(s.Close)
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	_, port, _ := net.SplitHostPort(s.Listener.Addr().String())
	return &InternetProver{
		resolver: zone{ips: []string{"127.0.0.1"}}, path: path, allowed: func(netip.Addr) bool { return true }, port: port,
		tls: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
	}
}

// The certificate of httptest is for example.com.
const site = "example.com"

func TestTheFileIsReadWithBounds(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		serve http.HandlerFunc
		want  string
	}{
		"there": {func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == path && r.Host == site {
				_, _ = w.Write([]byte("other=1\r\n" + text + "\r\n"))
			}
		}, MethodFile},
		"another code":    {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(text + "x")) }, ""},
		"an error's page": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404); _, _ = w.Write([]byte(text)) }, ""},
		"behind 64 KiB": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte(strings.Repeat("x\n", maxFileBytes/2)))
			_, _ = w.Write([]byte(text))
		}, ""},
		"on the same host": {func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/moved" {
				_, _ = w.Write([]byte(text))
				return
			}
			http.Redirect(w, r, "/moved", http.StatusFound)
		}, MethodFile},
		"at another host": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://other.example/", http.StatusFound)
		}, ""},
		"on another port": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://"+site+":8443/", http.StatusFound)
		}, ""},
		"without https": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://"+site+"/", http.StatusFound)
		}, ""},
		"in a circle": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) }, ""},
	} {
		got, err := outside(t, c.serve).Prove(t.Context(), site, text)
		if got != c.want || (c.want == "") != errors.Is(err, ErrProofNotFound) {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
}

func TestASlowSiteIsGivenUp(t *testing.T) {
	t.Parallel()
	n := outside(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, err := n.Prove(ctx, site, text); !errors.Is(err, ErrProofNotFound) || !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

func TestOnlyTheSitesOwnCertificateCounts(t *testing.T) {
	t.Parallel()
	n := outside(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(text)) })
	if method, err := n.Prove(t.Context(), "pans.test", text); method != "" || !errors.Is(err, ErrProofNotFound) {
		t.Errorf("%q %v", method, err)
	}
}

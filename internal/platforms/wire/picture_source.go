package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"tribemarket/internal/addresses"
)

// maxPictureBytes is far more than a thumbnail needs.
const maxPictureBytes = 4 << 20

// longestPictureURL is longer than the signed addresses of any platform.
const longestPictureURL = 2000

// PictureSource is where a platform keeps pictures: nothing is read from anywhere else.
type PictureSource struct {
	hosts   []string // such as "i.ytimg.com", or "*.fbcdn.net" for all below
	standIn string   // the origin of what stands in for the platform, which may be on this machine
	http    http.Client
}

// ErrForeignPicture says that an address is none of the platform's.
var ErrForeignPicture = errors.New("a picture elsewhere than at its platform")

// NewPictureSource returns the source of a platform's pictures: its hosts, reached by https
// at public addresses, or, if there is one, the origin of its stand-in. Redirects are never
// followed.
func NewPictureSource(standIn string, timeout time.Duration, hosts ...string) PictureSource {
	dialer := net.Dialer{Timeout: DefaultTimeout, Control: addresses.ControlPublic}
	if standIn != "" {
		hosts, dialer.Control = nil, nil
	}
	if timeout <= 0 {
		timeout = DefaultTimeout
	}
	return PictureSource{hosts: hosts, standIn: standIn, http: http.Client{
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport:     &http.Transport{DialContext: dialer.DialContext, ForceAttemptHTTP2: true, TLSHandshakeTimeout: timeout, IdleConnTimeout: time.Minute, MaxResponseHeaderBytes: 16 << 10},
	}}
}

// Accept gives the address if it is one of the source's, "" for any other.
func (s PictureSource) Accept(address string) string {
	u, err := url.Parse(address)
	if err != nil || len(address) > longestPictureURL || u.User != nil || u.Opaque != "" {
		return ""
	}
	if s.standIn != "" && u.Scheme+"://"+u.Host == s.standIn {
		return address
	}
	if u.Scheme != "https" {
		return ""
	}
	for _, host := range s.hosts {
		below, isPattern := strings.CutPrefix(host, "*")
		if u.Host == host || isPattern && strings.HasSuffix(u.Host, below) && len(u.Host) > len(below) {
			return address
		}
	}
	return ""
}

// ReadPicture reads what is at one of the source's addresses.
func (s PictureSource) ReadPicture(ctx context.Context, address string) ([]byte, error) {
	if s.Accept(address) == "" {
		return nil, ErrForeignPicture
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, errors.New("a picture with an invalid address")
	}
	res, err := s.http.Do(r)
	if err != nil {
		return nil, withoutURL(err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("a picture answered with status %d", res.StatusCode)
	}
	b, err := io.ReadAll(io.LimitReader(res.Body, maxPictureBytes+1))
	switch {
	case err != nil:
		return nil, withoutURL(err)
	case len(b) > maxPictureBytes:
		return nil, errors.New("a picture of more than 4 MiB")
	}
	return b, nil
}

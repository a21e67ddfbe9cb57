package wire

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"tribemarket/models/creators"
)

// MaxBodyBytes is far more than any legitimate response needs, in bytes.
const MaxBodyBytes = 1 << 20

// DefaultTimeout is how long a call, or a whole reading, may take.
const DefaultTimeout = 10 * time.Second

// Client calls one platform.
type Client struct {
	platform string
	http     http.Client
	timeout  time.Duration
}

// NewClient returns a client for a platform over from's transport. Redirects are never
// followed, since the token would be sent along.
func NewClient(platform string, from *http.Client, timeout time.Duration) Client {
	c := Client{platform: platform, timeout: timeout}
	if from != nil {
		c.http = *from
	}
	if c.timeout <= 0 {
		c.timeout = DefaultTimeout
	}
	c.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return c
}

// WithTimeout returns a context limited to the client's timeout.
func (c Client) WithTimeout(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, c.timeout)
}

// PostForm posts a form and decodes the response's JSON into into.
func (c Client) PostForm(ctx context.Context, what, address string, form url.Values, into any) (status int, err error) {
	header := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	return c.CallJSON(ctx, what, http.MethodPost, address, header, []byte(form.Encode()), into)
}

// GetJSON requests a URL with a query and decodes the response's JSON into into.
func (c Client) GetJSON(ctx context.Context, what, address string, query url.Values, header http.Header, into any) (status int, err error) {
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	return c.CallJSON(ctx, what, http.MethodGet, address, header, nil, into)
}

// CallJSON sends a request and decodes its JSON, whatever the status: several platforms
// report a failure only in the body. A response with status 200 and no body is accepted,
// and leaves into unchanged.
func (c Client) CallJSON(ctx context.Context, what, method, address string, header http.Header, content []byte, into any) (status int, err error) {
	ctx, cancel := c.WithTimeout(ctx)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(content))
	if err != nil {
		// The URL may contain a secret in its query, so no part of it is reported.
		return 0, fmt.Errorf("%s %s: %w: invalid URL", c.platform, what, creators.ErrPlatformSetup)
	}
	for name, values := range header {
		req.Header[name] = values
	}
	res, err := c.http.Do(req)
	if err != nil {
		return 0, c.UnreadableError(what, withoutURL(err))
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(res.Body, MaxBodyBytes+1))
	if err == nil && len(body) > MaxBodyBytes {
		err = errors.New("more than 1 MiB")
	}
	if err == nil && len(bytes.TrimSpace(body)) == 0 && res.StatusCode == http.StatusOK {
		return res.StatusCode, nil
	}
	if err == nil {
		err = json.Unmarshal(body, into)
	}
	if err != nil {
		return res.StatusCode, c.unreadableBodyError(what, res.StatusCode, err)
	}
	return res.StatusCode, nil
}

// unreadableBodyError is a response that is not JSON: its status is still meaningful.
func (c Client) unreadableBodyError(what string, status int, cause error) error {
	if status == http.StatusUnauthorized {
		return fmt.Errorf("%s %s: status 401: %w: %w", c.platform, what, creators.ErrReconnect, cause)
	}
	return c.UnreadableError(what, fmt.Errorf("status %d: %w", status, cause))
}

// withoutURL removes the URL from an error, since its query may contain a token.
func withoutURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return fmt.Errorf("%s: %w", strings.ToUpper(u.Op), u.Err)
	}
	return err
}

// UnreadableError is a response that did not arrive, or that cannot be read.
func (c Client) UnreadableError(what string, cause error) error {
	return fmt.Errorf("%s %s: %w: %w", c.platform, what, creators.ErrPlatformBusy, cause)
}

// IncompleteError is a response that could be read and lacks what it must contain.
func (c Client) IncompleteError(what string, status int) error {
	return c.UnreadableError(what, fmt.Errorf("status %d without what was asked for, and without an error", status))
}

// PlatformFailure is a failure in the platform's own words.
type PlatformFailure struct {
	Code, Message, Log string // Log is what the platform's support can find it by
	Status             int
}

// RefusedError is a failure reported by the platform; kind is one of the errors of
// package creators.
func (c Client) RefusedError(what string, f PlatformFailure, kind error) error {
	return fmt.Errorf("%s %s: %.60q %.200q (log %.60q, status %d): %w", c.platform, what, f.Code, f.Message, f.Log, f.Status, kind)
}

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

// MaxBodyBytes is far more than any honest answer takes, in bytes.
const MaxBodyBytes = 1 << 20

// DefaultTimeout is how long a call, or a whole reading, may take.
const DefaultTimeout = 10 * time.Second

// Client calls one platform.
type Client struct {
	platform string
	http     http.Client
	timeout  time.Duration
}

// NewClient calls a platform over from's transport. Redirects are never
// followed, since a token would go with them.
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

// WithTimeout limits what is done with the context to the client's time.
func (c Client) WithTimeout(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, c.timeout)
}

// PostForm posts a form and reads the JSON of the answer into into.
func (c Client) PostForm(ctx context.Context, what, address string, form url.Values, into any) (status int, err error) {
	header := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	return c.CallJSON(ctx, what, http.MethodPost, address, header, []byte(form.Encode()), into)
}

// GetJSON asks an address with a query and reads the JSON of the answer into into.
func (c Client) GetJSON(ctx context.Context, what, address string, query url.Values, header http.Header, into any) (status int, err error) {
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	return c.CallJSON(ctx, what, http.MethodGet, address, header, nil, into)
}

// CallJSON sends a request and reads its JSON, whatever the status: several
// platforms name a failure in the body alone. An answer with status 200 and no
// body is one too, and leaves into as it is.
func (c Client) CallJSON(ctx context.Context, what, method, address string, header http.Header, content []byte, into any) (status int, err error) {
	ctx, cancel := c.WithTimeout(ctx)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(content))
	if err != nil {
		// The address may hold a secret in its query: its parts are not told.
		return 0, fmt.Errorf("%s %s: %w: the address is none", c.platform, what, creators.ErrPlatformSetup)
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

// unreadableBodyError is an answer that is no JSON: its status still says something.
func (c Client) unreadableBodyError(what string, status int, cause error) error {
	if status == http.StatusUnauthorized {
		return fmt.Errorf("%s %s: status 401: %w: %w", c.platform, what, creators.ErrReconnect, cause)
	}
	return c.UnreadableError(what, fmt.Errorf("status %d: %w", status, cause))
}

// withoutURL takes the address out of an error, whose query can hold a token.
func withoutURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return fmt.Errorf("%s: %w", strings.ToUpper(u.Op), u.Err)
	}
	return err
}

// UnreadableError is an answer that did not come, or that cannot be read.
func (c Client) UnreadableError(what string, cause error) error {
	return fmt.Errorf("%s %s: %w: %w", c.platform, what, creators.ErrPlatformBusy, cause)
}

// IncompleteError is an answer that could be read and does not hold what it has to.
func (c Client) IncompleteError(what string, status int) error {
	return c.UnreadableError(what, fmt.Errorf("status %d without what was asked for, and without an error", status))
}

// PlatformFailure is a failure in the platform's own words.
type PlatformFailure struct {
	Code, Message, Log string // Log is what the platform's support can find it by
	Status             int
}

// RefusedError is a failure that the platform names; kind is one of creators.Err*.
func (c Client) RefusedError(what string, f PlatformFailure, kind error) error {
	return fmt.Errorf("%s %s: %.60q %.200q (log %.60q, status %d): %w", c.platform, what, f.Code, f.Message, f.Log, f.Status, kind)
}

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

// MaxBody is far more than any honest answer takes, in bytes.
const MaxBody = 1 << 20

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

// Within limits what is done with the context to the client's time.
func (c Client) Within(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, c.timeout)
}

// Form posts a form and reads the JSON of the answer into into.
func (c Client) Form(ctx context.Context, what, address string, form url.Values, into any) (status int, err error) {
	header := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	return c.Call(ctx, what, http.MethodPost, address, header, []byte(form.Encode()), into)
}

// Get asks an address with a query and reads the JSON of the answer into into.
func (c Client) Get(ctx context.Context, what, address string, query url.Values, header http.Header, into any) (status int, err error) {
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	return c.Call(ctx, what, http.MethodGet, address, header, nil, into)
}

// Call sends a request and reads its JSON, whatever the status: several
// platforms name a failure in the body alone. An answer with status 200 and no
// body is one too, and leaves into as it is.
func (c Client) Call(ctx context.Context, what, method, address string, header http.Header, content []byte, into any) (status int, err error) {
	ctx, cancel := c.Within(ctx)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(content))
	if err != nil {
		// The address may hold a secret in its query: its parts are not told.
		return 0, fmt.Errorf("%s %s: %w: the address is none", c.platform, what, creators.ErrSetup)
	}
	for name, values := range header {
		req.Header[name] = values
	}
	res, err := c.http.Do(req)
	if err != nil {
		return 0, c.Garbled(what, withoutAddress(err))
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(res.Body, MaxBody+1))
	if err == nil && len(body) > MaxBody {
		err = errors.New("more than 1 MiB")
	}
	if err == nil && len(bytes.TrimSpace(body)) == 0 && res.StatusCode == http.StatusOK {
		return res.StatusCode, nil
	}
	if err == nil {
		err = json.Unmarshal(body, into)
	}
	if err != nil {
		return res.StatusCode, c.unread(what, res.StatusCode, err)
	}
	return res.StatusCode, nil
}

// unread is an answer that is no JSON: its status still says something.
func (c Client) unread(what string, status int, cause error) error {
	if status == http.StatusUnauthorized {
		return fmt.Errorf("%s %s: status 401: %w: %w", c.platform, what, creators.ErrReconnect, cause)
	}
	return c.Garbled(what, fmt.Errorf("status %d: %w", status, cause))
}

// withoutAddress takes the address out of an error, whose query can hold a token.
func withoutAddress(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return fmt.Errorf("%s: %w", strings.ToUpper(u.Op), u.Err)
	}
	return err
}

// Garbled is an answer that did not come, or that cannot be read.
func (c Client) Garbled(what string, cause error) error {
	return fmt.Errorf("%s %s: %w: %w", c.platform, what, creators.ErrBusy, cause)
}

// Odd is an answer that could be read and does not hold what it has to.
func (c Client) Odd(what string, status int) error {
	return c.Garbled(what, fmt.Errorf("status %d without what was asked for, and without an error", status))
}

// Failure is a failure in the platform's own words.
type Failure struct {
	Code, Message, Log string // Log is what the platform's support can find it by
	Status             int
}

// Refused is a failure that the platform names; kind is one of creators.Err*.
func (c Client) Refused(what string, f Failure, kind error) error {
	return fmt.Errorf("%s %s: %.60q %.200q (log %.60q, status %d): %w", c.platform, what, f.Code, f.Message, f.Log, f.Status, kind)
}

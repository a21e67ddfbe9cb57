package instance

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"

	"tribemarket/internal/testkit/apptest"
)

// Client is a person's browser: it keeps cookies and sends forms.
type Client struct {
	Base    string
	Address string // sent as X-Forwarded-For, "" for none

	RequestID string // sent as X-Request-Id, likewise

	http *http.Client
}

// Answer is a response that was read to its end.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
	Took   time.Duration
	URL    *url.URL
}

// NewClient returns a browser that does not follow redirects.
func NewClient(base string) *Client {
	jar, _ := cookiejar.New(nil) // fails with options only
	c := &Client{Base: base, http: &http.Client{Jar: jar, Timeout: 60 * time.Second}}
	c.FollowRedirects(false)
	return c
}

// FollowRedirects says whether redirects are followed.
func (c *Client) FollowRedirects(follow bool) {
	c.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	if follow {
		c.http.CheckRedirect = nil
	}
}

// Get asks for a path.
func (c *Client) Get(path string) (Answer, error) {
	r, err := http.NewRequest(http.MethodGet, c.absolute(path), nil)
	if err != nil {
		return Answer{}, err
	}
	return c.Do(r)
}

// Post sends a form, with the token against forms of other sites.
func (c *Client) Post(path string, form url.Values) (Answer, error) {
	const token = "0123456789abcdef0123456789abcdef"
	at, err := url.Parse(c.absolute(path))
	if err != nil {
		return Answer{}, err
	}
	c.http.Jar.SetCookies(at, []*http.Cookie{{Name: "csrf", Value: token, Path: "/"}})
	form.Set("_csrf", token)
	r, err := http.NewRequest(http.MethodPost, at.String(), strings.NewReader(form.Encode()))
	if err != nil {
		return Answer{}, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.Do(r)
}

func (c *Client) absolute(path string) string {
	if strings.HasPrefix(path, "/") {
		return c.Base + path
	}
	return path
}

// Do sends a request and reads the whole response.
func (c *Client) Do(r *http.Request) (Answer, error) {
	if c.Address != "" {
		r.Header.Set("X-Forwarded-For", c.Address)
	}
	if c.RequestID != "" {
		r.Header.Set("X-Request-Id", c.RequestID)
	}
	began := time.Now()
	res, err := c.http.Do(r)
	if err != nil {
		return Answer{}, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return Answer{res.StatusCode, res.Header, body, time.Since(began), res.Request.URL}, err
}

// SignIn signs in with a password, and comes again where the site asks for that.
func (c *Client) SignIn(email, password string) error {
	form := url.Values{"email": {email}, "password": {password}}
	a, err := c.Post("/signin", form)
	for tries := 0; err == nil && a.Status == http.StatusServiceUnavailable && tries < 10; tries++ {
		time.Sleep(time.Second)
		a, err = c.Post("/signin", form)
	}
	if err == nil && a.Status != http.StatusSeeOther {
		err = fmt.Errorf("signing in as %s answers %d", email, a.Status)
	}
	return err
}

// SignInWithTikTok signs in as an account of the sandbox.
func (c *Client) SignInWithTikTok(openID string) error {
	c.FollowRedirects(true)
	defer c.FollowRedirects(false)
	a, err := c.Post("/auth/tiktok", url.Values{})
	if err != nil {
		return err
	}
	page, err := goquery.NewDocumentFromReader(strings.NewReader(string(a.Body)))
	if err != nil {
		return err
	}
	form := page.Find("form[method=post]").First()
	consent := apptest.FormValues(form)
	consent.Set("account", openID)
	action, err := a.URL.Parse(form.AttrOr("action", ""))
	if err != nil {
		return err
	}
	a, err = c.Post(action.String(), consent)
	if err == nil && (a.Status != http.StatusOK || !strings.HasPrefix(a.URL.String(), c.Base)) {
		err = fmt.Errorf("signing in with TikTok leads to %d %s", a.Status, a.URL)
	}
	return err
}

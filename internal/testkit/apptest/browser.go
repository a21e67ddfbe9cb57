package apptest

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tribemarket/models/platform"
)

// Browser keeps cookies, follows redirects and sends forms, without JavaScript.
type Browser struct {
	t      testing.TB
	app    *App
	client *http.Client
	// Language is sent as Accept-Language; English unless set.
	Language string
}

// NewBrowser returns a new browser in which nobody has signed in.
func (a *App) NewBrowser(t testing.TB) *Browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &Browser{t: t, app: a, client: &http.Client{Jar: jar}, Language: "en"}
}

// SignedInBrand returns a browser in which a member of a brand created by SignUpBrand has
// signed in.
func (a *App) SignedInBrand(t testing.TB, name string) *Browser {
	t.Helper()
	b := a.NewBrowser(t)
	page := b.Get("/signin")
	if p := page.Submit("form[action='/signin']", url.Values{"email": {BrandEmail(name)}, "password": {Password}}); p.Path != "/dashboard" {
		t.Fatalf("sign-in led to %d %s", p.Status, p.Path)
	}
	return b
}

// SignedInCreator returns a browser in which a sandbox account has signed in, through
// OAuth and the sandbox's consent page.
func (a *App) SignedInCreator(t testing.TB, handle string) *Browser {
	t.Helper()
	b := a.NewBrowser(t)
	if p := b.SignInWithTikTok(handle); p.Status != http.StatusOK || p.Host != strings.TrimPrefix(a.URL, "http://") {
		t.Fatalf("sign-in of @%s led to %d %s", handle, p.Status, p.Path)
	}
	return b
}

// ProveByCode has a person with a confirmed address and no password prove who they are by a
// mailed code, before they sign the contract at a path.
func (b *Browser) ProveByCode(contract string) {
	b.t.Helper()
	sent := b.Get("/confirm-identity?"+url.Values{"next": {contract}}.Encode()).Submit("form[action='/confirm-identity/code']", nil)
	var code string
	Must(b.t, b.app.DB.Read(context.Background()).Raw("SELECT args->>'code' FROM river_job WHERE kind = 'accounts.identity_code' ORDER BY id DESC LIMIT 1").Scan(&code).Error)
	if p := sent.Submit("#identity-code", url.Values{"code": {code}}); p.Path != contract {
		b.t.Fatalf("the code led to %d %s: %s", p.Status, p.Path, p.Find("main").Text())
	}
}

// SignInWithTikTok signs in with TikTok up to the response to the callback.
func (b *Browser) SignInWithTikTok(handle string) *Page {
	b.t.Helper()
	return b.SignInWithPlatform(platform.TikTok, handle)
}

// SignInWithPlatform signs in with a platform up to the response to the callback.
func (b *Browser) SignInWithPlatform(platform, handle string) *Page {
	b.t.Helper()
	return b.Get("/signin").Submit("form[action='/auth/"+platform+"']", nil).AllowAccount(platform, handle)
}

// AllowAccount chooses an account on the platform's consent page, which this page is.
func (p *Page) AllowAccount(platform, handle string) *Page {
	p.browser.t.Helper()
	acc, ok := p.browser.app.Sandbox.AccountOn(platform, handle)
	if !ok {
		p.browser.t.Fatalf("the sandbox has no @%s on %s", handle, platform)
	}
	return p.Submit("form[method=post]", url.Values{"account": {acc.OpenID}})
}

// Page is a response.
type Page struct {
	*goquery.Document
	Status     int
	Host, Path string // where the browser is after redirects
	Header     http.Header
	Body       string

	browser *Browser
	url     *url.URL
}

// Address is the path with its query.
func (p *Page) Address() string { return p.url.RequestURI() }

// Get opens a path of the marketplace.
func (b *Browser) Get(path string) *Page {
	b.t.Helper()
	r, err := http.NewRequest(http.MethodGet, b.app.URL+path, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.Do(r)
}

// Do sends a request as this browser.
func (b *Browser) Do(r *http.Request) *Page {
	b.t.Helper()
	if r.Header.Get("Accept-Language") == "" {
		r.Header.Set("Accept-Language", b.Language)
	}
	res, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(body)))
	if err != nil {
		b.t.Fatal(err)
	}
	u := res.Request.URL
	return &Page{doc, res.StatusCode, u.Host, u.Path, res.Header, string(body), b, u}
}

// Submit sends the first form matching the selector, with its own values and the given
// ones; a given value replaces the form's own.
func (p *Page) Submit(selector string, values url.Values) *Page {
	p.browser.t.Helper()
	form := p.Find(selector).First()
	if form.Length() == 0 {
		p.browser.t.Fatalf("no %s on %d %s:\n%.3000s", selector, p.Status, p.Path, p.Text())
	}
	filled := FormValues(form)
	for k, v := range values {
		filled[k] = v
	}
	action, err := p.url.Parse(form.AttrOr("action", ""))
	if err != nil {
		p.browser.t.Fatal(err)
	}
	if strings.EqualFold(form.AttrOr("method", "get"), "get") {
		action.RawQuery = filled.Encode()
		r, _ := http.NewRequest(http.MethodGet, action.String(), nil)
		return p.browser.Do(r)
	}
	r, _ := http.NewRequest(http.MethodPost, action.String(), strings.NewReader(filled.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Referer", p.url.String())
	return p.browser.Do(r)
}

// SubmitFile is Submit for a form with a file.
func (p *Page) SubmitFile(selector string, values url.Values, field, name, content string) *Page {
	p.browser.t.Helper()
	form := p.Find(selector).First()
	if form.Length() == 0 {
		p.browser.t.Fatalf("no %s on %d %s", selector, p.Status, p.Path)
	}
	filled := FormValues(form)
	filled.Del(field)
	for k, v := range values {
		filled[k] = v
	}
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for k, all := range filled {
		for _, v := range all {
			Must(p.browser.t, w.WriteField(k, v))
		}
	}
	part, err := w.CreateFormFile(field, name)
	Must(p.browser.t, err)
	_, err = part.Write([]byte(content))
	Must(p.browser.t, err)
	Must(p.browser.t, w.Close())
	action, err := p.url.Parse(form.AttrOr("action", ""))
	Must(p.browser.t, err)
	r, err := http.NewRequest(http.MethodPost, action.String(), &body)
	Must(p.browser.t, err)
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Referer", p.url.String())
	return p.browser.Do(r)
}

// FormValues is what a browser would send for a form, without any button.
func FormValues(form *goquery.Selection) url.Values {
	v := url.Values{}
	form.Find("input[name], textarea[name], select[name]").Each(func(_ int, s *goquery.Selection) {
		name := s.AttrOr("name", "")
		switch {
		case s.Is("[type=checkbox], [type=radio]"):
			if s.Is("[checked]") {
				v.Add(name, s.AttrOr("value", "on"))
			}
		case s.Is("[type=submit], [type=button]"):
		case s.Is("textarea"):
			v.Add(name, strings.TrimPrefix(s.Text(), "\n"))
		case s.Is("select"):
			chosen := s.Find("option[selected]")
			if chosen.Length() == 0 {
				chosen = s.Find("option").First()
			}
			chosen.Each(func(_ int, o *goquery.Selection) { v.Add(name, o.AttrOr("value", o.Text())) })
		default:
			v.Add(name, s.AttrOr("value", ""))
		}
	})
	return v
}

// Post sends values to a path with the page's CSRF token, for forms that the page does
// not show.
func (p *Page) Post(path string, values url.Values) *Page {
	p.browser.t.Helper()
	body := url.Values{"_csrf": {p.Find("input[name=_csrf]").First().AttrOr("value", "")}}
	for k, v := range values {
		body[k] = v
	}
	r, _ := http.NewRequest(http.MethodPost, p.browser.app.URL+path, strings.NewReader(body.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Referer", p.url.String())
	return p.browser.Do(r)
}

// HasTexts says whether the page's text contains all of these, ignoring differences in
// white space.
func (p *Page) HasTexts(texts ...string) bool {
	all := strings.Join(strings.Fields(p.Find("body").Text()), " ")
	for _, t := range texts {
		if !strings.Contains(all, t) {
			return false
		}
	}
	return true
}

// StopAtCallback keeps the browser from following the platform's redirect back, so that a
// test can inspect it.
func (b *Browser) StopAtCallback() {
	b.client.CheckRedirect = func(r *http.Request, _ []*http.Request) error {
		if strings.HasSuffix(r.URL.Path, "/callback") {
			return http.ErrUseLastResponse
		}
		return nil
	}
}

// FollowRedirects undoes StopAtCallback.
func (b *Browser) FollowRedirects() { b.client.CheckRedirect = nil }

// Cookie is the value of one of the marketplace's cookies.
func (b *Browser) Cookie(name string) string {
	u, _ := url.Parse(b.app.URL)
	for _, c := range b.client.Jar.Cookies(u) {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

// SetCookie gives the browser one of the marketplace's cookies.
func (b *Browser) SetCookie(name, value string) {
	u, _ := url.Parse(b.app.URL)
	b.client.Jar.SetCookies(u, []*http.Cookie{{Name: name, Value: value, Path: "/"}})
}

// Cookies are the browser's cookies of the marketplace, as a header.
func (p *Page) Cookies() string {
	u, _ := url.Parse(p.browser.app.URL)
	var all []string
	for _, c := range p.browser.client.Jar.Cookies(u) {
		all = append(all, c.Name+"="+c.Value)
	}
	return strings.Join(all, "; ")
}

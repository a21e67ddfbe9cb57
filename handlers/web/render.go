package web

import (
	"bytes"
	"net/http"
	"net/url"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"tribemarket/models"
	"tribemarket/views/layouts"
)

// view is one answer: a page, and the piece of it that htmx may ask for alone.
type Page struct {
	Status   int // 200 unless set
	Title    string
	Head     layouts.Head    // more of the page's head than its title
	Nav      string          // the item of the masthead that is "here"
	Body     templ.Component // within the page's frame
	Fragment templ.Component // the same piece that Body includes; nil if the page has none
	Address  string          // with a Fragment: the address that the browser shows for it
}

// render writes the page, or its fragment when htmx asks for a part of the
// page. This is the one file that knows htmx. It renders into a buffer first,
// so that a failure is an error page and never half of one.
func (b *Base) Render(c echo.Context, v Page) error {
	if v.Status == 0 {
		v.Status = http.StatusOK
	}
	r := c.Request()
	shell, err := b.frame(c, v.Nav)
	if err != nil {
		return err
	}
	ctx := layouts.WithShell(r.Context(), shell)
	var buf bytes.Buffer
	v.Head.Title = layouts.Title(ctx, v.Title, v.Status == http.StatusUnprocessableEntity)
	if v.Fragment != nil && wantsFragment(r) {
		err = layouts.Fragment(v.Head.Title, v.Fragment).Render(ctx, &buf)
		if v.Address != "" {
			c.Response().Header().Set(historyHeader(r, v.Address), v.Address)
		}
	} else {
		err = layouts.PageWith(v.Head).Render(templ.WithChildren(ctx, v.Body), &buf)
	}
	if err != nil {
		return models.Internal("render "+v.Title, err)
	}
	c.Response().Header().Add("Vary", "HX-Request, HX-Request-Type")
	return c.HTMLBlob(v.Status, buf.Bytes())
}

// wantsFragment says whether htmx asks for a part: a boosted link and a
// restored history entry want the whole page.
func wantsFragment(r *http.Request) bool {
	return r.Header.Get("HX-Request") == "true" && r.Header.Get("HX-Request-Type") == "partial" &&
		r.Header.Get("HX-Boosted") == "" && r.Header.Get("HX-History-Restore-Request") == ""
}

// historyHeader says whether the address is a new step in the browser's
// history: not where it is the one that the browser shows already.
func historyHeader(r *http.Request, address string) string {
	shown, err := url.Parse(r.Header.Get("HX-Current-URL"))
	if err == nil && shown.RequestURI() == address {
		return "HX-Replace-Url"
	}
	return "HX-Push-Url"
}

// seeOther sends the browser on after a form.
func SeeOther(c echo.Context, path string) error { return c.Redirect(http.StatusSeeOther, path) }

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

// Page is one response: a page, and the part of it that htmx may request alone.
type Page struct {
	Status   int // 200 unless set
	Title    string
	Head     layouts.Head    // the page's metadata besides its title
	Nav      string          // the current item of the masthead
	Body     templ.Component // within the page's frame
	Fragment templ.Component // the component that Body includes too; nil if the page has none
	Path     string          // with a Fragment: what the browser shows as its URL
}

// Render writes the page, or its fragment when htmx requests a part of the page. This is
// the only file that knows htmx. It renders into a buffer first, so that a failure
// becomes an error page and never half a page.
func (b *Base) Render(c echo.Context, p Page) error {
	if p.Status == 0 {
		p.Status = http.StatusOK
	}
	r := c.Request()
	shell, err := b.frame(c, p.Nav)
	if err != nil {
		return err
	}
	ctx := layouts.WithShell(r.Context(), shell)
	var buf bytes.Buffer
	p.Head.Title = layouts.Title(ctx, p.Title, p.Status == http.StatusUnprocessableEntity)
	if p.Fragment != nil && wantsFragment(r) {
		err = layouts.Fragment(p.Head.Title, p.Fragment).Render(ctx, &buf)
		if p.Path != "" {
			c.Response().Header().Set(historyHeader(r, p.Path), p.Path)
		}
	} else {
		err = layouts.PageWith(p.Head).Render(templ.WithChildren(ctx, p.Body), &buf)
	}
	if err != nil {
		return models.Internal("render "+p.Title, err)
	}
	c.Response().Header().Add("Vary", "HX-Request, HX-Request-Type")
	return c.HTMLBlob(p.Status, buf.Bytes())
}

// wantsFragment says whether htmx requests a part: a boosted link and a restored history
// entry need the whole page.
func wantsFragment(r *http.Request) bool {
	return r.Header.Get("HX-Request") == "true" && r.Header.Get("HX-Request-Type") == "partial" &&
		r.Header.Get("HX-Boosted") == "" && r.Header.Get("HX-History-Restore-Request") == ""
}

// historyHeader says whether the path is a new entry in the browser's history: not if the
// browser already shows it.
func historyHeader(r *http.Request, path string) string {
	shown, err := url.Parse(r.Header.Get("HX-Current-URL"))
	if err == nil && shown.RequestURI() == path {
		return "HX-Replace-Url"
	}
	return "HX-Push-Url"
}

// SeeOther redirects the browser after a form.
func SeeOther(c echo.Context, path string) error { return c.Redirect(http.StatusSeeOther, path) }

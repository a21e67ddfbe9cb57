package handlers

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
)

// view is one answer: a page, and the piece of it that htmx may ask for alone.
type view struct {
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
func (h *Handlers) render(c echo.Context, v view) error {
	if v.Status == 0 {
		v.Status = http.StatusOK
	}
	r := c.Request()
	shell, err := h.shell(c, v.Nav)
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
func seeOther(c echo.Context, path string) error { return c.Redirect(http.StatusSeeOther, path) }

func (h *Handlers) shell(c echo.Context, nav string) (layouts.Shell, error) {
	v := visitorOf(c)
	s := layouts.Shell{
		Nav:          nav,
		CSRF:         csrfToken(c),
		Path:         pagePath(c),
		Theme:        theme(c),
		InstanceName: h.Site.Name,
		Flash:        h.takeFlash(c),
		Dev:          h.Site.Development,
		Demo:         h.Site.Demo,
	}
	if c.Request().Method != http.MethodGet {
		s.Path = h.back(c.Request())
	}
	for _, p := range h.Providers {
		s.Providers = append(s.Providers, p.Platform)
	}
	s.Viewer = viewerProps(c.Request().Context(), v)
	var err error
	s.Viewer.Waiting, err = h.waiting(c)
	return s, err
}

// waitingKey holds how many things wait for the person, where a page has
// found it out already.
const waitingKey = "waiting"

// waiting is how many things wait for whoever looks at the page.
func (h *Handlers) waiting(c echo.Context) (int, error) {
	if n, known := c.Get(waitingKey).(int); known {
		return n, nil
	}
	return h.Deals.WaitingCount(c.Request().Context(), actorOf(c), h.Clock())
}

// visitor is who asks, as the middleware found out.
type visitor struct {
	Actor   models.Actor
	Session accounts.Session
}

func (v visitor) name() string {
	if v.Session.Brand != nil {
		return v.Session.Brand.Name
	}
	return v.Session.Person.Name
}

const visitorKey = "visitor"

func visitorOf(c echo.Context) visitor {
	v, _ := c.Get(visitorKey).(visitor)
	return v
}

func actorOf(c echo.Context) models.Actor { return visitorOf(c).Actor }

// pagePath is the address to come back to from the forms that stand on every
// page. That of a callback holds a code, and leads nowhere a second time.
func pagePath(c echo.Context) string {
	if strings.HasSuffix(c.Path(), "/callback") {
		return paths.SignIn("")
	}
	return c.Request().URL.RequestURI()
}

package web

import (
	"context"
	"strings"

	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
)

// viewerProps describes the viewer of the page, and the roles in which they may act.
func viewerProps(ctx context.Context, v Visitor) layouts.Viewer {
	p := layouts.Viewer{Admin: v.Actor.Administers(), Name: v.Name(), Kind: string(v.Actor.Side()), ActsAs: v.actsAs(), Unread: v.Session.Unread}
	if p.Kind == "" && v.Actor.SignedIn() {
		p.Kind = layouts.KindPerson
	}
	if v.Session.Brand != nil {
		p.Role = roleLine(ctx, v.Session.Role, v.Session.AgencyName)
	}
	for _, b := range v.Session.Brands {
		p.Acting = append(p.Acting, layouts.Acting{As: b.Brand.PublicID, Name: b.Brand.Name, Note: roleLine(ctx, b.Role, b.AgencyName), Here: b.Brand.PublicID == p.ActsAs})
	}
	if own := v.Session.Profile; own != nil {
		p.Acting = append(p.Acting, layouts.Acting{As: accounts.ActingAsCreator, Name: own.Name, Note: i18n.T(ctx, "accounts.acting.profile"), Here: p.ActsAs == accounts.ActingAsCreator})
	}
	if len(p.Acting) < 2 {
		p.Acting = nil
	}
	return p
}

// roleLine is the role, and the agency through which it is held.
func roleLine(ctx context.Context, role models.Role, agency string) string {
	name := accountsview.RoleName(ctx, role)
	if agency == "" {
		return name
	}
	return i18n.T(ctx, "accounts.acting.through", "role", name, "agency", agency)
}

// frame is the frame around every page.
func (b *Base) frame(c echo.Context, nav string) (layouts.Shell, error) {
	v := VisitorOf(c)
	s := layouts.Shell{
		Nav:          nav,
		CSRF:         csrfToken(c),
		Path:         pagePath(c),
		Theme:        themeOf(c),
		InstanceName: b.Setup.Current().Name,
		Flash:        b.takeFlash(c),
		Demo:         b.Site.Demo,
	}
	if !isReading(c.Request()) {
		s.Path = b.ReturnPath(c.Request())
	}
	for _, p := range b.Providers {
		s.Providers = append(s.Providers, p.Platform)
	}
	s.Viewer = viewerProps(c.Request().Context(), v)
	var err error
	s.Viewer.Waiting, err = b.countWaiting(c)
	return s, err
}

const waitingKey = "waiting"

// SetWaiting tells the frame how many things wait for the person, if a page has already
// counted them.
func SetWaiting(c echo.Context, n int) { c.Set(waitingKey, n) }

// countWaiting counts what waits for the viewer.
func (b *Base) countWaiting(c echo.Context) (int, error) {
	if n, known := c.Get(waitingKey).(int); known {
		return n, nil
	}
	return b.Negotiations.WaitingCount(c.Request().Context(), ActorOf(c), b.Clock())
}

// pagePath is where the frame's forms return to. A callback contains a code, so it cannot
// be visited a second time.
func pagePath(c echo.Context) string {
	if strings.HasSuffix(c.Path(), "/callback") {
		return paths.SignIn("")
	}
	return c.Request().URL.RequestURI()
}

package web

import (
	"context"
	"time"

	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
)

// Identify determines who makes the request and in which language to answer.
func (b *Base) Identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		r = r.WithContext(models.WithOrigin(r.Context(), originOf(c)))
		c.SetRequest(r)
		v, err := b.findVisitor(c)
		if err != nil {
			return err
		}
		locale, zone := b.languageOf(c, v), time.UTC
		if v.Actor.SignedIn() {
			zone = v.Session.Person.Location()
			c.Response().Header().Set("Cache-Control", "no-store")
		} else {
			c.Response().Header().Set("Cache-Control", "private, no-cache")
		}
		c.Response().Header().Add("Vary", "Cookie, Accept-Language")
		v.Actor.Locale = string(locale)
		c.Set(visitorKey, v)
		c.SetRequest(r.WithContext(i18n.WithLocale(r.Context(), locale, zone)))
		return next(c)
	}
}

// originOf is where the request comes from.
func originOf(c echo.Context) models.Origin {
	return models.Origin{Address: c.RealIP(), RequestID: RequestID(c)}
}

// findVisitor determines from the session who makes the request; without one, nobody is
// signed in.
func (b *Base) findVisitor(c echo.Context) (Visitor, error) {
	ctx := c.Request().Context()
	id := b.Sessions.GetInt64(ctx, accounts.SessionPerson)
	if id == 0 {
		return Visitor{}, nil
	}
	s, err := b.Accounts.LoadSessionContext(ctx, id, b.Sessions.GetString(ctx, actingKey))
	if models.CodeOf(err) == models.CodeNotFound && err != nil {
		return Visitor{}, b.Sessions.Destroy(ctx)
	}
	if err != nil {
		return Visitor{}, err
	}
	v := Visitor{Session: s, Actor: actorIn(s)}
	b.renewOnNewRights(ctx, v.Actor)
	return v, nil
}

// rightsKey is the session key of the rights that the session had when it was last used.
const rightsKey = "rights"

// renewOnNewRights renews the session's token when its person has gained or lost rights.
func (b *Base) renewOnNewRights(ctx context.Context, a models.Actor) {
	rights := string(a.Role)
	if a.Admin {
		rights += " admin"
	}
	if b.Sessions.GetString(ctx, rightsKey) == rights && b.Sessions.Exists(ctx, rightsKey) || b.Sessions.Exists(ctx, accounts.SessionSuperseded) {
		return
	}
	if b.Sessions.Exists(ctx, rightsKey) {
		b.RenewSession(ctx)
	}
	b.Sessions.Put(ctx, rightsKey, rights)
}

// IdentifyStranger identifies nobody, and takes the language from the URL.
func (b *Base) IdentifyStranger(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		l, ok := i18n.ParseLocale(c.QueryParam("lang"))
		if !ok {
			l = i18n.EN
		}
		ctx := models.WithOrigin(r.Context(), originOf(c))
		c.SetRequest(r.WithContext(i18n.WithLocale(ctx, l, nil)))
		c.Response().Header().Set("Cache-Control", "no-store")
		return next(c)
	}
}

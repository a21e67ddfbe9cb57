package web

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/views/components"
)

// actingKey is where the session keeps for whom the person chose to act.
const ActingKey = "acting"

// actorIn is who acts in a session: for a brand, or else for her own profile.
func actorIn(s accounts.SessionContext) models.Actor {
	a := models.Actor{PersonID: s.Person.ID, Admin: s.Person.Admin && s.Person.SuspendedAt == nil, Suspended: s.Suspended()}
	if s.Brand != nil {
		a.BrandID, a.Role, a.AgencyID = s.Brand.ID, s.Role, s.AgencyID
	} else if s.Profile != nil {
		a.CreatorID = s.Profile.ID
	}
	return a
}

// sameActor refuses a form that was filled in for another brand than the one for
// which the person acts by now, as when she switched in another window.
func sameActor(c echo.Context) error {
	if c.Request().Method != http.MethodPost {
		return nil
	}
	was := c.FormValue(components.ActingName)
	if was == "" || was == VisitorOf(c).actsAs() {
		return nil
	}
	return models.Conflict("accounts.error.switched", "name", VisitorOf(c).Name())
}

// visitor is who asks, as the middleware found out.
type Visitor struct {
	Actor   models.Actor
	Session accounts.SessionContext
}

func (v Visitor) Name() string {
	if v.Session.Brand != nil {
		return v.Session.Brand.Name
	}
	return v.Session.Person.Name
}

// actsAs is what names the choice in forms: a brand's public id, or the profile.
func (v Visitor) actsAs() string {
	if v.Session.Brand != nil {
		return v.Session.Brand.PublicID
	}
	if v.Actor.CreatorID != 0 {
		return accounts.ActingAsCreator
	}
	return ""
}

const visitorKey = "visitor"

func VisitorOf(c echo.Context) Visitor {
	v, _ := c.Get(visitorKey).(Visitor)
	return v
}

func ActorOf(c echo.Context) models.Actor { return VisitorOf(c).Actor }

// Identify finds out who asks and in which language to answer.
func (b *Base) Identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		r = r.WithContext(models.WithOrigin(r.Context(), models.Origin{Address: c.RealIP(), RequestID: RequestID(c)}))
		c.SetRequest(r)
		v, err := b.visitor(c)
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

func (b *Base) visitor(c echo.Context) (Visitor, error) {
	ctx := c.Request().Context()
	id := b.Sessions.GetInt64(ctx, accounts.SessionPerson)
	if id == 0 {
		return Visitor{}, nil
	}
	s, err := b.Accounts.LoadSessionContext(ctx, id, b.Sessions.GetString(ctx, ActingKey))
	if models.CodeOf(err) == models.CodeNotFound && err != nil {
		return Visitor{}, b.Sessions.Destroy(ctx)
	}
	if err != nil {
		return Visitor{}, err
	}
	v := Visitor{Session: s, Actor: actorIn(s)}
	return v, b.renewOnNewRights(ctx, v.Actor)
}

// rightsKey holds the rights that the session had when it was last used.
const rightsKey = "rights"

// renewOnNewRights gives the session another token when its person has become,
// or ceased to be, somebody who may do other things.
func (b *Base) renewOnNewRights(ctx context.Context, a models.Actor) error {
	rights := string(a.Role)
	if a.Admin {
		rights += " admin"
	}
	if b.Sessions.Exists(ctx, rightsKey) {
		if b.Sessions.GetString(ctx, rightsKey) == rights {
			return nil
		}
		if err := b.Sessions.RenewToken(ctx); err != nil {
			return models.Internal("renew the session", err)
		}
	}
	b.Sessions.Put(ctx, rightsKey, rights)
	return nil
}

// IdentifyStranger is for addresses without a session: nobody is asked who they are,
// and the address says the language.
func (b *Base) IdentifyStranger(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		l, ok := i18n.ParseLocale(c.QueryParam("lang"))
		if !ok {
			l = i18n.EN
		}
		ctx := models.WithOrigin(r.Context(), models.Origin{Address: c.RealIP(), RequestID: RequestID(c)})
		c.SetRequest(r.WithContext(i18n.WithLocale(ctx, l, nil)))
		c.Response().Header().Set("Cache-Control", "no-store")
		return next(c)
	}
}

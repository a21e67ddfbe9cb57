package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/views/components"
)

// actingKey is the session key of the role in which the person chose to act.
const actingKey = "acting"

// ActAs lets the session's person act for a brand, by its public id, or for their own
// profile, as accounts.ActingAsCreator; "" leaves the choice to us.
func (b *Base) ActAs(c echo.Context, as string) {
	ctx := c.Request().Context()
	if as == "" {
		b.Sessions.Remove(ctx, actingKey)
		return
	}
	b.Sessions.Put(ctx, actingKey, as)
}

// actorIn is the actor of a session: for a brand, or otherwise for the person's own
// profile.
func actorIn(s accounts.SessionContext) models.Actor {
	a := models.Actor{PersonID: s.Person.ID, Admin: s.Person.Admin && s.Person.SuspendedAt == nil, Suspended: s.Suspended()}
	if s.Brand != nil {
		a.BrandID, a.Role, a.AgencyID = s.Brand.ID, s.Role, s.AgencyID
	} else if s.Profile != nil {
		a.CreatorID = s.Profile.ID
	}
	return a
}

// CheckActsAs refuses a form that was filled in for another brand than the person now
// acts for, as after switching in another window.
func CheckActsAs(c echo.Context) error {
	if c.Request().Method != http.MethodPost {
		return nil
	}
	was := c.FormValue(components.ActingName)
	if was == "" || was == VisitorOf(c).actsAs() {
		return nil
	}
	return models.Conflict("accounts.error.switched", "name", VisitorOf(c).Name())
}

// Visitor is who makes the request, as determined by Identify.
type Visitor struct {
	Actor   models.Actor
	Session accounts.SessionContext
}

// Name is the brand that the visitor acts for, or their own name.
func (v Visitor) Name() string {
	if v.Session.Brand != nil {
		return v.Session.Brand.Name
	}
	return v.Session.Person.Name
}

// actsAs names the choice in forms: a brand's public id, or the profile.
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

// VisitorOf is the visitor of a request.
func VisitorOf(c echo.Context) Visitor {
	v, _ := c.Get(visitorKey).(Visitor)
	return v
}

// ActorOf is the visitor of a request in the form that the areas use.
func ActorOf(c echo.Context) models.Actor { return VisitorOf(c).Actor }

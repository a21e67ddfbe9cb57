package handlers

import (
	"context"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/views/account"
	"tribemarket/views/components"
	"tribemarket/views/layouts"
)

// actingKey is where the session keeps for whom the person chose to act.
const actingKey = "acting"

// actorIn is who acts in a session: for a brand, or else for her own profile.
func actorIn(s accounts.Session) models.Actor {
	a := models.Actor{PersonID: s.Person.ID, Admin: s.Person.Admin && s.Person.SuspendedAt == nil, Suspended: s.Suspended()}
	if s.Brand != nil {
		a.BrandID, a.Role, a.AgencyID = s.Brand.ID, s.Role, s.AgencyID
	} else if s.Profile != nil {
		a.CreatorID = s.Profile.ID
	}
	return a
}

type actingForm struct {
	As   string `form:"as"`
	Next string `form:"next"`
}

// switchActing lets the person act for another of her brands, or for her own profile.
func (h *Handlers) switchActing(c echo.Context) error {
	var f actingForm
	if err := read(c, &f); err != nil {
		return err
	}
	v := visitorOf(c)
	if f.As == accounts.ActingAsCreator {
		if v.Session.Profile == nil {
			return models.NotFound()
		}
		return h.actAs(c, f.As, v.Session.Profile.Name, f.Next)
	}
	for _, b := range v.Session.Brands {
		if b.Brand.PublicID == f.As {
			return h.actAs(c, f.As, b.Brand.Name, f.Next)
		}
	}
	return models.NotFound()
}

func (h *Handlers) actAs(c echo.Context, as, name, next string) error {
	h.Sessions.Put(c.Request().Context(), actingKey, as)
	h.say(c, "members.acting.done", "name", name)
	return seeOther(c, orDashboard(safeNext(next)))
}

// sameActor refuses a form that was filled in for another brand than the one for
// which the person acts by now, as when she switched in another window.
func sameActor(c echo.Context) error {
	if c.Request().Method != http.MethodPost {
		return nil
	}
	was := c.FormValue(components.ActingName)
	if was == "" || was == visitorOf(c).acting() {
		return nil
	}
	return models.Conflict("members.error.switched", "name", visitorOf(c).name())
}

// acting is what names the choice in forms: a brand's public id, or the profile.
func (v visitor) acting() string {
	if v.Session.Brand != nil {
		return v.Session.Brand.PublicID
	}
	if v.Actor.CreatorID != 0 {
		return accounts.ActingAsCreator
	}
	return ""
}

// viewerProps is who looks at the page, with for whom else she may act.
func viewerProps(ctx context.Context, v visitor) layouts.Viewer {
	p := layouts.Viewer{Admin: v.Actor.Administers(), Name: v.name(), Kind: string(v.Actor.Side()), ActsAs: v.acting()}
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
		p.Acting = append(p.Acting, layouts.Acting{As: accounts.ActingAsCreator, Name: own.Name, Note: i18n.T(ctx, "members.acting.profile"), Here: p.ActsAs == accounts.ActingAsCreator})
	}
	if len(p.Acting) < 2 {
		p.Acting = nil
	}
	return p
}

// roleLine is the role, and through which agency it is held.
func roleLine(ctx context.Context, role models.Role, agency string) string {
	name := i18n.T(ctx, "members.role."+string(role))
	if agency == "" {
		return name
	}
	return i18n.T(ctx, "members.acting.through", "role", name, "agency", agency)
}

// firmFacts are what is public of the firm behind a brand.
func firmFacts(ctx context.Context, name, vat string) []components.Fact {
	var all []components.Fact
	if name != "" {
		all = append(all, components.Fact{Label: i18n.T(ctx, "members.business.legal_name"), Value: name})
	}
	if vat != "" {
		all = append(all, components.Fact{Label: i18n.T(ctx, "members.business.vat"), Value: vat})
	}
	return all
}

// onlySees says above a page that the person sees what others of her brand do.
func onlySees(ctx context.Context, v visitor, page templ.Component) templ.Component {
	if v.Actor.BrandID == 0 || v.Actor.Role.Manages() {
		return page
	}
	return templ.Join(account.OnlySees(i18n.T(ctx, "members.acting.only_sees", "role", i18n.T(ctx, "members.role."+string(v.Actor.Role)), "brand", v.name())), page)
}

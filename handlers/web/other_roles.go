package web

import (
	"context"
	"net/http"
	"slices"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/deals"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/layouts"
)

// OtherRoleFinder finds the other role in which somebody may see a page.
type OtherRoleFinder func(ctx context.Context, a models.Actor, brands []int64, id string) (deals.OtherRole, error)

// OfferOtherRole offers to switch roles if a page is not found because the person
// currently acts in another role, as when they open the link of a mail. For anybody else
// the page stays "not found".
func (b *Base) OfferOtherRole(c echo.Context, missing error, find OtherRoleFinder) error {
	v := VisitorOf(c)
	brands, choices := rolesOf(v)
	if missing == nil || models.CodeOf(missing) != models.CodeNotFound || choices < 2 {
		return missing
	}
	ctx := c.Request().Context()
	e, err := find(ctx, v.Actor, brands, c.Param("id"))
	if err != nil {
		return err
	}
	p := accountsview.OtherRoleProps{Here: v.Name(), Next: c.Request().URL.Path}
	switch own := v.Session.Profile; {
	case e.Side == models.SideBrand:
		owner := v.Session.Brands[slices.Index(brands, e.BrandID)].Brand
		p.As, p.Name = owner.PublicID, owner.Name
	case own != nil:
		p.As, p.Name = accounts.ActingAsCreator, own.Name
	default: // the profile became theirs in the meantime
		return missing
	}
	title := i18n.T(ctx, "accounts.elsewhere.title", "name", p.Name)
	return b.Render(c, Page{Status: http.StatusConflict, Title: title, Head: layouts.Head{NoIndex: true}, Body: accountsview.OtherRole(p)})
}

// rolesOf returns the brands that the visitor may act for, and their number of choices,
// including their own profile.
func rolesOf(v Visitor) (brands []int64, choices int) {
	for _, b := range v.Session.Brands {
		brands = append(brands, b.Brand.ID)
	}
	choices = len(brands)
	if v.Session.Profile != nil {
		choices++
	}
	return brands, choices
}

// WithReadOnlyNotice adds a notice above the page for a person who may only see what
// others of their brand do.
func WithReadOnlyNotice(v Visitor, page templ.Component) templ.Component {
	if v.Actor.BrandID == 0 || v.Actor.Role.ManagesDeals() {
		return page
	}
	return templ.Join(accountsview.ReadOnlyNotice(v.Actor.Role, v.Name()), page)
}

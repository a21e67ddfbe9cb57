package creators

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/views/components"
	creatorsview "tribemarket/views/creators"
	"tribemarket/views/paths"
)

// showAudience shows what a creator declares about an account's audience;
// ?platform= chooses the account.
func (h *Handlers) showAudience(c echo.Context) error {
	return h.renderAudience(c, 200, c.QueryParam("platform"), creators.AudienceForm{}, nil)
}

// saveAudience saves it.
func (h *Handlers) saveAudience(c echo.Context) error {
	ctx := c.Request().Context()
	f := creators.AudienceForm{Platform: web.CleanText(c.FormValue("platform")), Handle: web.CleanText(c.FormValue("handle")), Shares: map[creators.AudienceDimension]map[string]string{}}
	for n := 1; n <= creatorsview.AudienceCountries; n++ {
		field := "audience_country_" + strconv.Itoa(n)
		f.Countries = append(f.Countries, creators.CountryShareForm{Country: web.CleanText(c.FormValue(field)), Share: web.CleanText(c.FormValue(field + "_share"))})
	}
	for kind, keys := range map[creators.AudienceDimension][]string{creators.AudienceByAge: creators.AudienceAgeGroups(), creators.AudienceByGender: creators.AudienceGenders()} {
		f.Shares[kind] = map[string]string{}
		for _, k := range keys {
			f.Shares[kind][k] = web.CleanText(c.FormValue(creators.AudienceFieldName(kind, k)))
		}
	}
	err := h.Creators.DeclareAudience(ctx, web.ActorOf(c), f)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderAudience(c, 422, f.Platform, f, components.FieldTexts(ctx, fields))
	}
	if err != nil {
		return err
	}
	h.Flash(c, "creators.audience.saved")
	return web.SeeOther(c, paths.AudienceSettings()+"?platform="+f.Platform)
}

func (h *Handlers) renderAudience(c echo.Context, status int, platform string, f creators.AudienceForm, errors map[string]string) error {
	ctx := c.Request().Context()
	accounts, a, shares, err := h.Creators.OwnAudience(ctx, web.ActorOf(c), platform)
	if err != nil {
		return err
	}
	p := creatorsview.AudienceProps{Account: a, Known: shares, Form: f, Errors: errors}
	if errors == nil {
		p.FillCountries(ctx)
	}
	for _, x := range accounts {
		if len(accounts) > 1 {
			p.Tabs = append(p.Tabs, components.Tab{Href: paths.AudienceSettings() + "?platform=" + x.Platform, Label: components.PlatformName(x.Platform), Here: x.ID == a.ID})
		}
	}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "creators.audience.title"), Body: creatorsview.Audience(p)})
}

package creators

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/views/components"
	creatorsview "tribemarket/views/creators"
	"tribemarket/views/paths"
)

type profileForm struct {
	Name         string   `form:"name"`
	Bio          string   `form:"bio"`
	Country      string   `form:"country"`
	Region       string   `form:"region"`
	Zone         string   `form:"zone"`
	Languages    []string `form:"languages"`
	Tribes       []string `form:"tribes"`
	ContentTypes []string `form:"content_types"`
	NoIndex      string   `form:"noindex"`
}

// showProfile shows what creators say about themselves, to be changed.
func (h *Handlers) showProfile(c echo.Context) error {
	kit, err := h.Creators.OwnMediaKit(c.Request().Context(), web.ActorOf(c))
	if err != nil {
		return err
	}
	p := creatorsview.ProfileFormProps{Name: kit.Creator.Name, Bio: kit.Creator.Bio, Country: kit.Creator.Country, Region: kit.Creator.Region, Zone: kit.Creator.Zone,
		Languages: kit.Languages, ContentTypes: kit.ContentTypes, Prices: priceAnswers(kit.Prices), AddOns: addOnAnswers(kit.AddOns), NoIndex: kit.Creator.NoIndex}
	for _, t := range kit.Tribes {
		if t.Known == creators.TribeDeclared {
			p.Tribes = append(p.Tribes, t.Tribe.Slug)
		}
	}
	return h.renderProfile(c, 200, p, kit)
}

// saveProfile saves it.
func (h *Handlers) saveProfile(c echo.Context) error {
	var f profileForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx := c.Request().Context()
	answers := readPrices(c)
	prices, wrong := parsePrices(ctx, answers)
	addOns := readAddOns(c)
	err := h.Creators.EditProfile(ctx, web.ActorOf(c), creators.ProfileForm{Name: f.Name, Bio: f.Bio, Country: f.Country, Region: f.Region, Zone: f.Zone,
		Languages: f.Languages, Tribes: f.Tribes, ContentTypes: f.ContentTypes, Prices: prices, AddOns: addOns, NoIndex: f.NoIndex != ""})
	if fields, ok := web.InvalidFields(err); ok {
		kit, err := h.Creators.OwnMediaKit(ctx, web.ActorOf(c))
		if err != nil {
			return err
		}
		return h.renderProfile(c, 422, creatorsview.ProfileFormProps{Name: f.Name, Bio: f.Bio, Country: f.Country, Region: f.Region, Zone: f.Zone,
			Languages: f.Languages, Tribes: f.Tribes, ContentTypes: f.ContentTypes, Prices: answers, AddOns: addOns, NoIndex: f.NoIndex != "", Errors: components.FieldTexts(ctx, append(fields, wrong...))}, kit)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "creators.form.saved")
	return web.SeeOther(c, paths.ProfileSettings())
}

func (h *Handlers) renderProfile(c echo.Context, status int, p creatorsview.ProfileFormProps, kit creators.MediaKit) error {
	p.PublicID, p.Seen, p.Catalogue = kit.Creator.PublicID, kit.Tribes, h.Creators.TribeCatalogue().VisibleTribes()
	return h.Render(c, web.Page{Status: status, Title: i18n.T(c.Request().Context(), "creators.form.title"), Body: creatorsview.ProfileForm(p)})
}

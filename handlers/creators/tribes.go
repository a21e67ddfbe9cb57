package creators

import (
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models"
	"tribemarket/models/creators"
	creatorsview "tribemarket/views/creators"
	moderationview "tribemarket/views/moderation"
	"tribemarket/views/paths"
)

// listTribes lists the catalogue, hidden tribes included.
func (h *Handlers) listTribes(c echo.Context) error {
	p := creatorsview.PresentTribes(c.Request().Context(), h.Creators.TribeCatalogue().AllTribes())
	return h.RenderAdmin(c, 200, p.Title, moderationview.AdminList(p))
}

type tribeForm struct {
	Slug       string `form:"slug"`
	Display    string `form:"display"`
	Mark       string `form:"mark"`
	Hue        string `form:"hue"`
	NameEN     string `form:"name_en"`
	NameFR     string `form:"name_fr"`
	NameNL     string `form:"name_nl"`
	TextEN     string `form:"text_en"`
	TextFR     string `form:"text_fr"`
	TextNL     string `form:"text_nl"`
	Hashtags   string `form:"hashtags"`
	Categories string `form:"categories"`
	Hidden     string `form:"hidden"`
}

// answers converts the form to that of the area.
func (f tribeForm) answers() creators.TribeForm {
	return creators.TribeForm{
		Slug: f.Slug, Display: f.Display, Mark: f.Mark, Hue: f.Hue,
		Names:        map[string]string{"en": f.NameEN, "fr": f.NameFR, "nl": f.NameNL},
		Descriptions: map[string]string{"en": f.TextEN, "fr": f.TextFR, "nl": f.TextNL},
		Hashtags:     f.Hashtags, Categories: f.Categories, Hidden: f.Hidden != "",
	}
}

// showNewTribe shows the form of a new tribe.
func (h *Handlers) showNewTribe(c echo.Context) error {
	return h.renderTribe(c, 200, creators.TribeForm{Mark: creators.TribeMarks()[0], Hue: "0"}, true, nil)
}

// showTribe shows the form of an existing tribe.
func (h *Handlers) showTribe(c echo.Context) error {
	t, ok := h.findTribe(c)
	if !ok {
		return models.NotFound()
	}
	return h.renderTribe(c, 200, creators.TribeForm{
		Slug: t.Slug, Display: t.Display, Mark: t.Mark, Hue: strconv.Itoa(t.Hue), Names: t.Names, Descriptions: t.Descriptions,
		Hashtags: strings.Join(t.Hashtags, " "), Categories: strings.Join(t.Categories, "\n"), Hidden: t.Hidden,
	}, false, nil)
}

func (h *Handlers) findTribe(c echo.Context) (creators.Tribe, bool) {
	all := h.Creators.TribeCatalogue().AllTribes()
	i := slices.IndexFunc(all, func(t creators.Tribe) bool { return t.Slug == c.Param("slug") })
	if i < 0 {
		return creators.Tribe{}, false
	}
	return all[i], true
}

// addTribe adds a tribe; editTribe saves what was changed.
func (h *Handlers) addTribe(c echo.Context) error { return h.saveTribe(c, true) }

func (h *Handlers) editTribe(c echo.Context) error { return h.saveTribe(c, false) }

func (h *Handlers) saveTribe(c echo.Context, isNew bool) error {
	var f tribeForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	if !isNew {
		t, ok := h.findTribe(c)
		if !ok {
			return models.NotFound()
		}
		f.Slug = t.Slug
	}
	err := h.Creators.EditTribe(c.Request().Context(), web.ActorOf(c), f.answers(), isNew)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderTribe(c, 422, f.answers(), isNew, fields)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "creators.tribe.saved")
	return web.SeeOther(c, paths.AdminTribes())
}

func (h *Handlers) renderTribe(c echo.Context, status int, f creators.TribeForm, isNew bool, fields models.Fields) error {
	p := creatorsview.PresentTribeForm(c.Request().Context(), f, isNew, fields)
	return h.RenderAdmin(c, status, p.Title, creatorsview.TribeForm(p))
}

package creators

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/views/components"
	creatorsview "tribemarket/views/creators"
	moderationview "tribemarket/views/moderation"
	"tribemarket/views/paths"
)

// listTribes lists the catalogue, hidden tribes included.
func (h *Handlers) listTribes(c echo.Context) error {
	ctx := c.Request().Context()
	locale := string(i18n.LocaleOf(ctx))
	p := moderationview.AdminListProps{
		Title: i18n.T(ctx, "moderation.admin.nav.tribes"), Lead: i18n.T(ctx, "creators.tribes.lead"), Here: paths.AdminTribes(), Empty: i18n.T(ctx, "moderation.admin.empty"),
		Add:   components.Button{Href: paths.AdminNewTribe(), Label: i18n.T(ctx, "creators.tribes.add")},
		Table: moderationview.AdminTable{Caption: i18n.T(ctx, "moderation.admin.nav.tribes"), Columns: moderationview.AdminColumns(ctx, "tribe", "hashtags", "categories", "changed", "state")},
	}
	for _, t := range h.Creators.TribeCatalogue().AllTribes() {
		state, changed := moderationview.AdminCell{}, ""
		if t.Hidden {
			state = moderationview.AdminCell{Text: i18n.T(ctx, "creators.tribes.hidden"), Kind: components.Off, Sign: true}
		}
		if t.Edited {
			changed = i18n.T(ctx, "creators.tribes.edited")
		}
		p.Table.Rows = append(p.Table.Rows, []moderationview.AdminCell{
			{Text: t.Display, Href: paths.AdminTribe(t.Slug), Note: t.Name(locale)}, {Text: i18n.Number(ctx, int64(len(t.Hashtags)))},
			{Text: i18n.Number(ctx, int64(len(t.Categories)))}, {Text: changed}, state,
		})
	}
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

func (f tribeForm) names() map[string]string {
	return map[string]string{"en": f.NameEN, "fr": f.NameFR, "nl": f.NameNL}
}

func (f tribeForm) texts() map[string]string {
	return map[string]string{"en": f.TextEN, "fr": f.TextFR, "nl": f.TextNL}
}

// showNewTribe shows the form of a new tribe.
func (h *Handlers) showNewTribe(c echo.Context) error {
	return h.renderTribe(c, 200, tribeForm{Mark: creators.TribeMarks()[0], Hue: "0"}, true, nil)
}

// showTribe shows the form of an existing tribe.
func (h *Handlers) showTribe(c echo.Context) error {
	t, ok := h.findTribe(c)
	if !ok {
		return models.NotFound()
	}
	f := tribeForm{
		Slug: t.Slug, Display: t.Display, Mark: t.Mark, Hue: strconv.Itoa(t.Hue), Hashtags: strings.Join(t.Hashtags, " "), Categories: strings.Join(t.Categories, "\n"),
		NameEN: t.Names["en"], NameFR: t.Names["fr"], NameNL: t.Names["nl"], TextEN: t.Descriptions["en"], TextFR: t.Descriptions["fr"], TextNL: t.Descriptions["nl"],
	}
	if t.Hidden {
		f.Hidden = "1"
	}
	return h.renderTribe(c, 200, f, false, nil)
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
	err := h.Creators.EditTribe(c.Request().Context(), web.ActorOf(c), creators.TribeForm{
		Slug: f.Slug, Display: f.Display, Mark: f.Mark, Hue: f.Hue, Names: f.names(), Descriptions: f.texts(),
		Hashtags: f.Hashtags, Categories: f.Categories, Hidden: f.Hidden != "",
	}, isNew)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderTribe(c, 422, f, isNew, fields)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "creators.tribe.saved")
	return web.SeeOther(c, paths.AdminTribes())
}

func (h *Handlers) renderTribe(c echo.Context, status int, f tribeForm, isNew bool, fields models.Fields) error {
	ctx := c.Request().Context()
	p := creatorsview.TribeFormProps{
		Slug: f.Slug, Display: f.Display, Mark: f.Mark, Hue: f.Hue, Names: f.names(), Texts: f.texts(), Hashtags: f.Hashtags, Categories: f.Categories,
		Hidden: f.Hidden != "", New: isNew, Title: f.Display, Action: paths.AdminTribe(f.Slug), Marks: markOptions(ctx),
		Errors: components.FieldTexts(ctx, fields), Problems: components.FieldProblems(ctx, fields, ""),
	}
	if isNew {
		p.Title, p.Action = i18n.T(ctx, "creators.tribe.new"), paths.AdminTribes()
	}
	return h.RenderAdmin(c, status, p.Title, creatorsview.TribeForm(p))
}

func markOptions(ctx context.Context) []components.Option {
	var all []components.Option
	for _, m := range creators.TribeMarks() {
		all = append(all, components.Option{Value: m, Label: i18n.T(ctx, "creators.mark."+m)})
	}
	return all
}

package negotiation

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/negotiation"
	dealsview "tribemarket/views/deals"
	negotiationview "tribemarket/views/negotiation"
	"tribemarket/views/paths"
)

type templateForm struct {
	Name string `form:"name"`
}

// saveTemplate keeps the terms of the latest offer under a name.
func (h *Handlers) saveTemplate(c echo.Context) error {
	var f templateForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Negotiations.SaveTemplate(c.Request().Context(), web.ActorOf(c), c.Param("id"), f.Name)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderNegotiation(c, http.StatusUnprocessableEntity, c.Param("id"), dealsview.Refusal{Action: negotiationview.SavingTemplate, Answers: map[string]string{"name": f.Name}, Fields: fields})
	}
	if err != nil {
		return err
	}
	h.Flash(c, "negotiation.template.saved")
	return web.SeeOther(c, paths.TermsTemplates())
}

// listTemplates shows the brand's templates in its settings.
func (h *Handlers) listTemplates(c echo.Context) error {
	return h.renderTemplates(c, http.StatusOK, "", "", nil)
}

func (h *Handlers) renderTemplates(c echo.Context, status int, renamed, name string, wrong models.Fields) error {
	ctx, v := c.Request().Context(), web.VisitorOf(c)
	all, err := h.Negotiations.ListTemplates(ctx, v.Actor)
	if err != nil {
		return err
	}
	p := negotiationview.PresentTemplates(ctx, all, negotiation.CanPropose(v.Actor), renamed, name, wrong)
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "negotiation.templates.title"), Body: negotiationview.Templates(p)})
}

// fillTemplate offers the brand's templates in a new form, and fills in the one that the URL
// names in place of a draft.
func (h *Handlers) fillTemplate(c echo.Context, f *offerForm, to creators.CreatorSummary) error {
	all, err := h.Negotiations.ListTemplates(c.Request().Context(), web.ActorOf(c))
	if err != nil {
		return err
	}
	f.templates = all
	chosen := c.QueryParam("template")
	if chosen == "" {
		return nil
	}
	for _, t := range all {
		if t.PublicID == chosen {
			filled := offerForm{Key: models.NewPublicID(), again: t.Name, templates: all}
			t.Terms, filled.moved = t.Terms.MoveDays(t.WrittenOn, models.DateOf(h.Clock().In(to.Creator.Location())))
			filled.fillFrom(c, negotiation.Offer{Terms: t.Terms})
			*f = filled
			return nil
		}
	}
	return models.NotFound()
}

// renameTemplate renames one.
func (h *Handlers) renameTemplate(c echo.Context) error {
	var f templateForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Negotiations.RenameTemplate(c.Request().Context(), web.ActorOf(c), c.Param("id"), f.Name)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderTemplates(c, http.StatusUnprocessableEntity, c.Param("id"), f.Name, fields)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "negotiation.template.saved")
	return web.SeeOther(c, paths.TermsTemplates())
}

// removeTemplate deletes one.
func (h *Handlers) removeTemplate(c echo.Context) error {
	if err := h.Negotiations.RemoveTemplate(c.Request().Context(), web.ActorOf(c), c.Param("id")); err != nil {
		return err
	}
	h.Flash(c, "negotiation.template.removed")
	return web.SeeOther(c, paths.TermsTemplates())
}
